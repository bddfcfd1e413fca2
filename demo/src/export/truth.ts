import { flags } from '../life/occurrences.ts';
import type { Life } from '../life/planLife.ts';
import type { PlacedOrder } from '../life/planRetailer.ts';
import { sharedDevice } from '../life/planVisits.ts';
import type { Currency } from '../market.ts';
import { accountIdOf } from '../people/accountId.ts';
import { serverIdOf } from '../web/serverEvents.ts';
import { deviceOf } from '../web/writeWebEvents.ts';
import type { CrmRecord } from './crm.ts';
import { anonymousIdOf, orderIdOf, webOrderPrefix } from './identifiers.ts';
import { showsCard } from './receipts.ts';

/** What is true about one order: the other files must add up to it. Amounts are in the currency's main unit. */
export interface TrueOrder {
  readonly orderId: string;
  readonly person: string;
  readonly channel: 'web' | 'store';
  readonly site: string;
  readonly at: string;
  readonly currency: Currency;
  readonly total: number;
  /** Given back by the end of the span. */
  readonly refunded: number;
  /** False for a receipt without a card: nothing in the files says whose it is. */
  readonly attributable: boolean;
}

/** One real person and everything the files call them. */
export interface TruePerson {
  readonly person: string;
  readonly household: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly birthDate: string;
  readonly site: string;
  readonly userId: string | null;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly loyaltyCard: string | null;
  readonly crm: readonly { readonly id: string; readonly flaws: readonly string[] }[];
  readonly newsletter: string | null;
  /** `named`: an identify call was made on it, so it can be joined for certain. `shared`: also used by the partner. */
  readonly anonymousIds: readonly { readonly id: string; readonly named: boolean; readonly shared: boolean }[];
  readonly orders: { readonly web: number; readonly store: number; readonly attributable: number };
  readonly revenue: Readonly<Partial<Record<Currency, { readonly total: number; readonly refunded: number }>>>;
}

export function trueOrders(seed: number, life: Life, placed: readonly PlacedOrder[], end: number): TrueOrder[] {
  return placed.map(({ plan, order }) => {
    const { person } = life;
    const inStore = plan.channel === 'store';
    const prefix = inStore ? `${person.store?.tillCode ?? ''}-` : webOrderPrefix;
    return {
      orderId: orderIdOf(prefix, person.index, plan.number),
      person: nameOf(person.index),
      channel: plan.channel,
      site: plan.site.code,
      at: new Date(plan.at).toISOString(),
      currency: plan.site.currency,
      total: order.total / 100,
      refunded: order.refund === null || order.refund.at >= end ? 0 : order.refund.amount / 100,
      attributable: !inStore || showsCard(seed, person, plan.number),
    };
  });
}

export function truePerson(
  seed: number,
  life: Life,
  orders: readonly TrueOrder[],
  crm: readonly CrmRecord[],
  newsletter: string | null,
): TruePerson {
  const { person } = life;
  const used = new Map<string, { named: boolean; shared: boolean }>();
  let account = false;
  let online = false;
  for (const visit of life.visits) {
    const { consent } = deviceOf(person, visit.device);
    const ordersHere = visit.kind === 'order';
    if ((visit.flags & flags.login) !== 0 || ordersHere) account ||= life.habits.hasAccount;
    if (!consent.analytics) {
      if (ordersHere && !life.habits.hasAccount) used.set(serverIdOf(person), { named: true, shared: false });
      continue;
    }
    online = true;
    const id = anonymousIdOf(seed, person, visit.device, visit.at);
    const named = (visit.flags & (flags.login | flags.guest | flags.newsletter)) !== 0;
    const known = used.get(id);
    used.set(id, { named: named || known?.named === true, shared: visit.device === sharedDevice });
  }
  const revenue: Partial<Record<Currency, { total: number; refunded: number }>> = {};
  for (const order of orders) {
    const sum = revenue[order.currency] ?? { total: 0, refunded: 0 };
    revenue[order.currency] = { total: cents(sum.total + order.total), refunded: cents(sum.refunded + order.refunded) };
  }
  const emails = online || account || crm.length > 0 || newsletter !== null ? [person.email] : [];
  return {
    person: nameOf(person.index),
    household: `h${person.household}`,
    firstName: person.firstName,
    lastName: person.lastName,
    birthDate: person.birthDate,
    site: person.site.code,
    userId: life.habits.hasAccount && (account || crm.length > 0) ? accountIdOf(person.email) : null,
    emails: person.formerEmail === null ? emails : [...emails, person.formerEmail],
    phones: [person.mobile, person.homePhone].filter((phone) => phone !== null),
    loyaltyCard: person.loyaltyCard,
    crm: crm.map(({ id, flaws }) => ({ id, flaws })),
    newsletter,
    anonymousIds: [...used].map(([id, use]) => ({ id, ...use })),
    orders: {
      web: orders.filter((order) => order.channel === 'web').length,
      store: orders.filter((order) => order.channel === 'store').length,
      attributable: orders.filter((order) => order.attributable).length,
    },
    revenue,
  };
}

function nameOf(index: number): string {
  return `p${index}`;
}

function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}
