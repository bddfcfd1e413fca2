import type { Log } from '../log.ts';
import { type AppliedMigration, dueMigrations, migrationsFolder, readMigrationFiles } from '../migrationFiles.ts';
import type { ChQuery } from './query.ts';
import { splitSql } from './splitSql.ts';
import type { Ch } from './types.ts';

type Statement = ChQuery<Record<never, never>, Record<never, never>>;

const applied: ChQuery<Record<never, never>, { number: 'UInt32'; name: 'String'; sha256: 'String' }> = {
  name: 'platform.appliedMigrations',
  text: 'select number, name, sha256 from schema_migration final order by number',
  params: {},
  row: { number: 'UInt32', name: 'String', sha256: 'String' },
};

const history = `create table if not exists schema_migration (
  number UInt32,
  name String,
  sha256 String,
  applied_at DateTime default now()
) engine = ReplacingMergeTree order by number
settings non_replicated_deduplication_window = 1000, replicated_deduplication_window = 1000`;

/**
 * Brings the schema up to date: each file once, in order. ClickHouse has no transactions over DDL, so a file that a
 * crash cut in half is run again from its start: its statements say `if not exists`. Safe to call from several programs
 * at once and as often as one likes. Returns how many files were applied.
 */
export async function migrateClickhouse(ch: Ch, log: Log, folder = migrationsFolder('clickhouse')): Promise<number> {
  const files = readMigrationFiles(folder);
  await execute(ch, 'schema_migration', history);
  const done: readonly AppliedMigration[] = await ch.rows(applied, {});
  const due = dueMigrations(done, files);
  for (const { number, name, sha256, sql } of due) {
    for (const statement of splitSql(sql)) await execute(ch, name, statement);
    const row = Buffer.from(JSON.stringify({ number, name, sha256 }));
    await ch.insert('schema_migration', row, { token: `${name} ${sha256}` });
    log.info({ migration: name }, 'applied a migration');
  }
  return due.length;
}

async function execute(ch: Ch, name: string, text: string): Promise<void> {
  const statement: Statement = { name: `migration ${name}`, text, params: {}, row: {} };
  await ch.run(statement, {});
}
