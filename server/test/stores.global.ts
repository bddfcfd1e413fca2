import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Pool } from 'pg';
import type { TestProject } from 'vitest/node';
import { createLog, migratePostgres } from '../src/platform/index.ts';
import { installJobs } from '../src/platform/jobs/createPgBossJobs.ts';
import { startEmbedded } from '../src/platform/postgres/embedded/startEmbedded.ts';
import { withDatabase } from './withDatabase.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the PostgreSQL of this run, whatever database it names, and the migrated database to clone. */
    postgres: { readonly server: string; readonly template: string };
    /** A folder of this run for what tests keep; it goes when the run is over. */
    readonly scratch: string;
    /** Seeds of the random segments (vitest.config.ts). */
    segmentSeeds: readonly number[];
  }
}

const log = createLog(process.env.VITRAIL_LOG_LEVEL ?? 'warn');

/** The server of DATABASE_URL, or an embedded one: `postgres://user@%2Fsocket%2Ffolder`. */
async function openServer(): Promise<{ server: string; stop(): Promise<void> }> {
  const outside = process.env.DATABASE_URL;
  if (outside !== undefined && outside !== '') {
    return { server: outside, stop: async () => undefined };
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'vitrail-test-'));
  // When root runs the tests, PostgreSQL runs as another user, who must be able to pass.
  chmodSync(dataDir, 0o711);
  const engine = await startEmbedded({ dataDir, log, durable: false });
  const { host = '', user = '' } = engine.connection;
  return {
    server: `postgres://${user}@${encodeURIComponent(host)}`,
    async stop() {
      await engine.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function command(connectionString: string, sql: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function createTemplate(server: string, template: string): Promise<void> {
  await command(withDatabase(server, 'postgres'), `create database ${template}`);
  const pool = new Pool({ connectionString: withDatabase(server, template) });
  try {
    await migratePostgres(pool, log);
    await installJobs(pool);
  } finally {
    await pool.end();
  }
}

/** One PostgreSQL for the whole run, with a migrated database that every test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { server, stop } = await openServer();
  const template = `vitrail_test_${process.pid}_${Date.now().toString(36)}`;
  try {
    await createTemplate(server, template);
  } catch (error) {
    await stop();
    throw error;
  }
  const scratch = mkdtempSync(join(tmpdir(), 'vitrail-scratch-'));
  project.provide('postgres', { server, template });
  project.provide('scratch', scratch);
  return async () => {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
    await command(withDatabase(server, 'postgres'), `drop database ${template}`);
    await stop();
  };
}
