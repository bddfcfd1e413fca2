import type { JourneyDefinition, JourneyState, NotEnteredReason } from '@vitrail/contracts';
import type { JsonObject } from '../../platform/index.ts';
import { addDuration } from './localTime.ts';
import { failingFact, type HappenedEvent, valueAt } from './matchFacts.ts';
import { stableShare } from './stableShare.ts';

/** News older than this is no reason to enter: an import of last year reminds nobody. */
const freshMs = 24 * 3_600_000;

/** A run of the same person, journey and key before. */
export interface FormerRun {
  readonly state: string;
  readonly enteredAt: Date;
}

export interface Candidate {
  readonly journey: number;
  readonly state: JourneyState;
  readonly startedAt: Date | null;
  readonly definition: JourneyDefinition;
  readonly event: HappenedEvent;
  /** Found out meant for this journey alone (the API, a calendar, another journey): its conditions are not asked. */
  readonly direct: boolean;
  readonly key: string | null;
  readonly profile: number;
  readonly former: readonly FormerRun[];
  /** Whether the audience has this person; null: could not be asked. */
  readonly audience: boolean | null;
  readonly zone: string;
  readonly now: Date;
}

export type Entry =
  | { readonly enters: true; readonly holdout: boolean }
  | { readonly enters: false; readonly reason: NotEnteredReason; readonly detail: JsonObject };

/** The key of a run begun by this event: '' without one, null when the event lacks it. */
export function keyOf(definition: JourneyDefinition, event: HappenedEvent): string | null {
  const { key } = definition.entry;
  if (key === undefined) return definition.trigger.kind === 'product' ? productOf(event) : '';
  const value = valueAt({ ...event }, key);
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim().slice(0, 200) : '';
  return text === '' ? null : text;
}

/** What comes back in stock is a reason of its own for every product. */
const productOf = (event: HappenedEvent): string => {
  const { product_id: product } = event.properties;
  return typeof product === 'string' ? product : '';
};

const not = (reason: NotEnteredReason, detail: JsonObject = {}): Entry => ({ enters: false, reason, detail });

/** What is asked before the audience, which only a store can answer. */
export function mayEnter(candidate: Omit<Candidate, 'audience'>): Entry {
  const { definition, event, state, now, key, former } = candidate;
  const { trigger, entry } = definition;
  const at = new Date(event.at);
  if (state !== 'live') return not('not_live', { state });
  if (candidate.startedAt !== null && at < candidate.startedAt) return not('before_start', { at: event.at });
  if (now.getTime() - at.getTime() > freshMs) return not('too_late', { at: event.at });
  if (trigger.kind === 'event' && !candidate.direct) {
    const failed = failingFact(trigger.where, { ...event }, {});
    if (failed !== null) return not('conditions', { path: failed.path, op: failed.op });
  }
  if (key === null) return not('no_key', { path: entry.key ?? '' });
  if (former.some((run) => run.state !== 'done')) return not('already_in', { key });
  if (former.length > 0 && entry.again !== 'always') {
    if (entry.again === 'never') return not('not_again', { key });
    const last = new Date(Math.max(...former.map(({ enteredAt }) => enteredAt.getTime())));
    const from = addDuration(last, entry.again.after, candidate.zone);
    if (from > now) return not('not_again', { key, from: from.toISOString() });
  }
  const holdout = stableShare(`holdout/${candidate.journey}/${candidate.profile}`) * 100 < entry.holdout;
  return { enters: true, holdout };
}

/** Whether a person enters, or the reason why not. Pure. */
export function decideEntry(candidate: Candidate): Entry {
  const entry = mayEnter(candidate);
  if (!entry.enters || candidate.definition.entry.audience === undefined) return entry;
  if (candidate.audience === null) return not('cannot_ask');
  return candidate.audience ? entry : not('audience');
}
