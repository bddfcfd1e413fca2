import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';
import type { Log } from '../../log.ts';
import { installBinaries } from './binaries.ts';
import { chooseHome } from './chooseHome.ts';
import { type Cluster, prepareCluster, superuser } from './cluster.ts';
import { type EngineProcess, startEngineProcess } from './engineProcess.ts';
import { stopSurvivor } from './survivor.ts';

/** The embedded PostgreSQL, kept running until `stop`. */
export interface EmbeddedPostgres {
  readonly connection: ClientConfig;
  /** Database folder, for `doctor`. */
  readonly data: string;
  stop(): Promise<void>;
}

const database = 'vitrail';

async function createDatabase(connection: ClientConfig): Promise<void> {
  const client = new Client({ ...connection, database: 'postgres' });
  await client.connect();
  try {
    const found = await client.query('select from pg_database where datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`create database ${database}`);
  } finally {
    await client.end();
  }
}

/** After a crash the last sessions may hold its shared memory for a moment more, and it refuses to start beside them. */
async function startPatiently(cluster: Cluster, log: Log): Promise<EngineProcess> {
  for (let attempt = 1; ; attempt++) {
    await stopSurvivor(cluster.data, log);
    try {
      return await startEngineProcess(cluster, log);
    } catch (error) {
      if (attempt === 4) throw error;
      await sleep(attempt * 250);
    }
  }
}

/** Starts the engine again whenever it ends without being asked, waiting longer after each failure. */
function keepRunning(cluster: Cluster, first: EngineProcess, log: Log): () => Promise<void> {
  let stopping = false;
  let engine = first;
  const abort = new AbortController();

  async function restart(): Promise<boolean> {
    for (let delay = 100; !stopping; delay = Math.min(delay * 2, 15_000)) {
      await sleep(delay, undefined, { signal: abort.signal }).catch(() => undefined);
      if (stopping) return false;
      try {
        engine = await startPatiently(cluster, log);
        log.info({ pid: engine.pid }, 'the embedded PostgreSQL runs again');
        return true;
      } catch (error) {
        log.error({ err: error }, 'the embedded PostgreSQL cannot be started; trying again');
      }
    }
    return false;
  }

  async function watch(): Promise<void> {
    for (let running = true; running; ) {
      await engine.ended;
      if (stopping) return;
      log.error({}, 'the embedded PostgreSQL ended unexpectedly; starting it again');
      running = await restart();
    }
  }
  const watching = watch();

  return async () => {
    stopping = true;
    abort.abort();
    await engine.stop();
    await watching;
    await engine.stop();
  };
}

export interface EmbeddedOptions {
  readonly dataDir: string;
  readonly log: Log;
  /** False gives up fsync: for tests, whose data nobody misses after a power cut. Default true. */
  readonly durable?: boolean;
  /** Where root keeps a database whose data directory other users cannot reach. Default `/var/lib/vitrail`. */
  readonly publicParent?: string;
}

/**
 * Starts PostgreSQL in `dataDir`, creating the database on the first start and stopping what a killed Vitrail left.
 * The caller holds the lock of the data directory. Throws a `Fault` whose message says what to do.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { log } = options;
  mkdirSync(options.dataDir, { recursive: true });
  const home = chooseHome(realpathSync(resolve(options.dataDir)), options.publicParent ?? '/var/lib/vitrail');
  if (home.notice !== null) log.info({}, home.notice);
  mkdirSync(home.folder, { recursive: true, mode: 0o755 });
  const binaries = installBinaries(home.folder);
  const cluster = prepareCluster(home.folder, binaries, { account: home.account, durable: options.durable ?? true });
  const engine = await startPatiently(cluster, log);
  const stopEngine = keepRunning(cluster, engine, log);
  const stop = async (): Promise<void> => {
    await stopEngine();
    // One that had to be in the temporary folder would stay there for ever.
    rmSync(cluster.socketFolder, { recursive: true, force: true });
  };
  const connection = { host: cluster.socketFolder, port: 5432, user: superuser, database };
  try {
    await createDatabase(connection);
  } catch (error) {
    await stop();
    throw error;
  }
  return { connection, data: cluster.data, stop };
}
