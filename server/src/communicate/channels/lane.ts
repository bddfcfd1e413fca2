import { createBreaker } from './breaker.ts';
import type { OutgoingMessage, Provider, SendOutcome } from './provider.ts';

/** One provider with its limits: so many a second, so many at once, and hands off while it fails. */
export interface Lane {
  readonly provider: Provider;
  /** Never throws. `held` means the message was not tried. */
  send(message: OutgoingMessage): Promise<SendOutcome>;
  /** Lets what is under way finish, then closes the provider. */
  close(): Promise<void>;
}

/** Longer than this nobody waits inside: the message goes back to the outbox, where a stop or a withdrawal finds it. */
const patienceMs = 4_000;
/** Up to so much may be caught up after a pause. */
const burstMs = 100;
/** A stop waits so long for answers; what is open then stays uncertain. */
const closingMs = 15_000;
/** So many a second are no limit. */
const unlimited = 10_000;

const held = (reason: 'paced' | 'provider_down', detail: string, afterMs: number): SendOutcome => ({
  kind: 'held',
  reason,
  detail,
  afterMs: Math.ceil(afterMs),
});

/** @param clock milliseconds that only go forward; tests bring their own */
export function createLane(
  provider: Provider,
  onFault: (error: unknown) => void,
  clock: () => number = () => performance.now(),
): Lane {
  const breaker = createBreaker();
  const { perSecond, concurrency } = provider.limits;
  const waiting: (() => void)[] = [];
  let busy = 0;
  let turnAt = 0;
  let onIdle: (() => void) | null = null;

  async function takePlace(): Promise<void> {
    if (busy < concurrency) busy += 1;
    // The place is handed on, not given back and taken again.
    else await new Promise<void>((resolve) => waiting.push(resolve));
  }
  function leave(): void {
    const next = waiting.shift();
    if (next !== undefined) {
      next();
      return;
    }
    busy -= 1;
    if (busy === 0) onIdle?.();
  }
  /** Milliseconds until this message's turn; null when that is too far off. */
  function takeTurn(now: number): number | null {
    if (perSecond >= unlimited) return 0;
    const at = Math.max(turnAt, now - burstMs);
    if (at - now > patienceMs) return null;
    turnAt = at + 1_000 / perSecond;
    return Math.max(0, at - now);
  }

  async function attempt(message: OutgoingMessage, arrived: number): Promise<SendOutcome> {
    const now = clock();
    if (now - arrived > patienceMs) return held('paced', 'The provider takes no more at once.', 500);
    const wait = takeTurn(now);
    if (wait === null) return held('paced', `${provider.name} takes ${perSecond} messages a second.`, turnAt - now);
    const closedFor = breaker.enter(now);
    if (closedFor > 0)
      return breaker.open
        ? held('provider_down', `${provider.name} does not work at the moment.`, closedFor)
        : held('paced', `${provider.name} asked for a pause.`, closedFor);
    if (wait >= 1) await new Promise((resolve) => setTimeout(resolve, wait));
    const outcome = await provider.send(message).catch((error: unknown): SendOutcome => {
      onFault(error);
      return { kind: 'uncertain', detail: 'The message could not be followed to its end.' };
    });
    breaker.record(outcome, clock());
    return outcome;
  }

  return {
    provider,
    async send(message) {
      const arrived = clock();
      await takePlace();
      try {
        return await attempt(message, arrived);
      } finally {
        leave();
      }
    },
    async close() {
      if (busy > 0)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, closingMs);
          onIdle = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      await provider.close();
    },
  };
}
