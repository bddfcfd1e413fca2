import type { WaitFor } from '@vitrail/contracts';
import type { Json, JsonObject } from '../../platform/index.ts';
import { addDays, addDuration, atHour, instantOf, knownZone, nextHour, wallTime } from './localTime.ts';
import { valueAt } from './matchFacts.ts';

/** Whom a wait is about. */
export interface Waiter {
  /** The time zone of the workspace. */
  readonly zone: string;
  /** Traits of the customer, newest first chosen. */
  readonly traits: JsonObject;
  /** What the run knows, as JSON. */
  readonly run: JsonObject;
}

/** The person's own zone where a trait names one, else the workspace's. */
export const zoneOf = ({ zone, traits }: Waiter): string => knownZone(traits.timezone, zone);

/**
 * Until when to wait from now. Null: not at all, since the date it waits for is not known or has passed.
 */
export function waitUntil(until: WaitFor, waiter: Waiter, now: Date): Date | null {
  const zone = zoneOf(waiter);
  switch (until.kind) {
    case 'duration':
      return addDuration(now, until, zone);
    case 'event':
      return addDuration(now, until.timeout, zone);
    case 'hour':
      return nextHour(now, until.hour, until.weekdays, zone);
    case 'date': {
      const date = dateOf(until.at, waiter, zone);
      if (date === null) return null;
      const moved = addDays(wallTime(date, zone), until.days);
      const at = instantOf(until.hour === undefined ? moved : atHour(moved, until.hour), zone);
      return at > now ? at : null;
    }
  }
}

function dateOf(at: Extract<WaitFor, { kind: 'date' }>['at'], waiter: Waiter, zone: string): Date | null {
  if ('fixed' in at) return new Date(at.fixed);
  return readDate('trait' in at ? waiter.traits[at.trait] : valueAt(waiter.run, at.run), zone);
}

/** A day (its start there) or an instant; seconds and milliseconds since 1970 as well. */
export function readDate(value: Json | undefined, zone: string): Date | null {
  if (typeof value === 'number' && Number.isFinite(value)) {
    const date = new Date(value < 100_000_000_000 ? value * 1_000 : value);
    return Number.isNaN(date.getTime()) ? null : date;
  }
  if (typeof value !== 'string') return null;
  const day = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value);
  if (day !== null) {
    const [year, month, date] = [Number(day[1]), Number(day[2]), Number(day[3])];
    return instantOf({ year, month, day: date, hour: 0, minute: 0 }, zone);
  }
  const instant = /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(instant) ? null : new Date(instant);
}
