import { join } from 'node:path';
import { appetencePlaces } from '@vitrail/contracts';
import { writeAppetences, writeHabits } from 'vitrail/dist/decide/habits/sql/habits.ch.js';
import { compileFifths, compileSnapshot } from 'vitrail/dist/decide/rfm/compileRfm.js';
import { edgesOfFifths } from 'vitrail/dist/decide/rfm/edges.js';
import { type Ch, chQuery, createLog, migrateClickhouse, openChdb } from 'vitrail/dist/platform/index.js';
import { type Figure, figure } from '../results.ts';

export interface HistorySize {
  readonly people: number;
  readonly events: number;
}

const rowsPerInsert = 1_000_000;
const now = Date.UTC(2026, 10, 1);
const at = (draw: string): string =>
  `toDateTime64('2026-11-01 00:00:00', 3, 'UTC') - toIntervalMillisecond(cityHash64(number, '${draw}') % 31536000000)`;
/** A tenth of the people do a third of it. */
const person = `1 + toUInt64(floor(pow(cityHash64(number) / 18446744073709551615, 2) * {people:UInt64}))`;
const category = `concat('Kind ', toString(cityHash64(number, 'kind') % 60))`;
const brand = `concat('Brand ', toString(cityHash64(number, 'brand') % 40))`;

const insertEvents = chQuery({
  name: 'bench.insertForeseenEvents',
  params: { from: 'UInt64', rows: 'UInt64', people: 'UInt64' },
  row: {},
  text: `
    insert into events (workspace_id, profile_id, timestamp, message_id, type, event, source_id, received_at, product_id,
      properties, traits, context, extra)
    select 1, ${person}, ${at('when')} as at, concat('history-', toString(number)), if(number % 2 = 0, 'page', 'track'),
      ['Product', 'Product Viewed', 'Product List Viewed', 'Product Added', 'Email Link Clicked', 'Product Viewed'][1 + number % 6],
      1, at, concat('P-', toString(number % 20000)),
      concat('{"price":79.9,"currency":"EUR","category":"', ${category}, '","brand":"', ${brand}, '"}'), '{}', '{"locale":"fr-FR","timezone":"Europe/Paris"}', '{}'
    from numbers({from:UInt64}, {rows:UInt64})`,
});
const insertOrders = chQuery({
  name: 'bench.insertForeseenOrders',
  params: { people: 'UInt64' },
  row: {},
  text: `
    insert into customer_orders (workspace_id, profile_id, order_id, ordered_at, status, currency, total, base_total, coupon, version)
    select 1, ${person}, concat('O', toString(number)), ${at('order')}, 'completed', 'EUR', 10 + number % 200, 10 + number % 200,
      if(number % 4 = 0, 'AUTUMN', ''), 1
    from numbers(toUInt64({people:UInt64} * 3))`,
});
const insertLines = chQuery({
  name: 'bench.insertForeseenLines',
  params: { people: 'UInt64' },
  row: {},
  text: `
    insert into customer_order_lines (workspace_id, profile_id, order_id, line, ordered_at, product_id, category, brand,
      quantity, price, base_price, removed, version)
    select 1, ${person}, concat('O', toString(number)), 0, ${at('order')}, concat('P-', toString(number % 20000)), ${category}, ${brand},
      1, 40, 40, false, 1
    from numbers(toUInt64({people:UInt64} * 3))`,
});
const insertCustomers = chQuery({
  name: 'bench.insertForeseenCustomers',
  params: { people: 'UInt64' },
  row: {},
  text: `insert into customers (workspace_id, profile_id, traits, removed, version)
    select 1, number + 1, map('timezone', if(number % 10 = 0, 'America/Montreal', '')), false, 1 from numbers({people:UInt64})`,
});

async function fill(ch: Ch, { people, events }: HistorySize): Promise<void> {
  for (let from = 0; from < events; from += rowsPerInsert)
    await ch.run(insertEvents, { from, rows: Math.min(rowsPerInsert, events - from), people }, { lane: 'heavy' });
  for (const each of [insertOrders, insertLines, insertCustomers]) await ch.run(each, { people }, { lane: 'heavy' });
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1_000;
}

/** Thresholds and everyone's persona; what everyone is drawn to; when and where they answer: as the night computes them. */
export async function benchHistory(folder: string, load: number, size: HistorySize): Promise<Figure[]> {
  const log = createLog('silent');
  const ch = await openChdb({ dataDir: join(folder, 'history'), log });
  try {
    await migrateClickhouse(ch, log);
    await fill(ch, size);
    const run = { workspace: 1, run: now, now };
    const rfm = await seconds(() => computeRfm(ch));
    const zones = { zone: 'Europe/Paris', zones: ['America/Montreal'], offsets: [-6] };
    const habits = await seconds(() => ch.run(writeHabits, { ...run, ...zones }, { lane: 'heavy' }));
    const drawn = await seconds(() => ch.run(writeAppetences, { ...run, places: appetencePlaces }, { lane: 'heavy' }));
    const of = `${size.people.toLocaleString('en')} people, ${(size.events / 1e6).toLocaleString('en')} M events`;
    return [
      figure(load, `eRFM: thresholds and personas, ${of}`, rfm, 's', 'less', 2),
      figure(load, `Best hour, channel and discounts, ${of}`, habits, 's', 'less', 5),
      figure(load, `Appetence by category and brand, ${of}`, drawn, 's', 'less', 5),
      figure(load, `The three: peak memory`, process.resourceUsage().maxRSS / 1_048_576, 'GB', 'less', 2.5),
    ];
  } finally {
    await ch.close();
  }
}

async function computeRfm(ch: Ch): Promise<void> {
  const fifths = compileFifths('');
  const [row] = await ch.rows(fifths.query, { ...fifths.values, workspace: 1, now }, { lane: 'heavy' });
  if (row === undefined || row.buyers === 0) throw new Error('nobody bought anything');
  const edges = edgesOfFifths({
    recencyMs: row.recency,
    orders: row.orders_at,
    revenue: row.revenue_at,
    engagement: row.engagement_at,
  });
  const { query, values } = compileSnapshot(edges);
  await ch.run(query, { ...values, workspace: 1, now, day: '2026-11-01', version: now });
}
