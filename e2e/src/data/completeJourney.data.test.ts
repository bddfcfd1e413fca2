import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, type TestServer } from '../harness/startServer.ts';
import { cell, groupBy, type Row, readRows, readShared, tenThousandths, toAmount } from './sharedData.ts';

/*
 * The Complete Journey 2.0 (84.51): 75,000 receipt lines of American households, a sample of lines, and the catalogue.
 * A receipt (basket) is an order of its household; a line's value is what was paid for it (`sales_value`), whatever the
 * quantity: weighed goods have thousands, 416 lines have none. Dollars of 2017 have a rate. A product's type is its
 * title; 528 products have the text NA there, which stays as it is. The tool that wrote the files spoiled the ids of one
 * basket (4.0128e+10) and one product (9e+05): the former may be any number near, so both rows stay out and say why.
 */
let server: TestServer;
let sent: Row[] = [];
let receipts: Row[] = [];
let products: Row[] = [];
const files = new Map<string, Buffer<ArrayBuffer>>();
beforeAll(async () => {
  for (const name of ['transactions_sample.csv.gz', 'products.csv.gz', 'demographics.csv'])
    files.set(name, readShared('commerce', 'complete-journey', name));
  sent = readRows(file('transactions_sample.csv.gz'));
  receipts = sent.filter((row) => !isSpoiled(cell(row, 'basket_id')) && !isSpoiled(cell(row, 'product_id')));
  products = readRows(file('products.csv.gz'));
  server = await startServer();
});
afterAll(() => server?.dispose());
const file = (name: string): Buffer<ArrayBuffer> => files.get(name) ?? Buffer.alloc(0);

const isSpoiled = (id: string): boolean => /^\d+(\.\d+)?e\+\d+$/i.test(id);
const spoiled = 'id_in_scientific_notation';

// The file's values are binary floats written out (0.30000000000000004): cents are what was paid.
const paid = (row: Row): bigint => tenThousandths(Number(cell(row, 'sales_value')).toFixed(4));

const lines = () =>
  ({
    as: 'order-lines',
    name: 'transactions_sample.csv.gz',
    content: file('transactions_sample.csv.gz'),
    mapping: {
      household_id: 'loyalty_card',
      store_id: 'store',
      basket_id: 'order_id',
      product_id: 'product_id',
      quantity: 'quantity',
      sales_value: 'line_total',
      transaction_timestamp: 'ordered_at',
      retail_disc: 'property.retail_disc',
      coupon_disc: 'property.coupon_disc',
      coupon_match_disc: 'property.coupon_match_disc',
      week: 'ignore',
    },
    options: { currency: 'USD', timeZone: 'America/New_York' },
  }) as const;

it('gives every household, receipt and dollar of the lines', async () => {
  const done = await server.api.importFile(lines());
  expect(done).toMatchObject({
    state: 'done',
    rows: sent.length,
    accepted: receipts.length,
    reasons: { [spoiled]: 1 },
  });
  const baskets = groupBy(receipts, 'basket_id');
  const stats = await server.api.stats();
  expect(stats).toMatchObject({
    profiles: new Set(receipts.map((row) => cell(row, 'household_id'))).size,
    orders: baskets.size,
    events: baskets.size,
    ordersWithoutRate: 0,
    revenueByCurrency: [
      {
        currency: 'USD',
        orders: baskets.size,
        revenue: toAmount(receipts.reduce((sum, row) => sum + paid(row), 0n)),
      },
    ],
  });
  // The dollar of 2017 was between 0.83 and 0.96 euros.
  expect(stats.revenue / (stats.revenueByCurrency[0]?.revenue ?? 1)).toBeGreaterThan(0.83);
  expect(stats.revenue / (stats.revenueByCurrency[0]?.revenue ?? 1)).toBeLessThan(0.97);
});

it('gives a household its receipts with their lines, and finds it by its card', async () => {
  const [[household = '', mine = []] = []] = [...groupBy(receipts, 'household_id')].sort(
    ([, left], [, right]) => right.length - left.length,
  );
  const id = await server.api.findProfile('loyalty_card', household);
  const orders = await server.api.orders(id ?? '');
  const shown = orders.flatMap((order) => order.lines.map((line) => `${order.id} ${line.productId} ${line.quantity}`));
  expect(shown.sort()).toEqual(
    mine.map((row) => `${cell(row, 'basket_id')} ${cell(row, 'product_id')} ${Number(cell(row, 'quantity'))}`).sort(),
  );
  const { totals } = await server.api.profile(id ?? '');
  expect(totals.byCurrency).toEqual([
    { currency: 'USD', orders: orders.length, revenue: toAmount(mine.reduce((sum, row) => sum + paid(row), 0n)) },
  ]);
});

it('takes the catalogue of 92,331 products but for the one whose id is spoiled', async () => {
  const done = await server.api.importFile({
    as: 'products',
    name: 'products.csv.gz',
    content: file('products.csv.gz'),
    mapping: {
      product_id: 'product_id',
      product_type: 'title',
      product_category: 'category',
      brand: 'brand',
      package_size: 'size',
      department: 'property.department',
      manufacturer_id: 'property.manufacturer_id',
    },
  });
  const kept = products.filter((row) => !isSpoiled(cell(row, 'product_id')));
  expect(done).toMatchObject({ state: 'done', accepted: kept.length, rejected: 1, reasons: { [spoiled]: 1 } });
  expect((await server.api.stats()).products).toBe(kept.length);
});

it('adds what is known of households to the people who hold the cards, without a second person', async () => {
  const households = readRows(file('demographics.csv'));
  const known = new Set(receipts.map((row) => cell(row, 'household_id')));
  const strangers = households.filter((row) => !known.has(cell(row, 'household_id'))).length;
  const before = await server.api.stats();
  const done = await server.api.importFile({
    as: 'people',
    name: 'demographics.csv',
    content: file('demographics.csv'),
    mapping: { household_id: 'loyalty_card', age: 'trait.ageRange', income: 'trait.income' },
  });
  expect(done).toMatchObject({ state: 'done', accepted: households.length, rejected: 0 });
  expect((await server.api.stats()).profiles).toBe(before.profiles + strangers);
  const [first] = households;
  const id = await server.api.findProfile('loyalty_card', cell(first ?? {}, 'household_id'));
  const { traits } = await server.api.profile(id ?? '');
  expect(traits.ageRange?.value).toBe(cell(first ?? {}, 'age'));
});

it('changes nothing when lines and products are imported again', async () => {
  const before = { ...(await server.api.stats()), at: '' };
  const again = await server.api.importFile(lines());
  expect(again).toMatchObject({ state: 'done', accepted: receipts.length, duplicates: receipts.length, rejected: 1 });
  expect({ ...(await server.api.stats()), at: '' }).toEqual(before);
});
