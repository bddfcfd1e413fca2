const dayMs = 86_400_000;

/** The last days up to this one, `2026-11-21`, the oldest first. */
export function daysBack(last: string, count: number): string[] {
  const end = Date.parse(`${last}T00:00:00.000Z`);
  return Array.from({ length: count }, (_, at) => new Date(end - (count - 1 - at) * dayMs).toISOString().slice(0, 10));
}
