import type { Catalogue } from '../catalogue/catalogue.ts';
import { stores } from '../market.ts';
import type { Person } from '../people/person.ts';
import type { Population } from '../people/population.ts';
import { poisson } from '../random/distributions.ts';
import { Random, streams } from '../random/random.ts';
import { type Calendar, day } from './calendar.ts';
import { composeOrder, type OrderPlan } from './composeOrder.ts';
import { habitsOf, noTaste } from './habits.ts';
import { momentOf } from './moments.ts';
import { flags, kinds, type Occurrence, Occurrences } from './occurrences.ts';
import type { Order } from './order.ts';
import { type Life, planLife, siteOfOrder } from './planLife.ts';

export interface PlacedOrder {
  readonly plan: OrderPlan;
  readonly order: Order;
}

export interface Plan {
  /** Visits and refunds, for the web's log. Strangers have indexes from the population's size on. */
  readonly web: Occurrences;
  /** Sales and returns, one log per store, in the order of `stores`. */
  readonly tills: readonly Occurrences[];
  readonly strangers: number;
}

/**
 * Lives everybody's life once and notes when something happens; what happens is worked out again when it is written.
 * Gives each life in order of person, for the files that are not chronological; returns when all is noted.
 */
export function* planRetailer(
  population: Population,
  catalogue: Catalogue,
  calendar: Calendar,
): Generator<{ life: Life; orders: readonly PlacedOrder[] }, Plan> {
  const web = new Occurrences(calendar.start);
  const tills = stores.map(() => new Occurrences(calendar.start));
  for (let index = 0; index < population.size; index++) {
    const life = planLife(population.seed, population.person(index), calendar);
    const shopper = { index, habits: life.habits };
    const orders = life.orders.map((plan) => ({
      plan,
      order: composeOrder(population.seed, catalogue, shopper, plan),
    }));
    noteVisits(web, life);
    noteOrders(calendar, life, orders, web, tills);
    yield { life, orders };
  }
  const strangers = Math.round((population.size * 0.8 * calendar.days) / 730);
  noteStrangers(web, population, calendar, strangers);
  return { web, tills, strangers };
}

/** What an occurrence says about its order, put together again. */
export function orderPlanOf(seed: number, person: Person, one: Occurrence): OrderPlan {
  const channel = (one.flags & flags.store) === 0 ? 'web' : 'store';
  const site = siteOfOrder(seed, person, channel, one.order);
  return { number: one.order, at: one.orderAt, channel, refill: (one.flags & flags.refill) !== 0, site };
}

function noteVisits(web: Occurrences, life: Life): void {
  life.visits.forEach((visit, ordinal) => {
    const { order } = visit;
    // A basket that leads to no order gets a number of its own.
    const abandoned = visit.kind === 'abandon' && order === null;
    web.add({
      at: visit.at,
      person: life.person.index,
      kind: kinds[visit.kind],
      flags: visit.flags | (order?.channel === 'store' ? flags.store : 0),
      device: visit.device,
      ordinal: ordinal % 65_536,
      order: abandoned ? 30_000 + (ordinal % 30_000) : (order?.number ?? 0),
      orderAt: abandoned ? visit.at : (order?.at ?? 0),
    });
  });
}

function noteOrders(
  calendar: Calendar,
  life: Life,
  orders: readonly PlacedOrder[],
  web: Occurrences,
  tills: readonly Occurrences[],
): void {
  const till = tills[stores.findIndex((store) => store.code === life.person.store?.code)];
  for (const { plan, order } of orders) {
    const flag = (plan.channel === 'store' ? flags.store : 0) | (plan.refill ? flags.refill : 0);
    const base = {
      person: life.person.index,
      flags: flag,
      device: 0,
      ordinal: 0,
      order: plan.number,
      orderAt: plan.at,
    };
    if (plan.channel === 'store') till?.add({ ...base, at: plan.at, kind: kinds.sale });
    const { refund } = order;
    if (refund === null || refund.at >= calendar.end) continue;
    if (plan.channel === 'store') till?.add({ ...base, at: refund.at, kind: kinds.takeBack });
    else web.add({ ...base, at: refund.at, kind: kinds.refund });
  }
}

function noteStrangers(web: Occurrences, population: Population, calendar: Calendar, count: number): void {
  const whole = calendar.weightAt(calendar.end);
  const habits = { ...habitsOf(population.seed, population.person(0)), taste: noTaste };
  for (let stranger = 0; stranger < count; stranger++) {
    const random = new Random(population.seed, streams.visitor, stranger);
    const first = calendar.dayOf(whole * random.next()) ?? calendar.start;
    const visits = 1 + poisson(random, 0.45);
    const { site } = population.person(random.int(population.size));
    const base = {
      person: population.size + stranger,
      kind: kinds.stranger,
      flags: 0,
      device: 0,
      order: 0,
      orderAt: 0,
    };
    for (let ordinal = 0; ordinal < visits; ordinal++) {
      const at = momentOf(
        first + Math.floor(ordinal * 9 * random.next()) * day,
        'web',
        { ...habits, hours: random.int(4) },
        site,
        random,
      );
      if (at >= calendar.start && at < calendar.end - 2 * 3_600_000) web.add({ ...base, at, ordinal });
    }
  }
}
