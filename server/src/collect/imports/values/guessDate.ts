import type { DateOrder } from '@vitrail/contracts';
import { readDate } from './parseDate.ts';
import { Problem } from './problem.ts';

const numeric = /^\d+(?:[.,]\d+)?$/;

/**
 * How a column writes its dates, or null when its values are no dates. Among day-first and month-first the values
 * decide (a 14 cannot be a month); when none tells, `preferred` does.
 */
export function guessDateOrder(values: readonly (string | number)[], preferred: 'dmy' | 'mdy'): DateOrder | null {
  const sample = values.filter((value) => value !== '');
  if (sample.length === 0) return null;
  const numbers = sample.filter((value) => typeof value === 'number' || numeric.test(value));
  if (numbers.length > sample.length / 2) return guessNumeric(numbers.map((value) => Number(value)));
  const readable = (order: DateOrder): number =>
    sample.reduce<number>((count, value) => count + (readDate(value, order) instanceof Problem ? 0 : 1), 0);
  const other = preferred === 'dmy' ? 'mdy' : 'dmy';
  const [first, second] = [readable(preferred), readable(other)];
  const best = second > first ? other : preferred;
  if (Math.max(first, second) < sample.length * 0.6) return null;
  const yearFirst = sample.every((value) => /^\d{4}\D?\d\d/.test(String(value)));
  return yearFirst ? 'ymd' : best;
}

function guessNumeric(values: readonly number[]): DateOrder | null {
  const within = (low: number, high: number) => values.every((value) => value >= low && value <= high);
  // 1990 to 2079 as 20240131, as days since 1900, as seconds and milliseconds since 1970 (from 2000 on).
  if (within(19_000_101, 20_991_231) && values.every((value) => !(readDate(value, 'ymd') instanceof Problem)))
    return 'ymd';
  if (within(10_000, 73_050)) return 'excel';
  if (within(946_684_800, 4_102_444_800)) return 'epoch-s';
  if (within(946_684_800_000, 4_102_444_800_000)) return 'epoch-ms';
  return null;
}
