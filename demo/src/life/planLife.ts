import { categories } from '../catalogue/categories.ts';
import { type Site, siteByCode } from '../market.ts';
import type { Person } from '../people/person.ts';
import { exponential, normal } from '../random/distributions.ts';
import { Random, streams } from '../random/random.ts';
import { type Calendar, day, hour } from './calendar.ts';
import type { OrderPlan } from './composeOrder.ts';
import { type Habits, habitsOf } from './habits.ts';
import { momentOf, startOfDay } from './moments.ts';
import { planVisits, type VisitPlan } from './planVisits.ts';

/** One person as a customer over the span of the calendar. */
export interface Life {
  readonly person: Person;
  readonly habits: Habits;
  readonly joinedAt: number;
  /** In order of time. */
  readonly orders: readonly OrderPlan[];
  readonly visits: readonly VisitPlan[];
  /** When they signed up for the newsletter; null if never. */
  readonly subscribedAt: number | null;
  /** When their account was made; null without one, or when it is older than the span. */
  readonly accountAt: number | null;
}

/** Joins (many long before the span), buys at their own rate, stops one day. A pure function of the seed and the person. */
export function planLife(seed: number, person: Person, calendar: Calendar): Life {
  const habits = habitsOf(seed, person);
  const random = new Random(seed, streams.life, person.index, 2);
  const early = random.chance(0.4);
  const joinedAt = early ? calendar.start - random.next() * 900 * day : joinWithin(calendar, random);
  const stopsAt = Math.min(calendar.end, joinedAt + habits.yearsActive * 365 * day);
  const orders =
    habits.ordersPerYear === 0 ? [] : planOrders(seed, person, habits, calendar, joinedAt, stopsAt, early, random);
  const subscribedAt = habits.newsletter ? joinedAt + (random.chance(0.7) ? 0 : random.next() * 90 * day) : null;
  const planned = planVisits({ person, habits, calendar, joinedAt, stopsAt, orders, early, subscribedAt, random });
  return { person, habits, joinedAt, orders, subscribedAt, ...planned };
}

/** New customers come in with the season, a little more every month. */
function joinWithin(calendar: Calendar, random: Random): number {
  const whole = calendar.weightAt(calendar.end);
  const at = calendar.dayOf(whole * random.next() ** 0.85);
  return (at ?? calendar.start) + random.next() * day;
}

function planOrders(
  seed: number,
  person: Person,
  habits: Habits,
  calendar: Calendar,
  joinedAt: number,
  stopsAt: number,
  early: boolean,
  random: Random,
): OrderPlan[] {
  const moments: { at: number; channel: 'web' | 'store'; refill: boolean }[] = [];
  const add = (dayStart: number, refill: boolean): void => {
    const channel = random.chance(refill ? habits.storeShare * 0.4 : habits.storeShare) ? 'store' : 'web';
    moments.push({ at: momentOf(dayStart, channel, habits, person.site, random), channel, refill });
  };
  // Whoever joins within the span mostly does so by buying.
  if (!early && random.chance(0.7)) add(startOfDay(joinedAt), false);
  const gap = 365 / habits.ordersPerYear;
  let weight = calendar.weightAt(Math.max(calendar.start, joinedAt));
  for (;;) {
    weight += exponential(random) * gap;
    const at = calendar.dayOf(weight);
    if (at === null || at >= stopsAt) break;
    add(at, false);
  }
  const refillDays = categories[habits.refill]?.refillDays;
  if (refillDays !== undefined) {
    let at = Math.max(calendar.start, joinedAt) + random.next() * refillDays * day;
    while (at < stopsAt) {
      add(startOfDay(at), true);
      at += refillDays * Math.max(0.4, 1 + 0.16 * normal(random)) * day;
    }
  }
  return moments
    .filter((moment) => moment.at >= calendar.start && moment.at < calendar.end - 2 * hour)
    .sort((a, b) => a.at - b.at)
    .map((moment, place) => ({
      ...moment,
      number: place + (early ? 1 : 0),
      site: siteOfOrder(seed, person, moment.channel, place + (early ? 1 : 0)),
    }));
}

/** A store sells in its own country's currency; some Belgians, Swiss and Germans order from the French site. */
export function siteOfOrder(seed: number, person: Person, channel: 'web' | 'store', number: number): Site {
  if (channel === 'store' && person.store !== null) return siteByCode(person.store.site);
  const stays = person.site.code === 'uk' || person.site.code === 'pl';
  return !stays && new Random(seed, streams.site, person.index, number).chance(0.04) ? siteByCode('fr') : person.site;
}
