import type { JourneyTrigger } from '@vitrail/contracts';
import { addDays, atHour, instantOf, wallTime, weekdayOf } from '../localTime.ts';

/**
 * The next moment after this one at which a journey of the calendar begins, in the zone of the workspace; null when there
 * is none (any more).
 */
export function nextMoment(trigger: JourneyTrigger, after: Date, zone: string): Date | null {
  if (trigger.kind === 'date') return nextOn(after, trigger.hour, zone, () => true);
  if (trigger.kind !== 'schedule') return null;
  const { every, hour } = trigger;
  switch (every.unit) {
    case 'once': {
      const [year = 0, month = 1, day = 1] = every.date.split('-').map(Number);
      const at = instantOf(atHour({ year, month, day, hour: 0, minute: 0 }, hour), zone);
      return at > after ? at : null;
    }
    case 'day':
      return nextOn(after, hour, zone, () => true);
    case 'week':
      return nextOn(after, hour, zone, (wall) => weekdayOf(wall) === every.day);
    case 'month':
      return nextOn(after, hour, zone, ({ day }) => day === every.day);
  }
}

function nextOn(
  after: Date,
  hour: string,
  zone: string,
  fits: (wall: ReturnType<typeof wallTime>) => boolean,
): Date | null {
  const today = wallTime(after, zone);
  for (let ahead = 0; ahead <= 32; ahead += 1) {
    const wall = atHour(addDays(today, ahead), hour);
    const at = instantOf(wall, zone);
    if (at > after && fits(wall)) return at;
  }
  return null;
}

/** The day a moment belongs to, moved by days: `2026-05-12`. */
export function dayOf(moment: Date, days: number, zone: string): string {
  const { year, month, day } = addDays(wallTime(moment, zone), days);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}`;
}
