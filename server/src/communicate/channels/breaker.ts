import type { SendOutcome } from './provider.ts';

/** Keeps hands off a provider that fails, and lets one message at a time find out whether it is back. */
export interface Breaker {
  /** Milliseconds until a message may try, 0 for now. Whoever is let through in doubt must `record`. */
  enter(now: number): number;
  record(outcome: SendOutcome, now: number): void;
  readonly open: boolean;
}

const failuresToOpen = 5;
const [shortest, longest] = [2_000, 300_000];
/** Wrong credentials are not cured by trying again; an operator mends them. */
const credentialsPause = 60_000;

/** Says something about the provider, rather than about one address or one mail. */
const isFailure = (outcome: SendOutcome): boolean =>
  outcome.kind === 'uncertain' ||
  (outcome.kind === 'retry' && (outcome.reason === 'unavailable' || outcome.reason === 'credentials'));

export function createBreaker(): Breaker {
  let failures = 0;
  let pause = shortest;
  /** Closed until then; with `probing`, one message is on its way to try. */
  let openUntil = 0;
  let open = false;
  let probing = false;
  return {
    enter(now) {
      if (now < openUntil) return openUntil - now;
      if (!open) return 0;
      if (probing) return shortest / 2;
      probing = true;
      return 0;
    },
    record(outcome, now) {
      const wasProbe = probing;
      probing = false;
      if (outcome.kind === 'held') return;
      if (outcome.kind === 'retry' && outcome.reason === 'rate_limited') {
        // Not broken, only busy: everybody waits, nobody counts it.
        openUntil = Math.max(openUntil, now + Math.min(outcome.afterMs ?? 1_000, longest));
        return;
      }
      if (!isFailure(outcome)) {
        [failures, pause, open, openUntil] = [0, shortest, false, 0];
        return;
      }
      failures += 1;
      const credentials = outcome.kind === 'retry' && outcome.reason === 'credentials';
      if (!credentials && !wasProbe && failures < failuresToOpen) return;
      // Many messages in flight fail together: only the first of them sets the pause.
      if (open && !wasProbe) return;
      open = true;
      openUntil = now + (credentials ? Math.max(pause, credentialsPause) : pause);
      pause = Math.min(pause * 2, longest);
    },
    get open() {
      return open;
    },
  };
}
