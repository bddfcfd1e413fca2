import type { Duration, MomentTest, TimeWindow } from '@vitrail/contracts';
import { startOfDay } from '../../analytics/days.ts';

/** SQL over Int64 milliseconds since 1970. `{now:Int64}` is bound by whoever runs the query. */
export const now = '{now:Int64}';
/** The moment that never comes: 2^53 - 1, which JavaScript still reads exactly. */
export const never = '9007199254740991';

const unitMs = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
  month: 30 * 86_400_000,
  year: 365 * 86_400_000,
} as const;

export const durationMs = ({ n, unit }: Duration): number => n * unitMs[unit];

/** A day (its start in the zone) or an instant, as milliseconds. */
export const instantMs = (text: string, zone: string): number =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) ? startOfDay(text, zone).getTime() : Date.parse(text);

/** A window as bounds on a time in milliseconds; `lasts` is how long something stays in a rolling one. */
export interface Bounds {
  /** Excluded. */
  readonly after: string | null;
  /** Included. */
  readonly from: number | null;
  /** Excluded. */
  readonly to: number | null;
  readonly lasts: number | null;
}

export function boundsOf(window: TimeWindow, zone: string): Bounds {
  switch (window.kind) {
    case 'ever':
      return { after: null, from: null, to: null, lasts: null };
    case 'last': {
      const lasts = durationMs(window);
      return { after: `${now} - ${lasts}`, from: null, to: null, lasts };
    }
    case 'since':
      return { after: null, from: instantMs(window.from, zone), to: null, lasts: null };
    case 'between':
      return { after: null, from: instantMs(window.from, zone), to: instantMs(window.to, zone), lasts: null };
  }
}

/** Tests that a DateTime64 column lies in a window. Written on the column itself, which is cheaper than on milliseconds. */
export function inBounds(column: string, { after, from, to }: Bounds): string[] {
  const at = (ms: string | number): string => `fromUnixTimestamp64Milli(toInt64(${ms}), 'UTC')`;
  return [
    ...(after === null ? [] : [`${column} > ${at(after)}`]),
    ...(from === null ? [] : [`${column} >= ${at(from)}`]),
    ...(to === null ? [] : [`${column} < ${at(to)}`]),
  ];
}

/** A test of a moment (Nullable Int64 milliseconds), and when its answer changes by time alone. */
export function compileMoment(moment: string, test: MomentTest, zone: string): { pass: string; next: string } {
  switch (test.op) {
    case 'before':
      return { pass: `ifNull(${moment} < ${instantMs(test.value, zone)}, 0)`, next: never };
    case 'after':
      return { pass: `ifNull(${moment} >= ${instantMs(test.value, zone)}, 0)`, next: never };
    case 'in_last':
    case 'not_in_last': {
      const ends = `${moment} + ${durationMs(test)}`;
      const comparison = test.op === 'in_last' ? '>' : '<=';
      return {
        pass: `ifNull(${ends} ${comparison} ${now}, 0)`,
        next: `if(ifNull(${ends} > ${now}, 0), assumeNotNull(${ends}), ${never})`,
      };
    }
  }
}

/** The earliest of several moments. */
export function earliest(moments: readonly string[]): string {
  const real = [...new Set(moments)].filter((moment) => moment !== never);
  const [first] = real;
  if (first === undefined) return never;
  return real.length === 1 ? first : `least(${real.join(', ')})`;
}
