import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import {
  type Ch,
  type Clock,
  createLog,
  createPgBossJobs,
  type Deps,
  openPostgres,
  type PgStore,
} from '../src/platform/index.ts';
import { openTestClickhouse } from './clickhouse.ts';
import { withDatabase } from './withDatabase.ts';

/** A clock that stands still until a test moves it. */
export interface TestClock extends Clock {
  set(instant: string): void;
  advance(milliseconds: number): void;
}

export interface TestDeps extends Deps {
  readonly clock: TestClock;
}

export const silentLog = createLog('silent');

function createTestClock(): TestClock {
  let now = new Date();
  return {
    now: () => new Date(now),
    set: (instant) => {
      now = new Date(instant);
    },
    advance: (milliseconds) => {
      now = new Date(now.getTime() + milliseconds);
    },
  };
}

async function runOnServer(sql: string): Promise<void> {
  const client = new Client({ connectionString: withDatabase(inject('postgres').server, 'postgres') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** A migrated PostgreSQL database of its own, cloned from the run's template. */
export async function openTestPostgres(): Promise<{ pg: PgStore; url: string; close(): Promise<void> }> {
  const { server, template } = inject('postgres');
  const name = `${template}_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
  await runOnServer(`create database ${name} template ${template}`);
  const url = withDatabase(server, name);
  const pg = await openPostgres({ url, dataDir: '', log: silentLog, maxConnections: 6 });
  return {
    pg,
    url,
    async close() {
      await pg.close();
      await runOnServer(`drop database ${name} with (force)`);
    },
  };
}

/** Opens ClickHouse at its first use, so that a test of PostgreSQL alone does not wait for it. */
function createLazyClickhouse(): { ch: Ch; close(): Promise<void> } {
  let opened: Promise<Ch> | null = null;
  const open = (): Promise<Ch> => {
    opened ??= openTestClickhouse();
    return opened;
  };
  const ch: Ch = {
    rows: async (query, params, options) => (await open()).rows(query, params, options),
    async *stream(query, params, options) {
      yield* (await open()).stream(query, params, options);
    },
    insert: async (table, rows, options) => (await open()).insert(table, rows, options),
    run: async (statement, params, options) => (await open()).run(statement, params, options),
    description: 'ClickHouse of the tests',
    size: async () => (await open()).size(),
    close: async () => (await opened)?.close(),
  };
  return { ch, close: () => ch.close() };
}

/** Real stores for one test file: its own PostgreSQL database, its own chDB folder, no shared state. */
export async function openTestStores(): Promise<{ deps: TestDeps; close(): Promise<void> }> {
  const filesDir = mkdtempSync(join(tmpdir(), 'vitrail-files-'));
  const postgres = await openTestPostgres();
  const clickhouse = createLazyClickhouse();
  const clock = createTestClock();
  const deps: TestDeps = {
    pg: postgres.pg,
    ch: clickhouse.ch,
    jobs: createPgBossJobs({ pg: postgres.pg, log: silentLog, clock, alone: true }),
    clock,
    log: silentLog,
    filesDir,
  };
  return {
    deps,
    async close() {
      await deps.jobs.stop(5);
      await clickhouse.close();
      await postgres.close();
      rmSync(filesDir, { recursive: true, force: true });
    },
  };
}

/** `openTestStores` for all tests of a file; use the returned object inside tests and hooks only. */
export function useStores(): TestDeps {
  let stores: Awaited<ReturnType<typeof openTestStores>> | undefined;
  beforeAll(async () => {
    stores = await openTestStores();
  });
  afterAll(async () => {
    await stores?.close();
  });
  const deps = (): TestDeps => {
    if (stores === undefined) throw new Error('stores are open inside tests and hooks only');
    return stores.deps;
  };
  return {
    get pg() {
      return deps().pg;
    },
    get ch() {
      return deps().ch;
    },
    get jobs() {
      return deps().jobs;
    },
    get clock() {
      return deps().clock;
    },
    get log() {
      return deps().log;
    },
    get filesDir() {
      return deps().filesDir;
    },
  };
}
