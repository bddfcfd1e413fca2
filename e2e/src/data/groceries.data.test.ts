import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { startServer, type TestServer } from '../harness/startServer.ts';
import { cell, groupBy, type Row, readRows, readShared } from './sharedData.ts';

/*
 * Groceries (Hahsler, Hornik, Reutterer 2006): 9,835 baskets of one month, items only: no customer, price or date. Each
 * basket becomes one event of its own visitor, as a till without prices would send it, in a file of NDJSON.
 */
let server: TestServer;
let baskets = new Map<string, Row[]>();
beforeAll(async () => {
  baskets = groupBy(readRows(readShared('commerce', 'groceries', 'baskets.csv')), 'basket');
  server = await startServer();
});
afterAll(() => server?.dispose());

function toNdjson(): string {
  const calls = [...baskets].map(([basket, rows], index) => ({
    type: 'track',
    event: 'Basket Paid',
    messageId: `groceries-${basket}`,
    anonymousId: `till-${basket}`,
    timestamp: new Date(Date.UTC(2006, 0, 1) + index * 240_000).toISOString(),
    properties: { products: rows.map((row) => ({ name: cell(row, 'item') })) },
  }));
  return calls.map((call) => `${JSON.stringify(call)}\n`).join('');
}

function countItems(names: readonly string[]): [item: string, baskets: number][] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
}

it('comes out of the export of raw events as it went in, item by item', async () => {
  const request = { as: 'events', name: 'groceries.ndjson', content: toNdjson() } as const;
  const done = await server.api.importFile(request);
  expect(done).toMatchObject({ state: 'done', accepted: baskets.size, rejected: 0, duplicates: 0 });
  expect(await server.api.stats()).toMatchObject({ events: 9_835, profiles: 9_835, identified: 0, orders: 0 });

  const exported = await server.api.exported(
    'events',
    z.object({
      messageId: z.string(),
      properties: z.object({ products: z.array(z.object({ name: z.string() })) }),
    }),
  );
  const items = countItems(exported.flatMap(({ properties }) => properties.products.map(({ name }) => name)));
  expect(items).toEqual(countItems([...baskets.values()].flat().map((row) => cell(row, 'item'))));
  // As published with the data.
  expect(items.slice(0, 5)).toEqual([
    ['whole milk', 2_513],
    ['other vegetables', 1_903],
    ['rolls/buns', 1_809],
    ['soda', 1_715],
    ['yogurt', 1_372],
  ]);

  const again = await server.api.importFile({ ...request, name: 'again.ndjson' });
  expect(again).toMatchObject({ state: 'done', accepted: baskets.size, duplicates: baskets.size });
  expect(await server.api.stats()).toMatchObject({ events: 9_835, profiles: 9_835 });
});
