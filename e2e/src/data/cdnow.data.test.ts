import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, type TestServer } from '../harness/startServer.ts';
import { readShared, tenThousandths, toAmount, writeCsv } from './sharedData.ts';

/*
 * CDNOW (Fader & Hardie): 69,659 purchases of 23,570 customers of 1997, as columns separated by spaces. There is no order
 * number, so each row gets one: customer, day, and how many of that customer's came before on the day. Amounts are US
 * dollars of days before the euro: orders keep them and have no base amount. 80 purchases of 0.00 are orders too.
 */
interface Purchase {
  readonly order: string;
  readonly customer: string;
  readonly day: string;
  readonly dollars: string;
}

function readPurchases(text: string): Purchase[] {
  const seen = new Map<string, number>();
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [customer = '', day = '', , dollars = ''] = line.trim().split(/\s+/);
      const same = `${customer}-${day}`;
      const number = (seen.get(same) ?? 0) + 1;
      seen.set(same, number);
      return { order: `${same}-${number}`, customer, day, dollars };
    });
}

let server: TestServer;
let purchases: Purchase[] = [];
beforeAll(async () => {
  purchases = readPurchases(readShared('commerce', 'cdnow', 'CDNOW_master.txt').toString('utf8'));
  server = await startServer();
});
afterAll(() => server?.dispose());

const columns = ['order_id', 'customer_id', 'date', 'dollar_value'];
const toCsv = (list: readonly Purchase[]): string =>
  writeCsv(
    columns,
    list.map(({ order, customer, day, dollars }) => [order, customer, day, dollars]),
  );
const request = (list: readonly Purchase[]) =>
  ({
    as: 'orders',
    name: 'cdnow.csv',
    content: toCsv(list),
    mapping: { order_id: 'order_id', customer_id: 'user_id', date: 'ordered_at', dollar_value: 'total' },
    options: { currency: 'USD', timeZone: 'America/New_York' },
  }) as const;
const total = (list: readonly Purchase[]): number =>
  toAmount(list.reduce((sum, { dollars }) => sum + tenThousandths(dollars), 0n));

it('gives every customer, order and dollar of the file, none of it in euros', async () => {
  const done = await server.api.importFile(request(purchases));
  expect(done).toMatchObject({ state: 'done', accepted: purchases.length, rejected: 0, duplicates: 0 });
  expect(await server.api.stats()).toMatchObject({
    profiles: new Set(purchases.map(({ customer }) => customer)).size,
    orders: purchases.length,
    events: purchases.length,
    ordersWithoutRate: purchases.length,
    ordersWithoutCustomer: 0,
    revenue: 0,
    revenueByCurrency: [{ currency: 'USD', orders: purchases.length, revenue: total(purchases) }],
  });
});

it('gives single customers their own orders, with the days as written', async () => {
  for (const customer of ['00001', '00004', '23570']) {
    const mine = purchases.filter((purchase) => purchase.customer === customer);
    const id = await server.api.findProfile('user_id', customer);
    const { totals } = await server.api.profile(id ?? '');
    expect(totals).toMatchObject({
      orders: mine.length,
      withoutRate: mine.length,
      byCurrency: [{ currency: 'USD', orders: mine.length, revenue: total(mine) }],
    });
    const orders = await server.api.orders(id ?? '');
    const dayOf = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/New_York' });
    const days = orders.map(({ orderedAt }) => dayOf.format(new Date(orderedAt ?? '')).replaceAll('-', ''));
    expect(days.sort()).toEqual(mine.map(({ day }) => day).sort());
  }
});

it('changes nothing when it is imported again, with its rows in another order', async () => {
  const before = { ...(await server.api.stats()), at: '' };
  const done = await server.api.importFile(request(purchases.toReversed()));
  expect(done).toMatchObject({ state: 'done', accepted: purchases.length, duplicates: purchases.length });
  expect({ ...(await server.api.stats()), at: '' }).toEqual(before);
});
