import type { Duration, MomentTest, TimeWindow } from '@vitrail/contracts';
import { startOfDay } from '../../analytics/days.ts';

/** The moment a query is asked for, Int64 milliseconds since 1970; `atMoment` puts it in. */
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

/** A window as SQL conditions on `at`, a time in milliseconds; `lasts` is how long something stays in a rolling one. */
export interface Bounds {
  readonly conditions: readonly string[];
  readonly lasts: number | null;
}

export function boundsOf(window: TimeWindow, zone: string): Bounds {
  switch (window.kind) {
    case 'ever':
      return { conditions: [], lasts: null };
    case 'last': {
      const lasts = durationMs(window);
      return { conditions: [`at > ${now} - ${lasts}`], lasts };
    }
    case 'since':
      return { conditions: [`at >= ${instantMs(window.from, zone)}`], lasts: null };
    case 'between':
      return {
        conditions: [`at >= ${instantMs(window.from, zone)}`, `at < ${instantMs(window.to, zone)}`],
        lasts: null,
      };
  }
}

/** A test of a moment (Int64 milliseconds, 0 for none), and when its answer changes by time alone. */
export function compileMoment(moment: string, test: MomentTest, zone: string): { pass: string; next: string } {
  switch (test.op) {
    case 'before':
      return { pass: `${moment} != 0 and ${moment} < ${instantMs(test.value, zone)}`, next: never };
    case 'after':
      return { pass: `${moment} != 0 and ${moment} >= ${instantMs(test.value, zone)}`, next: never };
    case 'in_last':
    case 'not_in_last': {
      const length = durationMs(test);
      const comparison = test.op === 'in_last' ? '>' : '<=';
      return {
        pass: `${moment} != 0 and ${moment} + ${length} ${comparison} ${now}`,
        next: nextTurn(moment, [length]),
      };
    }
  }
}

/** The first of `moment + turn` that is still to come; `moment` is 0 for none. */
export const nextTurn = (moment: string, turns: readonly number[]): string =>
  earliest(turns.map((turn) => `if(${moment} != 0 and ${moment} + ${turn} > ${now}, ${moment} + ${turn}, ${never})`));

/** The earliest of several moments. */
export function earliest(moments: readonly string[]): string {
  const real = [...new Set(moments)].filter((moment) => moment !== never);
  const [first] = real;
  if (first === undefined) return never;
  return real.length === 1 ? first : `least(${real.join(', ')})`;
}
