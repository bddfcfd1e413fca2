type Counts = Readonly<Record<string, number>>;

export const sumOf = (counts: Counts): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

/** Several counts by reason as one. */
export function addCounts(all: readonly Counts[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const counts of all)
    for (const [reason, count] of Object.entries(counts)) total[reason] = (total[reason] ?? 0) + count;
  return total;
}

interface Day {
  readonly day: string;
  readonly accepted: number;
  readonly violations: number;
  readonly dropped: Counts;
  readonly refused: Counts;
}

/** The days of all sources added up; every day between the first and the last is there. */
export function sumDays(from: string, to: string, sources: readonly { readonly days: readonly Day[] }[]) {
  const days = new Map<string, { accepted: number; dropped: number; refused: number; violations: number }>();
  for (let at = new Date(`${from}T00:00:00Z`); at.toISOString().slice(0, 10) <= to; at.setUTCDate(at.getUTCDate() + 1))
    days.set(at.toISOString().slice(0, 10), { accepted: 0, dropped: 0, refused: 0, violations: 0 });
  for (const source of sources)
    for (const day of source.days) {
      const total = days.get(day.day);
      if (total === undefined) continue;
      total.accepted += day.accepted;
      total.violations += day.violations;
      total.dropped += sumOf(day.dropped);
      total.refused += sumOf(day.refused);
    }
  return [...days].map(([day, total]) => ({ day, ...total }));
}
