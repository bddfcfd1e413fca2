import {
  type Ch,
  type Clock,
  type Config,
  createPgBossJobs,
  type DataDir,
  type Deps,
  installJobs,
  type Log,
  migrateClickhouse,
  migratePostgres,
  openChdb,
  openClickHouse,
  openDataDir,
  openPostgres,
  type PgStore,
} from '../platform/index.ts';

export interface Stores {
  readonly deps: Deps;
  readonly dataDir: DataDir;
  close(): Promise<void>;
}

/** Opens the data directory and both engines and brings their schemas up to date. On failure nothing stays open. */
export async function openStores(config: Config, clock: Clock, log: Log): Promise<Stores> {
  const dataDir = await openDataDir({ path: config.dataDir, address: `http://${config.host}:${config.port}`, clock });
  let pg: PgStore | null = null;
  let ch: Ch | null = null;
  const close = async (): Promise<void> => {
    await ch?.close();
    await pg?.close();
    dataDir.release();
  };
  try {
    // The two engines do not wait for each other: both take most of a second.
    const [postgres, clickhouse] = await Promise.allSettled([
      openPostgres({ url: config.databaseUrl, dataDir: dataDir.path, log, maxConnections: config.databaseConnections }),
      config.clickhouseUrl === undefined
        ? openChdb({ dataDir: dataDir.analyticsDir, log })
        : openClickHouse({ url: config.clickhouseUrl, cluster: config.clickhouseCluster, log }),
    ]);
    if (postgres.status === 'fulfilled') pg = postgres.value;
    if (clickhouse.status === 'fulfilled') ch = clickhouse.value;
    if (postgres.status === 'rejected') throw postgres.reason;
    if (clickhouse.status === 'rejected') throw clickhouse.reason;
    await migratePostgres(postgres.value.pool, log);
    await installJobs(postgres.value.pool);
    await migrateClickhouse(clickhouse.value, log);
    const alone = config.databaseUrl === undefined;
    const jobs = createPgBossJobs({ pg: postgres.value, log, clock, alone });
    const deps: Deps = { pg: postgres.value, ch: clickhouse.value, jobs, clock, log, filesDir: dataDir.filesDir };
    return { deps, dataDir, close };
  } catch (error) {
    await close();
    throw error;
  }
}
