export const spans = ['7', '30', '90', '365'] as const;
export type Span = (typeof spans)[number];

export const spanOf = (text: string | undefined): Span => spans.find((span) => span === text) ?? '30';

/** The last days up to today, as the workspace's clock tells today. */
export function rangeOf(span: Span, now: Date, timeZone: string): { from: string; to: string } {
  // en-CA writes ISO days.
  const today = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(now);
  const from = new Date(`${today}T00:00:00Z`);
  from.setUTCDate(from.getUTCDate() - Number(span) + 1);
  return { from: from.toISOString().slice(0, 10), to: today };
}

/** How much more or less than before; null when there was nothing to compare with. */
export const changeOf = (now: number, before: number): number | null => (before === 0 ? null : (now - before) / before);
