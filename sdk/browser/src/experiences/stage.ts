import type { Vitrail } from '../types.ts';
import type { Facts } from './facts.ts';
import { type LoadedParts, type PartLoader, partsOf } from './parts.ts';
import { type Decision, isAsking } from './payload.ts';
import { type Showing, show } from './show.ts';
import { waitFor } from './triggers.ts';

export interface StageParts {
  readonly vitrail: Vitrail;
  readonly language: string;
  /** Where this server answers, without a slash at the end. */
  readonly host: string;
  readonly writeKey: string;
  readonly parts: PartLoader;
  /** As they are now. */
  readonly facts: () => Facts;
}

/** What is decided and waits for its moment, or is on the page. */
export interface Stage {
  /** Follows a new answer. What stays as it was decided before is left alone: nothing flickers without a reason. */
  follow(decisions: readonly Decision[], isNewPage: boolean): void;
  update(facts: Facts): void;
  clear(): void;
  /** Runs something of ours: a mistake in it is told and stops nothing. */
  guarded(work: () => void): void;
}

interface Live {
  decision: Decision;
  /** In front of somebody, who may be answering or reading what it brought them: it goes when they close it. */
  isAsking(): boolean;
  update(facts: Facts): void;
  /** The same experience says something else now: other products, another end. */
  renew(decision: Decision): void;
  end(): void;
}

const idOf = ({ key, variant }: Decision): string => `${key}\n${variant}`;
/** A dialogue in front of somebody is not drawn anew under their hands. */
const isInHand = ({ payload }: Decision): boolean => payload?.kind === 'modal' || asks({ payload });
const asks = ({ payload }: Pick<Decision, 'payload'>): boolean => payload !== null && isAsking(payload);
/** What has its place in the page goes with the page. */
const staysOnPage = ({ payload }: Decision): boolean =>
  payload !== null && !/^(change|redirect|banner|block)$/.test(payload.kind);

export function createStage({ vitrail, language, host, writeKey, parts, facts }: StageParts): Stage {
  const live = new Map<string, Live>();
  const missing = new Set<string>();

  const guarded = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      vitrail.track('Experience Failed', { message: error instanceof Error ? error.name : 'unknown' });
    }
  };

  /** With what it takes beside this script; at once when that is nothing, so that the page is not painted without it. */
  function withParts({ key, variant, payload }: Decision, work: (loaded: LoadedParts) => void): void {
    const names = partsOf(payload);
    if (names.length === 0) {
      work({});
      return;
    }
    const failed = (error: unknown): void => {
      // Told once for each part; what needs it is not shown.
      const { message } = Object(error);
      if (!missing.has(message)) vitrail.track('Experience Failed', { experience: key, variant, message });
      missing.add(message);
    };
    parts.load(names).then((loaded) => guarded(() => work(loaded)), failed);
  }

  const onEvent = (name: string, listener: () => void): (() => void) => {
    const hear = (fields: unknown): void => {
      if (Object(fields).event === name) listener();
    };
    vitrail.on('track', hear);
    return () => vitrail.off('track', hear);
  };

  function arm(decision: Decision): Live {
    let shown: Showing | null = null;
    let over = false;
    const bring = (again: boolean): void =>
      withParts(one.decision, (loaded) => {
        if (over) return;
        const before = shown;
        shown = show(one.decision, { vitrail, language, host, writeKey, facts: facts(), parts: loaded, again });
        before?.end();
      });
    const one: Live = {
      decision,
      isAsking: () => asks(one.decision) && shown?.isOver() === false,
      update: (now) => shown?.update?.(now),
      renew(news) {
        const same = JSON.stringify(news.payload) === JSON.stringify(one.decision.payload);
        one.decision = news;
        if (!same && shown?.isOver() === false && !isInHand(news)) guarded(() => bring(true));
      },
      end() {
        over = true;
        stopWaiting();
        shown?.end();
      },
    };
    const stopWaiting = waitFor(decision.trigger, onEvent, () => guarded(() => bring(false)));
    return one;
  }

  return {
    guarded,
    follow(decisions, isNewPage) {
      const wanted = new Set(decisions.map(idOf));
      for (const [id, each] of live) {
        if (each.isAsking() || (wanted.has(id) && (!isNewPage || staysOnPage(each.decision)))) continue;
        each.end();
        live.delete(id);
      }
      for (const decision of decisions) {
        const known = live.get(idOf(decision));
        if (known === undefined) live.set(idOf(decision), arm(decision));
        else known.renew(decision);
      }
    },
    update(now) {
      for (const each of live.values()) each.update(now);
    },
    clear() {
      for (const each of live.values()) each.end();
      live.clear();
    },
  };
}
