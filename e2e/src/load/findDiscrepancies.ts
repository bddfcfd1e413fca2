import { z } from 'zod';
import type { ApiClient } from '../harness/apiClient.ts';
import type { Ledger } from './sender.ts';
import type { Call, PlacedOrder } from './shoppers.ts';

const exportedEventSchema = z.object({ messageId: z.string(), _vitrail: z.object({ customerId: z.number() }) });
const exportedOrderSchema = z.object({
  order_id: z.string(),
  customer_id: z.number().nullable(),
  currency: z.string(),
  total: z.union([z.number(), z.string()]),
});

const cents = (amount: number | string): number => Math.round(Number(amount) * 100);

/** A list of problems that stays readable when everything is wrong. */
function createProblems() {
  const all: string[] = [];
  return {
    all,
    add(problem: string): void {
      if (all.length < 40) all.push(problem);
    },
  };
}
type Problems = ReturnType<typeof createProblems>;

/** Sums of orders by currency. */
function sumOrders(orders: Iterable<PlacedOrder>): Map<string, { orders: number; cents: number }> {
  const sums = new Map<string, { orders: number; cents: number }>();
  for (const order of orders) {
    const sum = sums.get(order.currency) ?? { orders: 0, cents: 0 };
    sums.set(order.currency, { orders: sum.orders + 1, cents: sum.cents + order.cents });
  }
  return sums;
}

function compareSums(
  what: string,
  expected: ReturnType<typeof sumOrders>,
  found: readonly { currency: string; orders: number; revenue: number }[],
  problems: Problems,
): void {
  const show = (entries: readonly (readonly [string, number, number])[]) => JSON.stringify([...entries].sort());
  const wanted = show([...expected].map(([currency, sum]) => [currency, sum.orders, sum.cents] as const));
  const given = show(
    found.filter(({ orders }) => orders > 0).map((sum) => [sum.currency, sum.orders, cents(sum.revenue)] as const),
  );
  if (wanted !== given) problems.add(`${what}: orders and cents by currency should be ${wanted} and are ${given}`);
}

/**
 * Compares what clients were promised with what is there, in both stores and by both ways to a customer. Returns a
 * sentence for each difference.
 */
export async function findDiscrepancies(api: ApiClient, ledger: Ledger): Promise<string[]> {
  const problems = createProblems();
  for (const answer of ledger.wrongAnswers) problems.add(answer);
  const sent = new Map([...ledger.acknowledged, ...ledger.unsure]);

  // The analytics store, every event of it.
  const exported = await api.exported('events', exportedEventSchema);
  const customerOf = new Map<string, number>();
  for (const event of exported) {
    if (customerOf.has(event.messageId)) problems.add(`${event.messageId} is there twice`);
    if (!sent.has(event.messageId)) problems.add(`${event.messageId} was never sent`);
    customerOf.set(event.messageId, event._vitrail.customerId);
  }
  for (const [messageId, call] of ledger.acknowledged)
    if (!customerOf.has(messageId)) problems.add(`${messageId} (${call.body.type}) was acknowledged and is lost`);
  const present = [...sent.values()].filter((call) => customerOf.has(call.messageId));

  await compareCustomers(api, present, customerOf, problems);
  await compareOrders(api, present, customerOf, problems);
  await compareCounters(api, exported.length, problems);
  return problems.all;
}

/** Every customer's timeline holds exactly their calls, whichever of their identifiers leads there. */
async function compareCustomers(
  api: ApiClient,
  present: readonly Call[],
  customerOf: ReadonlyMap<string, number>,
  problems: Problems,
): Promise<void> {
  const profileOf = new Map<string, string>();
  const callsOf = new Map<string, Call[]>();
  for (const call of present) {
    const owner = `${call.owner.namespace}:${call.owner.value}`;
    const profile = profileOf.get(owner) ?? (await api.findProfile(call.owner.namespace, call.owner.value));
    if (profile === null) {
      problems.add(`there is no customer with ${owner}`);
      continue;
    }
    profileOf.set(owner, profile);
    callsOf.set(profile, [...(callsOf.get(profile) ?? []), call]);
  }
  const numberOf = new Map<number, string>();
  for (const [profile, calls] of callsOf) {
    const listed = (await api.events(profile)).map((event) => event.messageId).sort();
    const wanted = calls.map((call) => call.messageId).sort();
    if (JSON.stringify(listed) !== JSON.stringify(wanted)) {
      const lost = wanted.filter((id) => !listed.includes(id));
      const strange = listed.filter((id) => !wanted.includes(id));
      problems.add(
        `customer ${profile} has ${listed.length} of ${wanted.length} calls; lacks ${lost.slice(0, 5).join(' ')}; has also ${strange.slice(0, 5).join(' ')}`,
      );
    }
    const numbers = new Set(calls.map((call) => customerOf.get(call.messageId)));
    if (numbers.size !== 1) problems.add(`the export gives customer ${profile} ${numbers.size} numbers`);
    for (const number of numbers) {
      if (number !== undefined && numberOf.has(number)) problems.add(`number ${number} is that of two customers`);
      if (number !== undefined) numberOf.set(number, profile);
    }
    const orders = calls.flatMap((call) => call.order ?? []);
    const { totals } = await api.profile(profile);
    if (totals.orders !== orders.length)
      problems.add(`customer ${profile} has ${totals.orders} orders instead of ${orders.length}`);
    compareSums(`customer ${profile}`, sumOrders(orders), totals.byCurrency, problems);
  }
}

/** Orders one by one, and the sums of both stores. */
async function compareOrders(
  api: ApiClient,
  present: readonly Call[],
  customerOf: ReadonlyMap<string, number>,
  problems: Problems,
): Promise<void> {
  const placed = new Map(present.flatMap((call) => (call.order === null ? [] : [[call.order.id, call] as const])));
  const found = await api.exported('orders', exportedOrderSchema);
  if (found.length !== placed.size) problems.add(`${found.length} orders are there instead of ${placed.size}`);
  for (const row of found) {
    const call = placed.get(row.order_id);
    if (call?.order == null) {
      problems.add(`order ${row.order_id} was never placed`);
      continue;
    }
    if (cents(row.total) !== call.order.cents || row.currency !== call.order.currency)
      problems.add(
        `order ${row.order_id} is ${row.total} ${row.currency} instead of ${call.order.cents} cents ${call.order.currency}`,
      );
    if (row.customer_id !== customerOf.get(call.messageId))
      problems.add(
        `order ${row.order_id} belongs to ${row.customer_id}, its call to ${customerOf.get(call.messageId)}`,
      );
  }
  const stats = await api.stats();
  const wanted = sumOrders([...placed.values()].flatMap((call) => call.order ?? []));
  compareSums('the workspace', wanted, stats.revenueByCurrency, problems);
  if (stats.orders !== placed.size) problems.add(`stats count ${stats.orders} orders instead of ${placed.size}`);

  const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
  const overviewSchema = z.object({ totals: z.object({ orders: z.number(), revenue: z.number() }) });
  const { totals } = await api.get(`/api/v1/analytics/overview?from=${day(-2)}&to=${day(1)}`, overviewSchema);
  if (totals.orders !== stats.orders || cents(totals.revenue) !== cents(stats.revenue))
    problems.add(
      `the stores disagree: ${stats.orders} orders for ${stats.revenue} in PostgreSQL, ${totals.orders} for ${totals.revenue} in ClickHouse`,
    );
}

async function compareCounters(api: ApiClient, events: number, problems: Problems): Promise<void> {
  const stats = await api.stats();
  if (stats.events !== events) problems.add(`stats count ${stats.events} events, the export has ${events}`);
  const pipeline = await api.pipeline();
  if (pipeline.accepted !== events) problems.add(`${pipeline.accepted} are counted as accepted, ${events} are there`);
  const { duplicate: _, ...dropped } = pipeline.dropped;
  if (Object.keys(dropped).length > 0) problems.add(`something was dropped: ${JSON.stringify(dropped)}`);
}
