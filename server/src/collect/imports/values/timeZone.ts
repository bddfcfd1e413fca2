/** Turns wall-clock times of one IANA zone into instants. Fast: offsets are asked of Intl once per local hour. */
export interface Zone {
  /** `wall` is the wall-clock time written as if it were UTC milliseconds. */
  toInstant(wall: number): number;
}

const hour = 3_600_000;

/** True for a zone name this runtime knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false; // Intl's only way to say "unknown zone" is a RangeError.
  }
}

export function zoneOf(name: string): Zone {
  if (name === 'UTC' || name === 'Etc/UTC') return { toInstant: (wall) => wall };
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const offsetAt = (instant: number): number => {
    const parts: Record<string, number> = {};
    for (const part of format.formatToParts(instant)) parts[part.type] = Number(part.value);
    const { year = 0, month = 1, day = 1, hour: hours = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hours, minute, second) - Math.floor(instant / 1000) * 1000;
  };
  const offsets = new Map<number, number>();
  return {
    toInstant(wall) {
      const key = Math.floor(wall / hour);
      let offset = offsets.get(key);
      if (offset === undefined) {
        // Twice, because the first guess may stand on the other side of a clock change. In the hour that exists twice
        // this gives the first of them; in the one that does not exist, the time after the gap.
        const base = key * hour;
        offset = offsetAt(base - offsetAt(base));
        const earlier = offsetAt(base - offset - 3 * hour);
        if (earlier > offset && offsetAt(base - earlier) === earlier) offset = earlier;
        if (offsets.size > 200_000) offsets.clear();
        offsets.set(key, offset);
      }
      return wall - offset;
    },
  };
}
