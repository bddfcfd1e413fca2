import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { poll } from '../../../../test/poll.ts';
import { type Script, spawnScript } from '../../../../test/spawnScript.ts';
import { silentLog } from '../../../../test/stores.ts';
import { processStart } from '../../dataDir/processIdentity.ts';
import { Fault } from '../../errors.ts';
import { openPostgres } from '../openPostgres.ts';
import type { PgStore } from '../types.ts';
import { chooseHome } from './chooseHome.ts';
import { startEmbedded } from './startEmbedded.ts';
import { readPostmaster } from './survivor.ts';

let root: string;
let dataDir: string;
const stores: PgStore[] = [];
const scripts: Script[] = [];

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'vitrail-embedded-')));
  chmodSync(root, 0o711);
  dataDir = join(root, 'data');
});
afterAll(async () => {
  for (const script of scripts) await script.kill('SIGKILL');
  for (const store of stores) await store.close();
  rmSync(root, { recursive: true, force: true });
});

async function open(path = dataDir): Promise<PgStore> {
  const store = await openPostgres({ dataDir: path, log: silentLog });
  stores.push(store);
  return store;
}

async function close(store: PgStore): Promise<void> {
  stores.splice(stores.indexOf(store), 1);
  await store.close();
}

const database = () => join(dataDir, 'postgres/data');
const isRunning = (pid: number) => processStart(pid) !== null;

function enginePid(): number {
  const pid = readPostmaster(database())?.pid;
  if (pid === undefined) throw new Error('no engine is running');
  return pid;
}

/** Commands of all processes, to find the one that watches over the engine. */
function findWatcher(): number {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' });
  const line = stdout.split('\n').find((entry) => entry.includes(`vitrail-watch ${database()} `));
  if (line === undefined) throw new Error('nothing watches over the engine');
  return Number.parseInt(line, 10);
}

function mkdirFor(path: string): string {
  mkdirSync(path, { recursive: true });
  return path;
}

const readOne = (store: PgStore) => store.pool.query('select id from one').then(({ rows }) => rows);

test('a first start creates the database, and what is written outlives a stop', async () => {
  const store = await open();
  expect(store.description).toMatch(/^embedded PostgreSQL 18\.\d+$/);
  await store.pool.query('create table one (id int); insert into one values (1)');
  const pid = enginePid();
  await close(store);
  expect(isRunning(pid)).toBe(false);
  const again = await open();
  expect(await readOne(again)).toEqual([{ id: 1 }]);
  await close(again);
});

test('the engine is reached by a private socket alone, syncs for real, and never runs as root', async () => {
  const store = await open();
  const shown = await store.pool.query(
    `select name, setting from pg_settings where name = any(array['listen_addresses', 'fsync', 'synchronous_commit'])`,
  );
  expect(Object.fromEntries(shown.rows.map((row) => [row.name, row.setting]))).toEqual({
    listen_addresses: '',
    fsync: 'on',
    synchronous_commit: 'on',
  });
  expect(statSync(join(dataDir, 'postgres/run')).mode & 0o777).toBe(0o700);
  expect(statSync(database()).uid).not.toBe(0);
  const { stdout } = spawnSync('ps', ['-o', 'uid=', '-p', String(enginePid())], { encoding: 'utf8' });
  expect(Number(stdout)).toBe(statSync(database()).uid);
  await close(store);
});

test('errors and parameters, which quote personal data, are not logged', async () => {
  const lines: string[] = [];
  const keep = (fields: object) => void lines.push(JSON.stringify(fields));
  const log = { debug: keep, info: keep, warn: keep, error: keep, child: () => log };
  const store = await openPostgres({ dataDir, log });
  await store.pool.query('select $1::int /* secret@example.com */', ['secret@example.com']).catch(() => null);
  await store.pool.query("do $$ begin raise exception 'secret@example.com'; end $$").catch(() => null);
  await store.close();
  expect(lines.join('\n')).toContain('database system is shut down');
  expect(lines.join('\n')).not.toContain('secret@example.com');
});

test('the engine follows a killed Vitrail by itself', async () => {
  const script = spawnScript('../../../../test/scripts/runEmbedded.ts', import.meta.url, [dataDir]);
  scripts.push(script);
  const engine = Number(await script.line());
  expect(isRunning(engine)).toBe(true);
  await script.kill('SIGKILL');
  await poll('the engine to end', () => !isRunning(engine), { timeoutMs: 5_000 });
});

test('an engine that outlived a killed Vitrail is stopped at the next start, with every row it had acknowledged', async () => {
  const script = spawnScript('../../../../test/scripts/runEmbedded.ts', import.meta.url, [dataDir]);
  scripts.push(script);
  const engine = Number(await script.line());
  process.kill(findWatcher(), 'SIGKILL');
  await script.kill('SIGKILL');
  expect(isRunning(engine)).toBe(true);
  const store = await open();
  expect(isRunning(engine)).toBe(false);
  expect(enginePid()).not.toBe(engine);
  expect(await readOne(store)).toEqual([{ id: 1 }]);
  await close(store);
});

test('a killed engine is started again; meanwhile queries are refused as unavailable', async () => {
  const store = await open();
  const before = enginePid();
  await store.pool.query('insert into one values (2)');
  process.kill(before, 'SIGKILL');
  const errors: unknown[] = [];
  await poll(
    'the engine to answer again',
    async () => {
      try {
        await store.transaction(async () => undefined);
        return enginePid() !== before;
      } catch (error) {
        errors.push(error);
        return false;
      }
    },
    { timeoutMs: 20_000 },
  );
  expect(errors.length).toBeGreaterThan(0);
  for (const error of errors) {
    expect(error).toBeInstanceOf(Fault);
    expect(error).toMatchObject({ kind: 'unavailable', code: 'platform.database_unavailable' });
  }
  expect(await readOne(store)).toEqual([{ id: 1 }, { id: 2 }]);
  await close(store);
});

test('a number left in postmaster.pid that now belongs to another program harms nobody', async () => {
  const file = join(database(), 'postmaster.pid');
  writeFileSync(file, `${process.pid}\n${database()}\n`);
  const store = await open();
  expect(await readOne(store)).toHaveLength(2);
  await close(store);
});

test('a data directory with a very long path works too', async () => {
  const long = join(root, 'a'.repeat(60), 'b'.repeat(60));
  mkdirSync(long, { recursive: true, mode: 0o711 });
  const store = await open(long);
  expect((await store.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await close(store);
});

test('root keeps the database outside a directory that other users cannot reach, says so, and finds it again', async () => {
  const closed = join(root, 'closed');
  mkdirSync(join(closed, 'data'), { recursive: true });
  chmodSync(closed, 0o700);
  const said: string[] = [];
  const log = { ...silentLog, info: (_: object, message: string) => void said.push(message), child: () => log };
  const options = { dataDir: join(closed, 'data'), publicParent: join(root, 'elsewhere'), log };
  const first = await startEmbedded(options);
  await first.stop();
  const second = await startEmbedded(options);
  await second.stop();
  expect(second.data).toBe(first.data);
  if (process.getuid?.() === 0) {
    expect(first.data.startsWith(options.publicParent)).toBe(true);
    expect(said[0]).toContain(`so the database is kept in ${dirname(first.data)}`);
    rmSync(options.dataDir, { recursive: true });
    expect(chooseHome(mkdirFor(options.dataDir), options.publicParent).folder).not.toBe(dirname(first.data));
  } else {
    expect(first.data).toBe(join(options.dataDir, 'postgres/data'));
    expect(said).toEqual([]);
  }
});

test('a database of another major version is refused with what to do', async () => {
  const version = join(database(), 'PG_VERSION');
  const written = readFileSync(version);
  writeFileSync(version, '12\n');
  await expect(startEmbedded({ dataDir, log: silentLog })).rejects.toMatchObject({
    code: 'platform.database_version',
    message: expect.stringContaining('made by PostgreSQL 12'),
  });
  writeFileSync(version, written);
});
