import type { JourneyDuration } from '@vitrail/contracts';

/** A moment as a clock on the wall shows it. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  let known = formatters.get(zone);
  if (known === undefined) {
    known = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(zone, known);
  }
  return known;
}

/** The zone when the engine knows it, else the other one: a person's trait may say anything. */
export function knownZone(zone: unknown, otherwise: string): string {
  if (typeof zone !== 'string' || zone === '' || zone.length > 60) return otherwise;
  if (formatters.has(zone)) return zone;
  try {
    formatterOf(zone);
    return zone;
  } catch {
    return otherwise;
  }
}

/** Milliseconds that local time is ahead of UTC at this instant. */
function offsetAt(instant: number, zone: string): number {
  const parts = new Map(
    formatterOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - Math.floor(instant / 1_000) * 1_000;
}

export function wallTime(instant: Date, zone: string): WallTime {
  const local = new Date(instant.getTime() + offsetAt(instant.getTime(), zone));
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
  };
}

/**
 * The instant at which clocks show this. An hour that is skipped in spring becomes as much later (02:30 is 03:30); of an
 * hour that comes twice in autumn the first one.
 */
export function instantOf(wall: WallTime, zone: string): Date {
  const local = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
  const [before, after] = [offsetAt(local - 86_400_000, zone), offsetAt(local + 86_400_000, zone)];
  // Of the two offsets around a change the one that is true at the instant it gives; the earlier instant first.
  const candidates = [local - before, local - after].sort((a, b) => a - b);
  const exact = candidates.find((instant) => instant + offsetAt(instant, zone) === local);
  return new Date(exact ?? local - before);
}

/** 1: Monday … 7: Sunday. */
export const weekdayOf = ({ year, month, day }: WallTime): number =>
  new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7;

/** The same hour so many days later. */
export function addDays(wall: WallTime, days: number): WallTime {
  const moved = new Date(Date.UTC(wall.year, wall.month - 1, wall.day + days));
  return { ...wall, year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
}

/** The same day so many months later, or the last one of a shorter month. */
function addMonths(wall: WallTime, months: number): WallTime {
  const first = new Date(Date.UTC(wall.year, wall.month - 1 + months, 1));
  const [year, month] = [first.getUTCFullYear(), first.getUTCMonth() + 1];
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { ...wall, year, month, day: Math.min(wall.day, last) };
}

export function atHour(wall: WallTime, hour: string): WallTime {
  const [hours = 0, minutes = 0] = hour.split(':').map(Number);
  return { ...wall, hour: hours, minute: minutes };
}

/** Minutes and hours pass; days, weeks and months keep the hour of the clock, so that a change of clocks moves nothing. */
export function addDuration(from: Date, { n, unit }: JourneyDuration, zone: string): Date {
  if (unit === 'minute') return new Date(from.getTime() + n * 60_000);
  if (unit === 'hour') return new Date(from.getTime() + n * 3_600_000);
  const wall = wallTime(from, zone);
  const moved = unit === 'month' ? addMonths(wall, n) : addDays(wall, unit === 'week' ? n * 7 : n);
  // Seconds and below are carried over, so that "a day later" is never earlier.
  return new Date(instantOf(moved, zone).getTime() + (from.getTime() % 60_000));
}

/** The first such hour at or after this instant, on one of these weekdays (all of them when none are given). */
export function nextHour(from: Date, hour: string, weekdays: readonly number[] | undefined, zone: string): Date {
  const today = wallTime(from, zone);
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    const wall = atHour(addDays(today, ahead), hour);
    const at = instantOf(wall, zone);
    if (at >= from && (weekdays === undefined || weekdays.includes(weekdayOf(wall)))) return at;
  }
  return from;
}
