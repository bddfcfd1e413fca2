import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { migrationsFolder, readMigrationFiles } from '../migrationFiles.ts';
import { openChdb } from './embedded/openChdb.ts';
import { migrateClickhouse } from './migrate.ts';
import type { ChQuery } from './query.ts';
import { clusterSql } from './server/clusterSql.ts';
import { splitSql } from './splitSql.ts';
import type { Ch } from './types.ts';

const log = createLog('silent');
const root = mkdtempSync(join(tmpdir(), 'vitrail-migrate-'));
afterAll(() => rmSync(root, { recursive: true }));

const count = async (ch: Ch, table: string): Promise<number | undefined> => {
  const query: ChQuery<Record<never, never>, { rows: 'UInt64' }> = {
    name: 'test.count',
    text: `select count() as rows from ${table}`,
    params: {},
    row: { rows: 'UInt64' },
  };
  return (await ch.rows(query, {}))[0]?.rows;
};

describe('the shipped migrations of ClickHouse', () => {
  let ch: Ch;
  beforeAll(async () => {
    ch = await openChdb({ dataDir: join(root, 'shipped'), log });
  });
  afterAll(() => ch.close());

  it('are applied once each, also by two programs that start together', async () => {
    const files = readMigrationFiles(migrationsFolder('clickhouse'));
    await Promise.all([migrateClickhouse(ch, log), migrateClickhouse(ch, log)]);
    expect(await migrateClickhouse(ch, log)).toBe(0);
    expect(await count(ch, 'schema_migration')).toBe(files.length);
  });

  it('are valid SQL in the form they have on a cluster', async () => {
    const format: ChQuery<{ sql: 'String' }, { text: 'String' }> = {
      name: 'test.formatQuery',
      text: 'select formatQuery({sql:String}) as text',
      params: { sql: 'String' },
      row: { text: 'String' },
    };
    const others = ['system reload dictionary profile_root_dict', 'delete from events where workspace_id = 1'];
    const written = readMigrationFiles(migrationsFolder('clickhouse')).flatMap(({ sql }) => splitSql(sql));
    for (const statement of [...written, ...others]) {
      for (const sql of clusterSql(statement, { name: 'main', database: 'shop' })) {
        expect((await ch.rows(format, { sql }))[0]?.text).toMatch(/ON CLUSTER main/);
      }
    }
  });
});

describe('migrations of ClickHouse', () => {
  let ch: Ch;
  let folder: string;
  let turn = 0;
  const write = (name: string, sql: string): void => writeFileSync(join(folder, name), sql);
  const table = (name: string): string =>
    `create table if not exists ${name} (id Int32) engine = MergeTree order by id;`;

  beforeEach(async () => {
    folder = join(root, `files-${++turn}`);
    mkdirSync(folder);
    ch = await openChdb({ dataDir: join(root, `data-${turn}`), log });
    write('0001_first.sql', `${table('one')}\n-- and; another\n${table('two')}`);
    return () => ch.close();
  });

  it('take up where they stopped: only new files run', async () => {
    expect(await migrateClickhouse(ch, log, folder)).toBe(1);
    write('0002_second.sql', table('three'));
    expect(await migrateClickhouse(ch, log, folder)).toBe(1);
    expect(await count(ch, 'three')).toBe(0);
  });

  it('finish a file that was cut off in its middle', async () => {
    write('0002_second.sql', `${table('three')} alter table missing add column if not exists x Int8;`);
    await expect(migrateClickhouse(ch, log, folder)).rejects.toThrow(/migration 0002_second.sql with code 60/);
    write('0002_second.sql', `${table('three')} alter table one add column if not exists x Int8;`);
    expect(await migrateClickhouse(ch, log, folder)).toBe(1);
    expect(await migrateClickhouse(ch, log, folder)).toBe(0);
  });

  it('refuse a file that was edited after it was applied', async () => {
    await migrateClickhouse(ch, log, folder);
    write('0001_first.sql', table('other'));
    const refusal = { kind: 'conflict', code: 'platform.migration_edited' };
    await expect(migrateClickhouse(ch, log, folder)).rejects.toMatchObject(refusal);
  });

  it('refuse a database that a newer program made', async () => {
    const newer = join(root, 'newer');
    cpSync(folder, newer, { recursive: true });
    writeFileSync(join(newer, '0002_tomorrow.sql'), table('tomorrow'));
    await migrateClickhouse(ch, log, newer);
    const refusal = { kind: 'conflict', code: 'platform.database_newer' };
    await expect(migrateClickhouse(ch, log, folder)).rejects.toMatchObject(refusal);
  });

  it('have numbers without gaps', async () => {
    write('0003_third.sql', table('three'));
    await expect(migrateClickhouse(ch, log, folder)).rejects.toThrow('expected number 2');
  });
});
