import { type ClientConfig, Pool } from 'pg';
import { Fault } from '../errors.ts';
import type { Log } from '../log.ts';
import { createPg } from './createPg.ts';
import { dropSilentConnections } from './dropSilentConnections.ts';
import { startEmbedded } from './embedded/startEmbedded.ts';
import { createChannelListener } from './listenChannels.ts';
import { toPgFault } from './pgFault.ts';
import { resultTypes } from './resultTypes.ts';
import type { PgStore } from './types.ts';

export interface PostgresOptions {
  /** `DATABASE_URL`; without it the embedded engine is started. */
  readonly url?: string | undefined;
  /** Where the embedded engine keeps its files. */
  readonly dataDir: string;
  /** Connections at most. Default 12. */
  readonly maxConnections?: number;
  readonly log: Log;
}

/** The oldest server the queries are checked on. */
const oldestVersion = 15;

function createPool(connection: ClientConfig, max: number, log: Log): Pool {
  const pool = new Pool({
    ...connection,
    types: resultTypes,
    application_name: 'vitrail',
    max,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
  });
  // Without these listeners a lost connection would end the process; the next query meets the loss and says so.
  pool.on('error', (error) => log.debug({ err: error }, 'an idle PostgreSQL connection was lost'));
  pool.on('connect', (client) => {
    client.on('error', (error) => log.debug({ err: error }, 'a PostgreSQL connection was lost'));
  });
  return pool;
}

async function readVersion(pool: Pool): Promise<string> {
  try {
    const answer = await pool.query<{ server_version: string }>('show server_version');
    const version = answer.rows[0]?.server_version.split(' ')[0] ?? '';
    if (Number.parseInt(version, 10) >= oldestVersion) return version;
    throw new Fault(
      'invalid',
      'platform.database_too_old',
      `DATABASE_URL leads to PostgreSQL ${version}; Vitrail needs PostgreSQL ${oldestVersion} or newer.`,
    );
  } catch (error) {
    throw toPgFault(error);
  }
}

/** Opens the state store: the server of `DATABASE_URL`, or an embedded one in the data directory. Does not migrate. */
export async function openPostgres(options: PostgresOptions): Promise<PgStore> {
  const { url, log } = options;
  const engine = url === undefined ? await startEmbedded({ dataDir: options.dataDir, log }) : null;
  const connection: ClientConfig = engine?.connection ?? { connectionString: url };
  const pool = createPool(connection, options.maxConnections ?? 12, log);
  const stopLooking = dropSilentConnections(pool, connection, log);
  try {
    const version = await readVersion(pool);
    const where = url === undefined ? '' : ` at ${decodeURIComponent(new URL(url).host)}`;
    return createStore({
      pool,
      connection,
      log,
      description: engine === null ? `PostgreSQL ${version}${where}` : `embedded PostgreSQL ${version}`,
      stopEngine: async () => {
        stopLooking();
        await engine?.stop();
      },
    });
  } catch (error) {
    stopLooking();
    await pool.end();
    await engine?.stop();
    throw error;
  }
}

function createStore(parts: {
  pool: Pool;
  connection: ClientConfig;
  description: string;
  log: Log;
  stopEngine: () => Promise<void>;
}): PgStore {
  const { pool } = parts;
  const channels = createChannelListener(parts.connection, parts.log);
  return {
    ...createPg(pool),
    pool,
    description: parts.description,
    async listen(channel, handler) {
      try {
        return await channels.listen(channel, handler);
      } catch (error) {
        throw toPgFault(error);
      }
    },
    async size() {
      try {
        const answer = await pool.query<{ bytes: number }>('select pg_database_size(current_database()) as bytes');
        return answer.rows[0]?.bytes ?? 0;
      } catch (error) {
        throw toPgFault(error);
      }
    },
    async close() {
      await channels.close();
      await pool.end();
      await parts.stopEngine();
    },
  };
}
