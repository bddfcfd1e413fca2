import { isMomentTest, type MeasureTest, type MomentTest, type TimeWindow } from '@vitrail/contracts';
import type { Features, Source } from './features.ts';
import { boundsOf, compileMoment, earliest, never } from './moment.ts';
import { compareNullable, compareNumber } from './valueTest.ts';

/** A condition as SQL over the columns of a person. */
export interface CompiledCondition {
  /** True or false, never null. */
  readonly pass: string;
  /** Int64 milliseconds: before this moment time alone does not change the answer; `never`. */
  readonly next: string;
  /** String: what was found for the person. */
  readonly found: string;
}

/** What is measured over the rows of a source. */
export interface Measured {
  readonly source: Source;
  readonly cheap: readonly string[];
  readonly dear: readonly string[];
  readonly window: TimeWindow;
  readonly measure:
    | { readonly of: 'count' }
    | { readonly of: 'first' }
    | { readonly of: 'last' }
    /** `over`: a nullable SQL number; `distinct`: a SQL text, '' is no value. */
    | { readonly of: 'sum' | 'average' | 'min' | 'max' | 'distinct'; readonly over: string };
  readonly test: MeasureTest | MomentTest;
}

/** Above this, what leaves a rolling window is told by its oldest row instead of the row that decides. */
const longestTail = 100;

/** Compiles "how often, how much, when" for any source. `time` columns become milliseconds. */
export function compileMeasure(measured: Measured, features: Features, zone: string): CompiledCondition {
  const { source, measure, test, cheap } = measured;
  const bounds = boundsOf(measured.window, zone);
  const ask = (of: string, over?: string, also: readonly string[] = []): string =>
    features.add(source, {
      of,
      cheap,
      dear: [...measured.dear, ...also],
      timed: bounds.conditions,
      ...(over !== undefined && { over }),
    });
  /** When the oldest row in a rolling window leaves it. */
  const oldestLeaves = (): string => {
    if (bounds.lasts === null || !features.moments) return never;
    const oldest = ask('min', 'at');
    return `if(${oldest} = 0, ${never}, ${oldest} + ${bounds.lasts})`;
  };

  if (measure.of === 'first' || measure.of === 'last') {
    if (!isMomentTest(test)) throw new Error('the contract joins first and last with tests of a moment');
    const moment = ask(measure.of === 'first' ? 'min' : 'max', 'at');
    const { pass, next } = compileMoment(moment, test, zone);
    // What is first changes as the window rolls on; what is last goes with the last row.
    return { pass, next: earliest([next, oldestLeaves()]), found: instantText(moment) };
  }
  if (isMomentTest(test)) throw new Error('the contract joins numbers with tests of a number');
  if (measure.of === 'count') {
    const count = ask('count');
    return {
      pass: compareNumber(count, test, features.params),
      next:
        bounds.lasts === null || !features.moments
          ? never
          : countLeaves(test, count, bounds.lasts, {
              // Of rows in the window, the newest are the newest of all.
              newest: (most) => features.newest(source, { cheap, dear: measured.dear, most }),
              oldestLeaves,
            }),
      found: `toString(${count})`,
    };
  }
  const { of, over } = measure;
  // Binary fractions add up to 99.99999999999999, and to something else in another order: rounded, a sum is the decimal one.
  const value = {
    sum: () => `round(${ask('sum', `ifNull(${over}, 0)`)}, 6)`,
    average: () => `round(${ask('avgOrNull', over, [`${over} is not null`])}, 6)`,
    min: () => ask('minOrNull', over),
    max: () => ask('maxOrNull', over),
    distinct: () => ask('uniqExact', over, [`${over} != ''`]),
  }[of]();
  return {
    pass: (of === 'sum' || of === 'distinct' ? compareNumber : compareNullable)(value, test, features.params),
    next: oldestLeaves(),
    found: `ifNull(toString(${of === 'distinct' ? value : `round(${value}, 2)`}), '')`,
  };
}

const instantText = (ms: string): string =>
  `if(${ms} = 0, '', concat(formatDateTime(fromUnixTimestamp64Milli(${ms}), '%FT%T'), 'Z'))`;

/**
 * When a count in a rolling window turns: the k-th newest row leaves it, for the counts k at which the answer changes. Of
 * those the person has, the largest leaves first.
 */
function countLeaves(
  test: MeasureTest,
  count: string,
  lasts: number,
  ask: { readonly newest: (most: number) => string; readonly oldestLeaves: () => string },
): string {
  const turns = [...new Set(turningCounts(test))].filter((turn) => turn >= 1).toSorted((a, b) => b - a);
  const [most] = turns;
  if (most === undefined) return never;
  if (most > longestTail) return ask.oldestLeaves();
  const newest = ask.newest(most);
  const branches = turns.flatMap((turn) => [`${count} >= ${turn}`, `${lasts} - ${newest}[${turn}]`]);
  return `multiIf(${branches.join(', ')}, ${never})`;
}

/** Counts k so that "k or more" and "fewer than k" answer differently. */
function turningCounts(test: MeasureTest): number[] {
  switch (test.op) {
    case 'gte':
    case 'lt':
      return [Math.ceil(test.value)];
    case 'gt':
    case 'lte':
      return [Math.floor(test.value) + 1];
    case 'eq':
    case 'ne':
      return Number.isInteger(test.value) ? [test.value, test.value + 1] : [];
    case 'between':
      return [Math.ceil(test.from), Math.floor(test.to) + 1];
  }
}
