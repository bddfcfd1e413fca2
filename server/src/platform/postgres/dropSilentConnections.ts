import { Client, type ClientConfig, DatabaseError, type Pool, type PoolClient } from 'pg';
import type { Log } from '../log.ts';

/** Nearly every query takes milliseconds: a connection in use for this long is worth a question. */
const suspiciousMs = 5_000;
/** How long a fresh connection may take to answer. */
const patienceMs = 10_000;
const lookEveryMs = 2_500;

/** True when the server answers, be it with an error. */
async function isAlive(connection: ClientConfig): Promise<boolean> {
  const client = new Client({ ...connection, connectionTimeoutMillis: patienceMs, query_timeout: patienceMs });
  client.on('error', () => undefined); // the awaited calls below say it as well
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch (error) {
    return error instanceof DatabaseError;
  } finally {
    // Not awaited: a silent server would not answer the farewell either.
    client.end().catch(() => undefined);
  }
}

/**
 * A server that is frozen, or behind a network that died, keeps its connections open and never answers: queries would
 * wait for ever (TCP gives up after a quarter of an hour). So while some connection has been in use for long, a fresh one
 * asks for a sign of life; when there is none, the waiting ones are broken off and their queries fail as they do when the
 * server is gone. A query that is merely slow is never touched. Returns how to stop looking.
 */
export function dropSilentConnections(pool: Pool, connection: ClientConfig, log: Log): () => void {
  const inUse = new Map<PoolClient, number>();
  pool.on('acquire', (client) => inUse.set(client, performance.now()));
  pool.on('release', (_error, client) => inUse.delete(client));
  pool.on('remove', (client) => inUse.delete(client));
  const waiting = (): PoolClient[] =>
    [...inUse].filter(([, since]) => performance.now() - since > suspiciousMs).map(([client]) => client);

  let asking = false;
  const look = async (): Promise<void> => {
    if (asking || waiting().length === 0) return;
    asking = true;
    const alive = await isAlive(connection);
    asking = false;
    if (alive) return;
    const silent = waiting();
    log.error({ connections: silent.length }, 'PostgreSQL does not answer; breaking off what waits for it');
    // With a query in flight, `end` closes the socket at once.
    for (const client of silent) client.end().catch(() => undefined);
  };
  const timer = setInterval(() => void look(), lookEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}
