import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Script, spawnScript } from '../../../test/spawnScript.ts';
import { findHolder } from './lock.ts';
import { findControl, openDataDir } from './openDataDir.ts';
import { processStart } from './processIdentity.ts';

const clock = { now: () => new Date('2026-11-21T10:00:00Z') };
const address = 'http://127.0.0.1:5998';
let path: string;
const scripts: Script[] = [];

function hold(): Script {
  const script = spawnScript('../../../test/scripts/holdDataDir.ts', import.meta.url, [path]);
  scripts.push(script);
  return script;
}

beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'vitrail-data-')), 'data');
});
afterEach(async () => {
  for (const script of scripts.splice(0)) await script.kill('SIGKILL');
  rmSync(join(path, '..'), { recursive: true, force: true });
});

test('a second start says who holds the directory, since when and where', async () => {
  const first = await openDataDir({ path, address, clock });
  await expect(openDataDir({ path, address, clock })).rejects.toMatchObject({
    code: 'platform.data_dir_held',
    message: expect.stringContaining(
      `process ${process.pid}, since 2026-11-21T10:00:00.000Z, at http://127.0.0.1:5998`,
    ),
  });
  first.release();
  const second = await openDataDir({ path, address, clock });
  second.release();
});

test('another process is refused while this one runs, and not after it was killed', async () => {
  const other = hold();
  expect(await other.line()).toBe('held');
  expect(findHolder(path)).toMatchObject({ pid: other.pid });
  await expect(openDataDir({ path, address, clock })).rejects.toMatchObject({ code: 'platform.data_dir_held' });
  await other.kill('SIGKILL');
  expect(findHolder(path)).toBeNull();
  const mine = await openDataDir({ path, address, clock });
  mine.release();
});

test('a lock whose process number now belongs to another program is stale', async () => {
  const first = await openDataDir({ path, address, clock });
  first.release();
  const holder = { pid: process.pid, processStart: 'some other boot 123', since: '2026-01-01T00:00:00Z', address };
  writeFileSync(join(path, 'vitrail.lock'), JSON.stringify(holder));
  const mine = await openDataDir({ path, address, clock });
  expect(findHolder(path)).toMatchObject({ pid: process.pid, processStart: processStart(process.pid) });
  mine.release();
});

test('of several starters that find a stale or broken lock exactly one wins', async () => {
  const first = await openDataDir({ path, address, clock });
  first.release();
  writeFileSync(join(path, 'vitrail.lock'), '');
  const said = await Promise.all(Array.from({ length: 4 }, () => hold().line()));
  expect(said.sort()).toEqual(['held', 'platform.data_dir_held', 'platform.data_dir_held', 'platform.data_dir_held']);
}, 30_000);

test('commands find the address and token only while the server runs, and nobody else can read them', async () => {
  const data = await openDataDir({ path, address, clock });
  expect(findControl(path)).toBeNull();
  const token = data.announce('http://127.0.0.1:5997');
  expect(findControl(path)).toEqual({ address: 'http://127.0.0.1:5997', token });
  expect(statSync(join(path, 'control.json')).mode & 0o777).toBe(0o600);
  expect(token).toMatch(/^[\w-]{43}$/);
  data.release();
  expect(findControl(path)).toBeNull();
});

test('the token of a killed server is forgotten at the next start', async () => {
  const first = await openDataDir({ path, address, clock });
  first.announce(address);
  const left = readFileSync(join(path, 'control.json'));
  first.release();
  writeFileSync(join(path, 'control.json'), left);
  const second = await openDataDir({ path, address, clock });
  expect(findControl(path)).toBeNull();
  second.release();
});

test('a directory that cannot be created is named in one sentence', async () => {
  const file = join(path, '..', 'file');
  writeFileSync(file, '');
  chmodSync(file, 0o600);
  await expect(openDataDir({ path: join(file, 'data'), address, clock })).rejects.toMatchObject({
    code: 'platform.data_dir_unusable',
    message: expect.stringContaining('Set VITRAIL_DATA_DIR'),
  });
});
