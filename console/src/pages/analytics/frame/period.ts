import type { Compare } from '@vitrail/contracts';
import { rangeOf } from '../../home/ranges.ts';

/** Days a report can be asked for at a click. */
export const spans = ['7', '30', '90', '365'] as const;

/** Rolling days, or two days chosen by hand. */
export type Period = { readonly days: string } | { readonly from: string; readonly to: string };

const isDay = (text: string | undefined): text is string => text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text);

export interface PeriodSearch {
  readonly days?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export function readPeriod({ days, from, to }: PeriodSearch, usual = '30'): Period {
  if (isDay(from) && isDay(to)) return { from, to };
  return { days: days !== undefined && /^\d{1,3}$/.test(days) && Number(days) > 0 ? days : usual };
}

export const searchOfPeriod = (period: Period): PeriodSearch =>
  'days' in period
    ? { days: period.days, from: undefined, to: undefined }
    : { days: undefined, from: period.from, to: period.to };

/** First and last day, as the workspace's clock tells today. */
export function daysOf(period: Period, timeZone: string, now = new Date()): { from: string; to: string } {
  if (!('days' in period)) return { from: period.from, to: period.to };
  const span = spans.find((one) => one === period.days);
  if (span !== undefined) return rangeOf(span, now, timeZone);
  const { to } = rangeOf('7', now, timeZone);
  return { from: addDays(to, 1 - Number(period.days)), to };
}

export const addDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);

export const compares: readonly Compare[] = ['none', 'previous', 'year'];
