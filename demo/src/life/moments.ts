import type { Site } from '../market.ts';
import { exponential, poisson, Weighted } from '../random/distributions.ts';
import type { Random } from '../random/random.ts';
import { day, fromLocal, hourProfiles, storeHours, toLocal } from './calendar.ts';
import type { OrderPlan } from './composeOrder.ts';
import type { Habits } from './habits.ts';

const hourDraws = hourProfiles.map((profile) => new Weighted(profile));
const storeHourDraw = new Weighted(storeHours);

/** A moment of a day, by the shop's opening hours or the person's own rhythm, on the minute and second. */
export function momentOf(
  dayStart: number,
  channel: 'web' | 'store',
  habits: Habits,
  site: Site,
  random: Random,
): number {
  let date = dayStart;
  if (channel === 'store') {
    // Stores are shut on Sundays and full on Saturdays.
    const weekday = new Date(date).getUTCDay();
    if (weekday === 0 || (weekday < 5 && random.chance(0.25))) date -= ((weekday + 1) % 7) * day;
  }
  const draw = channel === 'store' ? storeHourDraw : hourDraws[habits.hours];
  const hours = draw?.draw(random) ?? 12;
  return fromLocal(date + (hours * 3600 + random.int(3600)) * 1000, site);
}

export function startOfDay(at: number): number {
  return Math.floor(at / day) * day;
}

/** How many visits of research come before an order, and their moments. */
export function researchBefore(order: OrderPlan, habits: Habits, random: Random): number[] {
  const count = order.refill ? 0 : poisson(random, 0.9);
  return Array.from({ length: count }, () => {
    const back = (0.15 + exponential(random) * 3) * day;
    const local = toLocal(order.at - back, order.site);
    return momentOf(startOfDay(local), 'web', habits, order.site, random);
  }).filter((at) => at < order.at - 1_800_000);
}
