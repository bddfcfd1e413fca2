import { exchangeRatePageSchema, type ImportMapping } from '@vitrail/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ApiClient } from '../harness/apiClient.ts';
import { startServer, type TestServer } from '../harness/startServer.ts';
import { cell, groupBy, type Row, readRows, readShared, tenThousandths, toAmount, writeCsv } from './sharedData.ts';

/*
 * A real web shop's invoice lines (UCI "Online Retail", Chen et al. 2012; ten months). The rules, stated here and in the
 * importer independently of each other:
 * - an invoice of which every line gives money back (negative amount, or a negative quantity at no price) is a refund of
 *   the sum, not an order: the cancellations (C…), stock written off, and two adjustments of bad debt (A…);
 * - any other invoice is an order; its total is the sum of quantity × unit price, free items count nothing;
 * - an invoice without customer is an order without customer;
 * - revenue is orders less refunds, so it is the sum of all lines.
 */
const files = ['orders-2010-12_2011-04.csv.gz', 'orders-2011-05_2011-09.csv.gz'] as const;
const options = { currency: 'GBP', timeZone: 'Europe/London' } as const;
const mapping: ImportMapping = {
  invoice: 'order_id',
  stock_code: 'product_id',
  quantity: 'quantity',
  invoice_ts: 'ordered_at',
  unit_price: 'unit_price',
  customer_id: 'user_id',
  country: 'property.country',
};

const amountOf = (row: Row): bigint => BigInt(cell(row, 'quantity')) * tenThousandths(cell(row, 'unit_price'));
const givesBack = (row: Row): boolean =>
  amountOf(row) < 0n || (amountOf(row) === 0n && cell(row, 'quantity').startsWith('-'));
const sumOf = (rows: readonly Row[]): bigint => rows.reduce((sum, row) => sum + amountOf(row), 0n);
const customersOf = (rows: readonly Row[]): Set<string> =>
  new Set(rows.map((row) => cell(row, 'customer_id')).filter((id) => id !== ''));

/** What the workspace should be after these lines. */
function summarise(rows: readonly Row[]) {
  const invoices = [...groupBy(rows, 'invoice').values()];
  const orders = invoices.filter((lines) => !lines.every(givesBack));
  return {
    profiles: customersOf(rows).size,
    events: invoices.length,
    orders: orders.length,
    ordersWithoutCustomer: orders.filter((lines) => customersOf(lines).size === 0).length,
    revenueByCurrency: [{ currency: 'GBP', orders: orders.length, revenue: toAmount(sumOf(rows)) }],
  };
}

const rateQuery = '/api/v1/exchange-rates?currency=GBP&limit=1000';

/** The same in the base currency, by the newest rate on or before each invoice's day. */
async function baseRevenue(api: ApiClient, rows: readonly Row[]): Promise<number> {
  const rates: { day: string; perEuro: number }[] = [];
  for (let path: string | null = rateQuery; path !== null; ) {
    const page: z.output<typeof exchangeRatePageSchema> = await api.get(path, exchangeRatePageSchema);
    rates.push(...page.items.map(({ day, perEuro }) => ({ day, perEuro: Number(perEuro) })));
    path = page.next === null ? null : `${rateQuery}&cursor=${encodeURIComponent(page.next)}`;
  }
  rates.sort((a, b) => (a.day < b.day ? 1 : -1));
  let sum = 0;
  for (const lines of groupBy(rows, 'invoice').values()) {
    const day = lines.map((row) => cell(row, 'invoice_ts').slice(0, 10)).sort()[0] ?? '';
    const rate = rates.find((candidate) => candidate.day <= day);
    if (rate === undefined) throw new Error(`no rate of the pound for ${day}`);
    sum += Math.round(Number(sumOf(lines)) / rate.perEuro) / 10_000;
  }
  return sum;
}

let server: TestServer;
let sent: { name: string; content: Buffer<ArrayBuffer>; rows: Row[] }[] = [];
beforeAll(async () => {
  sent = files.map((name) => {
    const content = readShared('commerce', 'online-retail', name);
    return { name, content, rows: readRows(content) };
  });
  server = await startServer();
});
afterAll(() => server?.dispose());

const allRows = (): Row[] => sent.flatMap(({ rows }) => rows);
const withoutTime = async (api: ApiClient) => ({ ...(await api.stats()), at: '' });

describe('the two raw files of invoice lines', () => {
  it('become the customers, orders and revenue that adding up their lines gives', async () => {
    for (const { name, content, rows } of sent) {
      const done = await server.api.importFile({ as: 'order-lines', name, content, mapping, options });
      expect(done).toMatchObject({
        state: 'done',
        rows: rows.length,
        accepted: rows.length,
        rejected: 0,
        duplicates: 0,
      });
      expect(done.reasons).toEqual({});
    }
    const rows = allRows();
    const stats = await server.api.stats();
    expect(stats).toMatchObject({ ...summarise(rows), ordersWithoutRate: 0, currency: 'EUR' });
    expect(stats.revenue).toBeCloseTo(await baseRevenue(server.api, rows), 1);
  });

  it('keep every line, in the store that is searched and in the one that counts', async () => {
    const rows = allRows();
    const orders = [...groupBy(rows, 'invoice').values()].filter((lines) => !lines.every(givesBack)).flat();
    const lines = await server.api.exported(
      'order-lines',
      z.object({ order_id: z.string(), product_id: z.string(), quantity: z.coerce.string(), price: z.coerce.string() }),
    );
    const keyOf = (order: string, product: string, quantity: string, price: string) =>
      `${order} ${product} ${tenThousandths(quantity)} ${tenThousandths(price)}`;
    expect(lines.map((line) => keyOf(line.order_id, line.product_id, line.quantity, line.price)).sort()).toEqual(
      orders
        .map((row) =>
          keyOf(cell(row, 'invoice'), cell(row, 'stock_code'), cell(row, 'quantity'), cell(row, 'unit_price')),
        )
        .sort(),
    );
    const overview = z.object({ totals: z.object({ orders: z.number(), revenue: z.number() }) });
    const stats = await server.api.stats();
    let counted = { orders: 0, revenue: 0 };
    for (const [from, to] of [
      ['2010-12-01', '2011-04-30'],
      ['2011-05-01', '2011-09-30'],
    ]) {
      const { totals } = await server.api.get(`/api/v1/analytics/overview?from=${from}&to=${to}`, overview);
      counted = { orders: counted.orders + totals.orders, revenue: counted.revenue + totals.revenue };
    }
    expect(counted.orders).toBe(stats.orders);
    expect(counted.revenue).toBeCloseTo(stats.revenue, 1);
  });

  it('give a customer the orders, revenue and dates of their own lines', async () => {
    const mine = groupBy(allRows(), 'customer_id');
    for (const customer of ['17850', '12748', '14911', '12346']) {
      const lines = mine.get(customer) ?? [];
      const orders = [...groupBy(lines, 'invoice').values()].filter((invoice) => !invoice.every(givesBack));
      const id = await server.api.findProfile('user_id', customer);
      const { totals } = await server.api.profile(id ?? '');
      expect(totals.byCurrency, customer).toEqual([
        { currency: 'GBP', orders: orders.length, revenue: toAmount(sumOf(lines)) },
      ]);
      const days = orders.map((invoice) => invoice.map((row) => cell(row, 'invoice_ts').slice(0, 10)).sort()[0]).sort();
      expect(totals.orders).toBe(orders.length);
      expect(totals.firstOrderAt?.slice(0, 10)).toBe(days[0]);
      expect(totals.lastOrderAt?.slice(0, 10)).toBe(days.at(-1));
    }
  });

  it('change nothing when they are imported again, in another order and under another name', async () => {
    const before = await withoutTime(server.api);
    for (const { name, content, rows } of sent.toReversed()) {
      const copy = { as: 'order-lines', name: `copy of ${name}`, content, mapping, options } as const;
      const done = await server.api.importFile(copy);
      expect(done).toMatchObject({ state: 'done', accepted: rows.length, duplicates: rows.length, rejected: 0 });
    }
    expect(await withoutTime(server.api)).toEqual(before);
  });

  it('take the products of the shop', async () => {
    const products = readShared('commerce', 'online-retail', 'products.csv.gz');
    const rows = readRows(products);
    const done = await server.api.importFile({
      as: 'products',
      name: 'products.csv.gz',
      content: products,
      mapping: { stock_code: 'product_id', description: 'title' },
    });
    expect(done).toMatchObject({ state: 'done', accepted: rows.length, rejected: 0 });
    expect((await server.api.stats()).products).toBe(rows.length);
  });
});

describe('without a mapping', () => {
  it('the columns are recognised and give the same customers, orders and revenue', async () => {
    const guessing = await startServer();
    try {
      const [first] = sent;
      if (first === undefined) throw new Error('there is no file');
      const { name, content, rows } = first;
      const done = await guessing.api.importFile({ as: 'order-lines', name, content, options });
      expect(done).toMatchObject({ state: 'done', accepted: rows.length, rejected: 0 });
      expect(done.settings.mapping).toMatchObject({
        invoice: 'order_id',
        stock_code: 'product_id',
        quantity: 'quantity',
        invoice_ts: 'ordered_at',
        unit_price: 'unit_price',
        customer_id: 'user_id',
      });
      expect(await guessing.api.stats()).toMatchObject(summarise(rows));
    } finally {
      await guessing.dispose();
    }
  });
});

describe('the clean lines alone (a customer, no cancellation, positive quantity and price)', () => {
  it('give the published totals: 3,370 customers, 11,906 invoices, 5,455,405.18 GBP', async () => {
    const rows = allRows().filter(
      (row) =>
        cell(row, 'customer_id') !== '' &&
        !cell(row, 'invoice').startsWith('C') &&
        Number(cell(row, 'quantity')) > 0 &&
        Number(cell(row, 'unit_price')) > 0,
    );
    const columns = Object.keys(rows[0] ?? {});
    const csv = writeCsv(
      columns,
      rows.map((row) => columns.map((column) => cell(row, column))),
    );
    const clean = await startServer();
    try {
      const done = await clean.api.importFile({ as: 'order-lines', name: 'clean.csv', content: csv, mapping, options });
      expect(done).toMatchObject({ state: 'done', accepted: rows.length, rejected: 0 });
      const stats = await clean.api.stats();
      expect(stats).toMatchObject({ profiles: 3_370, orders: 11_906, ordersWithoutCustomer: 0 });
      expect(stats.revenueByCurrency.map(({ revenue }) => revenue.toFixed(2))).toEqual(['5455405.18']);
    } finally {
      await clean.dispose();
    }
  });
});
