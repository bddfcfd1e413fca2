const dayMs = 86_400_000;

/** The local day of an instant, `2026-11-21`. */
export const localDay = (instant: Date, zone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    instant,
  );

/** A day `count` days later (or earlier). */
export const addDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10);

/** Days from `from` to `to`, both included. */
export function listDays(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

/** The instant at which a local day begins; on a day whose midnight is skipped by the clocks, its first instant. */
export function startOfDay(day: string, zone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // A zone is at most 14 hours ahead and 12 behind: walk to the first quarter hour that is this local day.
  for (let time = midnight - 14 * 3_600_000; time <= midnight + 13 * 3_600_000; time += 900_000) {
    if (localDay(new Date(time), zone) >= day) return new Date(time);
  }
  return new Date(midnight);
}
