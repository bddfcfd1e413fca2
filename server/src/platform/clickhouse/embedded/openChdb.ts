import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Log } from '../../log.ts';
import { ChStore } from '../store.ts';
import type { Ch, ChLane } from '../types.ts';
import { chdbConfig } from './chdbConfig.ts';
import { ChdbEngine } from './chdbEngine.ts';
import { forgetLostInserts } from './forgetLostInserts.ts';

/** Each running query holds one thread of libuv's pool, so the process needs `UV_THREADPOOL_SIZE` above their sum. */
/** A batch of events goes into four or five tables at once. */
const defaultConnections: Readonly<Record<ChLane, number>> = { write: 5, interactive: 4, heavy: 2 };

export interface ChdbOptions {
  /** Holds the tables. One process at a time may open it, and one process opens one at a time. */
  dataDir: string;
  log: Log;
  /** False gives up fsync: for tests, whose data nobody misses after a power cut. Default true. */
  durable?: boolean;
  connections?: Readonly<Record<ChLane, number>>;
}

/** ClickHouse inside this process, on its own threads. Tables are made by `migrateClickhouse`. */
export async function openChdb(options: ChdbOptions): Promise<Ch> {
  const { dataDir, log, durable = true, connections = defaultConnections } = options;
  const folder = resolve(dataDir);
  const [tables, streams, configFile] = [join(folder, 'tables'), join(folder, 'streams'), join(folder, 'chdb.xml')];
  await mkdir(tables, { recursive: true, mode: 0o700 });
  await mkdir(streams, { recursive: true, mode: 0o700 });
  await writeFile(configFile, chdbConfig(durable), { mode: 0o600 });
  const forgotten = await forgetLostInserts(tables);
  if (forgotten > 0) log.warn({ inserts: forgotten }, 'inserts that a crash cut off will be accepted again');
  const engine = await ChdbEngine.open({ tables, streams, configFile, connections });
  log.info({ engine: engine.description }, 'analytics store opened');
  return new ChStore(engine);
}
