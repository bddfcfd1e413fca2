import type { Interval, Trend } from '@vitrail/contracts';
import { addDays, listDays, localDay } from '../analytics/days.ts';
import type { Scope } from './scope.ts';

/** Weeks begin on Monday. */
export const startOfInterval = (day: string, interval: Interval): string => {
  if (interval === 'day') return day;
  if (interval === 'month') return `${day.slice(0, 7)}-01`;
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
};

export const nextInterval = (day: string, interval: Interval): string =>
  interval === 'day'
    ? addDays(day, 1)
    : interval === 'week'
      ? addDays(day, 7)
      : startOfInterval(addDays(day, 31), 'month');

/** The intervals that touch the period. */
export function listBuckets({ current, now, zone }: Scope, interval: Interval): Trend['buckets'] {
  const starts = new Set(listDays(current.from, current.to).map((day) => startOfInterval(day, interval)));
  const today = localDay(now, zone);
  return [...starts].map((day) => {
    const end = addDays(nextInterval(day, interval), -1);
    return { day, partial: day < current.from || end > current.to || end >= today };
  });
}
