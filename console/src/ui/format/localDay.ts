const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  clocks.set(timeZone, clock);
  return clock;
}

/** What the clock on the wall says, as if it hung in Greenwich. */
function wallTime(at: number, timeZone: string): number {
  const parts = new Map(
    clockOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

/** The day of a moment where the shop is, `2026-11-21`. */
export const localDay = (at: number, timeZone: string): string =>
  new Date(wallTime(at, timeZone)).toISOString().slice(0, 10);

const halfDay = 43_200_000;

/** The first moment of a day where the shop is; where clocks leap over midnight, the moment of the leap. */
export function startOfDay(day: string, timeZone: string): number {
  const midnight = Date.parse(`${day}T00:00:00.000Z`);
  const moments = [midnight - halfDay, midnight + halfDay]
    .map((near) => midnight - (wallTime(near, timeZone) - near))
    .sort((one, other) => one - other);
  return moments.find((at) => localDay(at, timeZone) === day) ?? midnight;
}

/** The first moment after a day. */
export const endOfDay = (day: string, timeZone: string): number =>
  startOfDay(new Date(Date.parse(`${day}T00:00:00.000Z`) + 2 * halfDay).toISOString().slice(0, 10), timeZone);
