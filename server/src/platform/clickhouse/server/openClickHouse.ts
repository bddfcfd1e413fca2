import type { Log } from '../../log.ts';
import { ChStore } from '../store.ts';
import type { Ch } from '../types.ts';
import { ServerEngine } from './serverEngine.ts';

export interface ClickHouseOptions {
  /** `https://user:password@host:8443/database`, never logged. The database must exist. */
  url: string;
  /** Name of the cluster in the servers' configuration; tables are then replicated and distributed. */
  cluster?: string | undefined;
  log: Log;
}

/** A ClickHouse server or cluster over HTTP. Fails when it cannot be reached. Tables are made by `migrateClickhouse`. */
export async function openClickHouse({ url, cluster, log }: ClickHouseOptions): Promise<Ch> {
  const engine = await ServerEngine.open(url, cluster);
  log.info({ engine: engine.description, cluster }, 'analytics store opened');
  return new ChStore(engine);
}
