import type { DecisionContext, DecisionPage, ShownContent } from '@vitrail/contracts';
import type { Deps } from '../../platform/index.ts';
import type { Captures } from '../capture/createCapture.ts';
import type { Answered } from '../capture/whatToAsk.ts';
import { createComplete } from './blocks/complete.ts';
import type { FillDeps } from './blocks/fillBlock.ts';
import { type Decided, evaluate, type LeftOut, type Visitor } from './evaluate.ts';
import { factsOf } from './facts.ts';
import { type WallClock, wallClock } from './moment.ts';
import { createRunning, type Languages } from './running.ts';
import { secondsToChange } from './schedule.ts';
import { createVisitorReader, type ReadAllowances, type StoredVisitor } from './visitors.ts';

export interface Asked {
  readonly workspace: number;
  /** Name of the site the page belongs to; null: of none. */
  readonly site: string | null;
  /** Whoever it is, by an identifier that stands for them alone; null: nobody we could know. */
  readonly identifier: { readonly namespace: string; readonly value: string } | null;
  readonly page: DecisionPage;
  readonly context: DecisionContext;
  /** Whether the answer goes to whoever it is about, or to somebody who looks. */
  readonly purpose: 'shown' | 'preview';
}

/** In place of a namespace: the value is the number of a profile row. Never from a page. */
export const profileNamespace = '';

/** With what it says here and now; null: of the control group. */
export interface DecidedContent extends Decided {
  readonly content: ShownContent | null;
}

export interface Decision {
  readonly root: number | null;
  readonly decided: readonly DecidedContent[];
  readonly leftOut: readonly LeftOut[];
  /** Seconds for which the answer holds on the same page. */
  readonly ttl: number;
}

/** An answer is used again for so long at most. */
const longestTtl = 60;

const nobody = {
  known: false,
  segments: new Set<number>(),
  seen: new Map<number, never>(),
  answered: new Map<string, never>(),
};

export interface DecideDeps extends Pick<Deps, 'pg' | 'clock' | 'log'>, FillDeps {
  readonly readAllowances: ReadAllowances;
  readonly captures: Pick<Captures, 'readAnswered' | 'withStock'>;
}

/** Decides what somebody gets here and now. One read of PostgreSQL for all who ask at the same moment, the rest in memory. */
export function createDecide(deps: DecideDeps) {
  const running = createRunning(deps);
  const visitors = createVisitorReader(deps);
  const complete = createComplete(deps);

  return async ({ workspace, site, identifier, page, context, purpose }: Asked): Promise<Decision> => {
    const { experiences, segments, timeZone, languages } = await running.get(workspace);
    const now = deps.clock.now();
    const clock = wallClock(now, timeZone) ?? { hour: 0, weekday: 1, minutes: 0 };
    const theirs = visitorClock(now, context);
    const refused = context.consent?.personalisation === false;
    // Whoever refused is not even looked up.
    const stored =
      refused || identifier === null || experiences.length === 0
        ? null
        : await visitors.read(workspace, identifier, segments);
    const { readAnswered, withStock } = deps.captures;
    const definitions = experiences.map(({ definition }) => definition);
    const answered = stored === null ? new Map() : await readAnswered(workspace, stored.root, definitions);
    const visitor = visitorOf(stored, answered, refused ? null : identifier, context);
    const { decided: chosen, leftOut } = evaluate(experiences, visitor, {
      site,
      visit: context.visit?.id ?? null,
      facts: factsOf(page, context, theirs ?? clock),
      now,
      clock,
    });
    const stocked = await Promise.all(
      chosen.map(async ({ experience, variant }) => ({
        experience,
        variant: variant === null ? null : await withStock(workspace, variant),
        isOut: variant !== null,
      })),
    );
    const decided = stocked.filter(({ variant, isOut }) => variant !== null || !isOut);
    const moment = {
      workspace,
      site,
      context,
      root: visitor.mayPersonalise ? (stored?.root ?? null) : null,
      known: visitor.known,
      languages: languagesFor(context, site, languages),
      purpose,
      now,
    };
    const completed = await Promise.all(decided.map(async (one) => ({ one, done: await complete(one, moment) })));
    const ends = completed.flatMap(({ done }) => ('until' in done && done.until !== null ? [done.until] : []));
    const changes = [
      ...experiences.map(({ definition }) => secondsToChange(definition.schedule, now) ?? longestTtl),
      ...ends.map((end) => Math.ceil((end.getTime() - now.getTime()) / 1_000)),
    ];
    return {
      root: stored?.root ?? null,
      decided: completed.flatMap(({ one, done }) => ('content' in done ? [{ ...one, content: done.content }] : [])),
      leftOut: [
        ...leftOut,
        ...stocked.flatMap(({ experience, variant, isOut }) =>
          variant === null && isOut ? [{ experience, reason: 'nothing_to_show' as const, detail: 'offer' }] : [],
        ),
        ...completed.flatMap(({ one, done }) =>
          'reason' in done ? [{ experience: one.experience, reason: done.reason, detail: '' }] : [],
        ),
      ],
      ttl: Math.max(1, Math.min(longestTtl, ...changes)),
    };
  };
}

/** What the visitor's own clock shows; null where nothing is said of it. */
function visitorClock(now: Date, { timeZone, utcOffset }: DecisionContext): WallClock | null {
  if (timeZone !== undefined) return wallClock(now, timeZone);
  return utcOffset === undefined ? null : wallClock(new Date(now.getTime() + utcOffset * 60_000), 'UTC');
}

/** In which languages a page is spoken to, best first: its own, its site's, the shop's. None named: it gets them all. */
function languagesFor({ language }: DecisionContext, site: string | null, { shop, sites }: Languages): string[] {
  const own = language?.slice(0, 2).toLowerCase() ?? '';
  const ofSite = site === null ? undefined : sites.get(site);
  return own === '' ? [] : [own, ...(ofSite === undefined ? [] : [ofSite]), shop];
}

/**
 * Fails closed: without a yes nothing personal. A no on record outweighs the page's yes, which may be older; a yes given on
 * the page reaches the record with the next event.
 */
function visitorOf(
  stored: StoredVisitor | null,
  answered: Answered,
  identifier: Asked['identifier'],
  context: DecisionContext,
): Visitor {
  const said = context.consent?.personalisation;
  const mayPersonalise = identifier !== null && (stored?.personalisation ?? said) === true;
  if (!mayPersonalise) return { ...nobody, unit: null, mayPersonalise };
  if (stored === null) return { ...nobody, unit: identifier.value, mayPersonalise };
  const { known, segments, seen } = stored;
  return {
    known,
    segments,
    seen,
    answered,
    unit: known ? `customer ${stored.root}` : identifier.value,
    mayPersonalise,
  };
}
