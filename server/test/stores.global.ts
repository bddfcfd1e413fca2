import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Pool, type ClientConfig } from 'pg';
import type { TestProject } from 'vitest/node';
import { createLog, migratePostgres } from '../src/platform/index.ts';
import { installJobs } from '../src/platform/jobs/createPgBossJobs.ts';
import { startEmbedded } from '../src/platform/postgres/embedded/startEmbedded.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the PostgreSQL of this run, without a database, and the migrated database to clone. */
    postgres: { readonly server: string; readonly template: string };
  }
}

const log = createLog(process.env.VITRAIL_LOG_LEVEL ?? 'warn');

/** `postgres://user@%2Fsocket%2Ffolder` or the outside server's address with its database cut off. */
async function openServer(): Promise<{ server: string; stop(): Promise<void> }> {
  const outside = process.env.DATABASE_URL;
  if (outside !== undefined && outside !== '') {
    const url = new URL(outside);
    url.pathname = '';
    return { server: url.href, stop: async () => undefined };
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

async function command(connection: ClientConfig, sql: string): Promise<void> {
  const client = new Client(connection);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** One PostgreSQL for the whole run, with a migrated database that every test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { server, stop } = await openServer();
  const template = `vitrail_test_${process.pid}_${Date.now().toString(36)}`;
  const admin = { connectionString: `${server}/postgres` };
  await command(admin, `create database ${template}`);
  const pool = new Pool({ connectionString: `${server}/${template}` });
  await migratePostgres(pool, log);
  await installJobs(pool);
  await pool.end();
  project.provide('postgres', { server, template });
  return async () => {
    await command(admin, `drop database ${template}`);
    await stop();
  };
}
