import { rm } from 'node:fs/promises';
import { type SegmentNode, segmentDefinitionSchema } from '@vitrail/contracts';
import { compileTogether } from 'vitrail/dist/decide/segments/catalog.js';
import { assembleDifference } from 'vitrail/dist/decide/segments/compile/assemble.js';
import { compileSegment } from 'vitrail/dist/decide/segments/compile/compileSegment.js';
import { atMoment, Features } from 'vitrail/dist/decide/segments/compile/features.js';
import { Parameters } from 'vitrail/dist/decide/segments/compile/parameters.js';
import { sweepSettings } from 'vitrail/dist/decide/segments/sweep.js';
import {
  type Ch,
  chQuery,
  createLog,
  migrateClickhouse,
  openChdb,
  openDataDir,
  systemClock,
} from 'vitrail/dist/platform/index.js';
import { percentile } from './percentile.ts';
import { hundredDefinitions } from './segmentDefinitions.ts';
import { makeDataDir } from './server.ts';

const zone = 'Europe/Paris';
const segments: readonly { id: number; definition: SegmentNode }[] = hundredDefinitions().map((definition, index) => ({
  id: index + 1,
  definition: segmentDefinitionSchema.parse(definition),
}));
const references = { segments: new Map() };

/** Seconds of one look at everyone for a hundred segments, compared with the stored memberships; best of three. */
export async function benchSweep(dataDir: string): Promise<number> {
  const folder = await openDataDir({ path: dataDir, address: 'http://127.0.0.1:1', clock: systemClock });
  try {
    const ch = await openChdb({ dataDir: folder.analyticsDir, log: createLog('warn') });
    try {
      const times: number[] = [];
      for (let run = 0; run < 3; run++) {
        const began = performance.now();
        const features = new Features(new Parameters());
        const evaluated = segments.map(({ id, definition }) => ({
          id,
          compiled: compileSegment(definition, { features, zone, references, self: String(id) }),
        }));
        const { query, values } = assembleDifference(evaluated, features);
        const now = new Date();
        await ch.rows(
          { ...query, text: atMoment(query.text, now) },
          { ...values, workspace: 1, horizon: now.getTime() },
          { lane: 'heavy', settings: sweepSettings },
        );
        times.push((performance.now() - began) / 1_000);
      }
      return Math.min(...times);
    } finally {
      await ch.close();
    }
  } finally {
    folder.release();
  }
}

/** People of a touch: what a batch of some hundreds of events brings. */
const touched = 200;
const eventsEach = 15;

const statements = {
  customers: chQuery({
    name: 'bench.insertCustomers',
    params: { from: 'UInt64', rows: 'UInt64' },
    row: {},
    text: `
      insert into customers (workspace_id, profile_id, members, traits, consents, namespaces, first_seen, removed, version)
      select 1, number + 1, [number + 1],
        map('address.city', ['Paris', 'Lyon', 'Nice', 'Lille'][1 + number % 4], 'firstName', concat('N', toString(number % 40)),
          'email', concat('n', toString(number), '@example.org')),
        map('email', number % 3 = 0), ['email', 'user_id'], now64(3) - toIntervalDay(number % 700), false, 1
      from numbers({from:UInt64}, {rows:UInt64})`,
  }),
  orders: chQuery({
    name: 'bench.insertCustomerOrders',
    params: { from: 'UInt64', rows: 'UInt64' },
    row: {},
    text: `
      insert into customer_orders (workspace_id, profile_id, order_id, ordered_at, source_id, status, currency, total,
        base_total, version)
      select 1, number + 1, concat('o', toString(number)), now64(3) - toIntervalHour(cityHash64(number) % 17520), 1,
        'completed', 'EUR', toDecimal64(10 + number % 90, 4), toDecimal64(10 + number % 90, 4), 1
      from numbers({from:UInt64}, {rows:UInt64})`,
  }),
  events: chQuery({
    name: 'bench.insertTouchedEvents',
    params: { from: 'UInt64', rows: 'UInt64', each: 'UInt64' },
    row: {},
    text: `
      insert into events (workspace_id, profile_id, timestamp, message_id, type, event, source_id, received_at, properties,
        traits, context, extra)
      select 1, intDiv(number, {each:UInt64}) + 1 as profile,
        now64(3) - toIntervalSecond(cityHash64(number, 1) % 31536000) as at, toString(number),
        if(number % 2 = 0, 'page', 'track'), ['Product', 'Product Viewed', 'Product Added', 'Cart Viewed'][1 + cityHash64(number) % 4],
        1, at, '{"product_id":"P-1","price":79.9,"category":"Femme/Pulls"}', '{}', '{}', '{}'
      from numbers({from:UInt64}, {rows:UInt64})`,
  }),
  settleCustomers: chQuery({
    name: 'bench.settleCustomers',
    params: {},
    row: {},
    text: 'optimize table customers final',
  }),
  settleOrders: chQuery({
    name: 'bench.settleOrders',
    params: {},
    row: {},
    text: 'optimize table customer_orders final',
  }),
  settleTouched: chQuery({ name: 'bench.settleTouched', params: {}, row: {}, text: 'optimize table events final' }),
};

async function fill(ch: Ch, profiles: number): Promise<void> {
  const step = 1_000_000;
  const inSteps = async (rows: number, insert: (from: number, count: number) => Promise<void>): Promise<void> => {
    for (let from = 0; from < rows; from += step) await insert(from, Math.min(step, rows - from));
  };
  await inSteps(profiles, (from, rows) => ch.run(statements.customers, { from, rows }));
  await inSteps(profiles, (from, rows) => ch.run(statements.orders, { from, rows }));
  await inSteps(profiles * eventsEach, (from, rows) => ch.run(statements.events, { from, rows, each: eventsEach }));
  // As the engine leaves them by itself after a while: one part of each.
  await ch.run(statements.settleCustomers, {});
  await ch.run(statements.settleOrders, {});
  await ch.run(statements.settleTouched, {});
}

/** Milliseconds to ask a hundred segments of 200 people, in a shop of so many profiles; median. */
export async function benchTouch(profiles: number): Promise<number> {
  const dataDir = await makeDataDir();
  const log = createLog('warn');
  try {
    const ch = await openChdb({ dataDir, log });
    try {
      await migrateClickhouse(ch, log);
      await fill(ch, profiles);
      const { query, values } = compileTogether({ zone, references }, segments, 'people');
      const times: number[] = [];
      for (let run = -10; run < 60; run++) {
        const stride = Math.floor(profiles / touched);
        // Spread over the whole table, others each time.
        const people = Array.from({ length: touched }, (_, index) => 1 + index * stride + (((run + 10) * 37) % stride));
        const began = performance.now();
        const rows = await ch.rows(
          { ...query, text: atMoment(query.text, new Date()) },
          { ...values, workspace: 1, people, members: people, roots: people },
        );
        if (rows.length !== touched) throw new Error(`${rows.length} answers instead of ${touched}`);
        if (run >= 0) times.push(performance.now() - began);
      }
      return percentile(times, 0.5);
    } finally {
      await ch.close();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
