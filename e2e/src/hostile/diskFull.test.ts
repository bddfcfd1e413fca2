import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { poll } from '../../../server/test/poll.ts';
import { prepareServer, type TestServer } from '../harness/startServer.ts';
import { readAnswer, send, text } from './send.ts';

const closers: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const mount = (folder: string, megabytes: number): boolean =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0755`, 'tmpfs', folder]).status === 0;
const unmount = (folder: string): void => {
  spawnSync('umount', ['--lazy', folder]);
};

/** A disk of our own that can be filled takes the right to mount one, which root has outside of most containers. */
const canMount = ((): boolean => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrail-mount-'));
  const mounted = mount(folder, 1);
  if (mounted) unmount(folder);
  rmSync(folder, { recursive: true });
  return mounted;
})();

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vitrail-disk-'));
  chmodSync(folder, 0o711);
  closers.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
function mountAt(folder: string, megabytes: number): void {
  mkdirSync(folder, { recursive: true });
  if (!mount(folder, megabytes)) throw new Error(`${folder} could not be mounted`);
  closers.push(() => unmount(folder));
}
async function start(dataDir: string): Promise<TestServer> {
  const server = await prepareServer({ dataDir });
  closers.push(() => server.dispose());
  server.launch();
  await server.ready();
  return server;
}

describe.runIf(canMount)('when the disk is full', () => {
  it('an import that finds no room is refused with 503 and leaves nothing, and a smaller one goes in', async () => {
    const dataDir = join(makeFolder(), 'data');
    mountAt(join(dataDir, 'files'), 2);
    const server = await start(dataDir);
    const orders = (count: number) => ({
      as: 'orders' as const,
      name: 'orders.csv',
      content: `order_id,date,total\n${Array.from({ length: count }, (_, row) => `D-${row},2026-05-01,10.00\n`).join('')}`,
    });
    const before = { ...(await server.api.stats()), at: '' };
    const answer = await readAnswer(await server.api.sendImport(orders(200_000)));
    expect(answer).toMatchObject({
      status: 503,
      code: 'imports.disk_full',
      retryAfter: expect.stringMatching(/^\d+$/),
    });
    expect({ ...(await server.api.stats()), at: '' }).toEqual(before);
    const small = await server.api.importFile(orders(1_000));
    expect(small).toMatchObject({ state: 'done', accepted: 1_000, rejected: 0 });
  });

  it('the door answers 503 until there is room again, and everything it accepted is there', async () => {
    const dataDir = makeFolder();
    mountAt(dataDir, 400);
    const ballast = join(dataDir, 'ballast');
    writeFileSync(ballast, Buffer.alloc(64 * 1024 * 1024));
    const server = await start(dataDir);
    const accepted: string[] = [];
    let refused = 0;
    for (let number = 0; refused < 3; number++) {
      const calls = Array.from({ length: 12 }, (_, index) => ({
        type: 'track',
        event: 'Product Viewed',
        userId: 'u1',
        messageId: `${number}-${index}`,
        // Noise, so that no store can press it small.
        properties: {
          noise: Buffer.from(Array.from({ length: 20_000 }, () => Math.random() * 256)).toString('base64'),
        },
      }));
      const { status, retryAfter } = await send(server.url, '/v1/batch', text({ batch: calls }));
      if (status === 200) accepted.push(...calls.map(({ messageId }) => messageId));
      else {
        expect(status).toBe(503);
        expect(retryAfter).toMatch(/^\d+$/);
        refused += 1;
      }
      expect(accepted.length, 'the disk never became full').toBeLessThan(40_000);
    }
    expect(accepted.length).toBeGreaterThan(100);
    rmSync(ballast);
    const again = text({ event: 'Product Viewed', userId: 'u1', messageId: 'after' });
    await poll('an accepted event', async () => (await send(server.url, '/v1/track', again)).status === 200, {
      timeoutMs: 60_000,
      everyMs: 250,
    });
    await server.api.waitSettled();
    const profile = await server.api.findProfile('user_id', 'u1');
    const found = new Set((await server.api.events(profile ?? '')).map(({ messageId }) => messageId));
    expect(accepted.filter((messageId) => !found.has(messageId))).toEqual([]);
    expect(found.has('after')).toBe(true);
  });
});
