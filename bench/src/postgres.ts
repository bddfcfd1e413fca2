import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, type ClientConfig } from 'pg';

/** How to reach the embedded PostgreSQL of a running server: its lock file names socket and port. */
export function findPostgres(dataDir: string): ClientConfig {
  const [, , , port, host] = readFileSync(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8').split('\n');
  if (port === undefined || host === undefined) throw new Error('the lock file of PostgreSQL is not as expected');
  return { host, port: Number(port), user: 'vitrail', database: 'vitrail' };
}

/** The lowest and the highest profile id of a running server. */
export async function readProfileIds(dataDir: string): Promise<{ first: number; last: number }> {
  const client = new Client(findPostgres(dataDir));
  await client.connect();
  try {
    const { rows } = await client.query<{ first: number; last: number }>(
      'select min(id)::int as first, max(id)::int as last from unify.profile',
    );
    return rows[0] ?? { first: 0, last: 0 };
  } finally {
    await client.end();
  }
}
