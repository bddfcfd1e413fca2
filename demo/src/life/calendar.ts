import { saleOn } from '../catalogue/prices.ts';
import type { Site } from '../market.ts';

export const day = 86_400_000;
export const hour = 3_600_000;

/** Shopping by month: quiet February and August, spring and autumn collections, the year's end. */
const months = [1.02, 0.78, 0.95, 1, 1.04, 0.98, 0.9, 0.68, 1.02, 1.08, 1.3, 1.5];
/** Monday first: evenings after work and the weekend at home. */
const weekdays = [1.02, 0.97, 1, 0.98, 0.9, 0.95, 1.18];

/** How much is bought online on a day, 1 on average. */
export function dayWeight(at: number): number {
  const date = new Date(at);
  const month = date.getUTCMonth();
  const dayOfMonth = date.getUTCDate();
  let weight = (months[month] ?? 1) * (weekdays[(date.getUTCDay() + 6) % 7] ?? 1);
  if (saleOn(at) !== null) weight *= month === 10 ? 2.6 : 1.35;
  // Parcels no longer arrive before Christmas, then nobody shops for two days.
  if (month === 11 && dayOfMonth >= 21) weight *= dayOfMonth === 24 || dayOfMonth === 25 ? 0.35 : 0.6;
  // The last weekend before the month's end, after pay day.
  if (dayOfMonth >= 27) weight *= 1.08;
  return weight;
}

/** The hours of a day by kind of person; each keeps one kind, so a best hour can be learnt. */
export const hourProfiles: readonly (readonly number[])[] = [
  [1, 0, 0, 0, 0, 1, 5, 12, 14, 8, 5, 5, 7, 6, 4, 4, 4, 6, 8, 7, 6, 5, 4, 2],
  [1, 0, 0, 0, 0, 0, 1, 3, 5, 6, 8, 10, 17, 16, 8, 5, 4, 4, 5, 6, 7, 6, 4, 2],
  [2, 1, 0, 0, 0, 0, 1, 2, 3, 3, 4, 4, 5, 5, 4, 4, 5, 7, 9, 12, 17, 18, 12, 5],
  [10, 6, 3, 1, 0, 0, 0, 1, 1, 2, 3, 3, 4, 4, 4, 4, 4, 4, 5, 6, 8, 11, 16, 15],
];

export const storeHours: readonly number[] = [
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 10, 9, 7, 9, 11, 13, 14, 12, 3, 0, 0, 0, 0,
];

/** A span of days with their running shopping weight, so that a point in weight is a point in time. */
export class Calendar {
  readonly days: number;
  readonly start: number;
  readonly end: number;
  private readonly sums: Float64Array;

  constructor(start: number, end: number) {
    this.start = start;
    this.end = end;
    this.days = Math.ceil((end - start) / day);
    this.sums = new Float64Array(this.days + 1);
    for (let place = 0; place < this.days; place++) {
      this.sums[place + 1] = (this.sums[place] ?? 0) + dayWeight(start + place * day);
    }
  }

  /** Running weight at an instant; before the start it goes on as the average. */
  weightAt(at: number): number {
    const place = (at - this.start) / day;
    if (place <= 0) return place;
    const whole = Math.min(this.days, Math.floor(place));
    const from = this.sums[whole] ?? 0;
    const to = this.sums[Math.min(this.days, whole + 1)] ?? from;
    return from + (to - from) * (place - whole);
  }

  /** Start of the day on which the running weight is reached; null past the end. */
  dayOf(weight: number): number | null {
    if (weight < 0 || weight >= (this.sums[this.days] ?? 0)) return null;
    let low = 0;
    let high = this.days - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.sums[middle + 1] ?? 0) > weight) high = middle;
      else low = middle + 1;
    }
    return this.start + low * day;
  }
}

/** Local wall-clock time shown by a UTC date: summer time from the last Sunday of March to that of October, 01:00 UTC. */
export function toLocal(at: number, site: Site): number {
  return at + (site.offset + (isSummer(at) ? 1 : 0)) * hour;
}

export function fromLocal(local: number, site: Site): number {
  const guess = local - site.offset * hour;
  return isSummer(guess - hour) ? guess - hour : guess;
}

const summers = new Map<number, readonly [number, number]>();

function isSummer(at: number): boolean {
  const year = new Date(at).getUTCFullYear();
  let span = summers.get(year);
  if (span === undefined) {
    span = [lastSunday(year, 2), lastSunday(year, 9)];
    summers.set(year, span);
  }
  return at >= span[0] && at < span[1];
}

function lastSunday(year: number, month: number): number {
  const last = Date.UTC(year, month + 1, 0, 1);
  return last - new Date(last).getUTCDay() * day;
}
