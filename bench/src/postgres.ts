import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, type ClientConfig } from 'pg';

/** How to reach the embedded PostgreSQL of a running server: its lock file names socket and port. */
export function findPostgres(dataDir: string): ClientConfig {
  const [, , , port, host] = readFileSync(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8').split('\n');
  if (port === undefined || host === undefined) throw new Error('the lock file of PostgreSQL is not as expected');
  return { host, port: Number(port), user: 'vitrail', database: 'vitrail' };
}

async function withPostgres<T>(dataDir: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(findPostgres(dataDir));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The lowest and the highest profile id of a running server. */
export const readProfileIds = (dataDir: string): Promise<{ first: number; last: number }> =>
  withPostgres(dataDir, async (client) => {
    const { rows } = await client.query<{ first: number; last: number }>(
      'select min(id)::int as first, max(id)::int as last from unify.profile',
    );
    return rows[0] ?? { first: 0, last: 0 };
  });

const insertOrders = `
  insert into unify."order" (workspace_id, order_id, profile_id, source_id, status, ordered_at, content_at, currency, total, base_total, version)
  select 1, 'S' || n, $1::int + abs(hashint8(n)) % ($2::int - $1::int + 1), 1, 'completed', at, at, 'EUR', 80, 80, 1
  from generate_series(0, $3::int - 1) as n, lateral (select now() - random() ^ 2 * interval '180 days' + n * interval '0' as at) as moment`;
const insertLines = `
  insert into unify.order_line (workspace_id, order_id, line, product_id, quantity, price)
  select 1, 'S' || n, line, 'P-' || ($1::int + ($2::int * random() ^ 2)::int), 1, 40
  from generate_series(0, $3::int - 1) as n, generate_series(0, 1) as line`;

/** So many orders of two products for a running server, of any of its people within half a year. */
export const fillOrders = (
  dataDir: string,
  people: { readonly first: number; readonly last: number },
  products: { readonly first: number; readonly count: number },
  orders: number,
): Promise<void> =>
  withPostgres(dataDir, async (client) => {
    await client.query(insertOrders, [people.first, people.last, orders]);
    await client.query(insertLines, [products.first, products.count, orders]);
    await client.query('analyze unify."order", unify.order_line');
  });
