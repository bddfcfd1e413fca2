import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestPostgres, silentLog } from '../../../test/stores.ts';
import { migratePostgres, readMigrations } from './migrate.ts';
import type { PgStore } from './types.ts';

let pg: PgStore;
let close = async (): Promise<void> => undefined;
const folder = mkdtempSync(join(tmpdir(), 'vitrail-migrations-'));

beforeAll(async () => {
  ({ pg, close } = await openTestPostgres());
});
afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await pg.pool.query('drop schema platform cascade; drop schema if exists trial cascade');
  rmSync(folder, { recursive: true, force: true });
  writeMigration('0001_trial_schema.sql', 'create schema trial;');
  writeMigration('0002_trial_table.sql', 'create table trial.one (id int); insert into trial.one values (1);');
});

function writeMigration(name: string, sql: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), sql);
}

test('each file runs once, in order', async () => {
  expect(await migratePostgres(pg.pool, silentLog, readMigrations(folder))).toBe(2);
  expect(await migratePostgres(pg.pool, silentLog, readMigrations(folder))).toBe(0);
  writeMigration('0003_trial_more.sql', 'insert into trial.one values (3);');
  expect(await migratePostgres(pg.pool, silentLog, readMigrations(folder))).toBe(1);
  expect((await pg.pool.query('select id from trial.one order by id')).rows).toEqual([{ id: 1 }, { id: 3 }]);
});

test('starters that race apply each file once between them', async () => {
  const applied = await Promise.all(
    Array.from({ length: 5 }, () => migratePostgres(pg.pool, silentLog, readMigrations(folder))),
  );
  expect(applied.sort()).toEqual([0, 0, 0, 0, 2]);
});

test('a file that fails leaves nothing of itself, keeps those before it, and is named', async () => {
  writeMigration('0003_trial_wrong.sql', 'insert into trial.one values (3); select 1 / 0;');
  await expect(migratePostgres(pg.pool, silentLog, readMigrations(folder))).rejects.toThrow(
    'migration 0003_trial_wrong.sql failed: division by zero',
  );
  expect((await pg.pool.query('select id from trial.one')).rows).toEqual([{ id: 1 }]);
  writeMigration('0003_trial_wrong.sql', 'insert into trial.one values (3);');
  expect(await migratePostgres(pg.pool, silentLog, readMigrations(folder))).toBe(1);
});

test('a file changed after it was applied is refused', async () => {
  await migratePostgres(pg.pool, silentLog, readMigrations(folder));
  writeMigration('0002_trial_table.sql', 'create table trial.one (id bigint);');
  await expect(migratePostgres(pg.pool, silentLog, readMigrations(folder))).rejects.toMatchObject({
    code: 'platform.migration_edited',
    message: expect.stringContaining('0002_trial_table.sql'),
  });
});

test('a database newer than the program is refused', async () => {
  await migratePostgres(pg.pool, silentLog, readMigrations(folder));
  rmSync(join(folder, '0002_trial_table.sql'));
  await expect(migratePostgres(pg.pool, silentLog, readMigrations(folder))).rejects.toMatchObject({
    code: 'platform.database_newer',
  });
});

test('a gap in the numbers is a mistake that shows at once', () => {
  writeMigration('0004_trial_gap.sql', '');
  expect(() => readMigrations(folder)).toThrow('0004_trial_gap.sql: expected number 3');
});
