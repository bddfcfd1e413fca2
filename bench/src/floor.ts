import { chQuery } from 'vitrail/dist/platform/index.js';
import { openBareEngines } from './engines.ts';
import { writeCalls } from './mix.ts';
import { personAt } from './people.ts';

/** As many rows to a statement as Vitrail resolves at once. */
const rowsPerStatement = 4_000;

const makeFloorEvents = chQuery({
  name: 'bench.makeFloorEvents',
  params: {},
  row: {},
  text: `create table floor_events (type LowCardinality(String), event LowCardinality(String), name String, messageId String,
      timestamp String, anonymousId String, userId Nullable(String), properties String, traits String, context String,
      integrations String, _metadata String)
    engine = MergeTree order by (anonymousId, timestamp)`,
});
const makeFloorOrders = chQuery({
  name: 'bench.makeFloorOrders',
  params: {},
  row: {},
  text: `create table floor_orders (id String, customer String, total Float64) engine = MergeTree order by id`,
});

/**
 * The same events written by plain INSERT into a bare PostgreSQL and by plain JSONEachRow inserts into a bare chDB, both at
 * once: nothing is checked, recognised or joined.
 */
export async function measureEventFloor(events: number, visitors: number): Promise<number> {
  const calls = writeCalls({ visitors, run: 'floor' });
  const groups: string[][] = [];
  for (let made = 0; made < events; made += rowsPerStatement)
    groups.push(Array.from({ length: rowsPerStatement }, () => JSON.stringify(calls.next().value)));
  const { pg, ch, close } = await openBareEngines();
  try {
    await pg.pool.query('create table floor_event (id bigint generated always as identity primary key, payload text)');
    await ch.run(makeFloorEvents, {});
    const began = performance.now();
    await Promise.all([
      (async () => {
        for (const rows of groups)
          await pg.pool.query('insert into floor_event (payload) select unnest($1::text[])', [rows]);
      })(),
      (async () => {
        for (const [index, rows] of groups.entries())
          await ch.insert('floor_events', Buffer.from(rows.join('\n')), {
            token: `floor-${index}`,
          });
      })(),
    ]);
    return (groups.length * rowsPerStatement) / ((performance.now() - began) / 1_000);
  } finally {
    await close();
  }
}

/** The same order rows written by plain INSERT into both bare engines, as long as one after the other takes. */
export async function measureOrderFloor(rows: number): Promise<number> {
  const { pg, ch, close } = await openBareEngines();
  try {
    await pg.pool.query(
      'create table floor_order (id text primary key, customer text, email text, total numeric, at timestamptz)',
    );
    await ch.run(makeFloorOrders, {});
    const began = performance.now();
    for (let first = 0; first < rows; first += rowsPerStatement) {
      const orders = Array.from({ length: Math.min(rowsPerStatement, rows - first) }, (_, index) => {
        const { customerId, email } = personAt((first + index) % 100_000);
        return { id: `B${first + index}`, customer: customerId, email, total: 10 + (index % 24_000) / 100 };
      });
      await Promise.all([
        pg.pool.query(
          'insert into floor_order select id, customer, email, total, now() from unnest($1::text[], $2::text[], $3::text[], $4::numeric[]) as o (id, customer, email, total)',
          [
            orders.map(({ id }) => id),
            orders.map(({ customer }) => customer),
            orders.map(({ email }) => email),
            orders.map(({ total }) => total),
          ],
        ),
        ch.insert(
          'floor_orders',
          Buffer.from(orders.map(({ id, customer, total }) => JSON.stringify({ id, customer, total })).join('\n')),
          { token: `floor-${first}` },
        ),
      ]);
    }
    return rows / ((performance.now() - began) / 1_000);
  } finally {
    await close();
  }
}
