import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Pool, PoolClient } from 'pg';
import { Fault } from '../errors.ts';
import type { Log } from '../log.ts';
import { toPgFault } from './pgFault.ts';

interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

/** From `src/platform/postgres` and from `dist/platform/postgres` alike, the package root is three folders up. */
const shippedFolder = fileURLToPath(new URL('../../../migrations/postgres/', import.meta.url));

/** An arbitrary fixed number: two programs that start at once migrate one after the other. */
const lockKey = 4_400_001;

/** Reads `0001_room_purpose.sql …`; throws when a number is missing or taken twice. */
export function readMigrations(folder = shippedFolder): readonly Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  return names.sort().map((name, index) => {
    const number = Number.parseInt(name, 10);
    if (number !== index + 1) throw new Error(`migration ${name}: expected number ${index + 1}`);
    const sql = readFileSync(join(folder, name), 'utf8');
    return { number, name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
  });
}

interface Applied {
  readonly number: number;
  readonly name: string;
  readonly sha256: string;
}

/** Refuses a database that these migrations did not make. */
function checkHistory(applied: readonly Applied[], migrations: readonly Migration[]): void {
  for (const { number, name, sha256 } of applied) {
    const ours = migrations[number - 1];
    if (ours === undefined) {
      throw new Fault(
        'conflict',
        'platform.database_newer',
        `The database is newer than this program: it has ${name}, which this Vitrail does not know. Start a newer Vitrail.`,
        { details: { migration: name } },
      );
    }
    if (ours.name === name && ours.sha256 === sha256) continue;
    throw new Fault(
      'conflict',
      'platform.migration_edited',
      `The migration ${name} was changed after it was applied to this database. Restore the file and put the change in a new one.`,
      { details: { migration: name } },
    );
  }
}

async function prepareHistory(client: PoolClient): Promise<readonly Applied[]> {
  await client.query(`
    create schema if not exists platform;
    create table if not exists platform.migration (
      number int primary key,
      name text not null,
      sha256 text not null,
      applied_at timestamptz not null default now()
    )`);
  return (await client.query<Applied>('select number, name, sha256 from platform.migration order by number')).rows;
}

async function apply(client: PoolClient, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await client.query('insert into platform.migration (number, name, sha256) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.sha256,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    const known = toPgFault(error);
    if (known instanceof Fault) throw known;
    throw new Error(`migration ${migration.name} failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/**
 * Brings the schema up to date: each file once, in order, each in its own transaction. Safe to call from several
 * programs at once and as often as one likes. Returns how many were applied.
 */
export async function migratePostgres(pool: Pool, log: Log, migrations = readMigrations()): Promise<number> {
  let client: PoolClient;
  try {
    client = await pool.connect();
  } catch (error) {
    throw toPgFault(error);
  }
  let failed: Error | undefined;
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    const applied = await prepareHistory(client);
    checkHistory(applied, migrations);
    const due = migrations.slice(applied.length);
    for (const migration of due) {
      await apply(client, migration);
      log.info({ migration: migration.name }, 'applied a migration');
    }
    return due.length;
  } catch (error) {
    failed = error instanceof Error ? error : new Error(String(error));
    throw toPgFault(error);
  } finally {
    // Closing the connection also lets go of the lock, whatever state it is in.
    client.release(failed ?? true);
  }
}
