export const spans = ['7', '30', '90', '365'] as const;
export type Span = (typeof spans)[number];

export const spanOf = (text: string | undefined): Span => spans.find((span) => span === text) ?? '30';

// en-CA writes ISO days.
const dayOf = (now: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);

/** The last days up to today, as the workspace's clock tells today. */
export function rangeOf(span: Span, now: Date, timeZone: string): { from: string; to: string } {
  const today = dayOf(now, timeZone);
  const from = new Date(`${today}T00:00:00Z`);
  from.setUTCDate(from.getUTCDate() - Number(span) + 1);
  return { from: from.toISOString().slice(0, 10), to: today };
}

/** Whether a day is the one still running there. */
export const isToday = (day: string, timeZone: string, now = new Date()): boolean => dayOf(now, timeZone) === day;

/** How much more or less than before; null when there was nothing to compare with. */
export const changeOf = (now: number, before: number): number | null => (before === 0 ? null : (now - before) / before);
