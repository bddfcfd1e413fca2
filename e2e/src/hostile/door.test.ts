import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secretKey, startServer, type TestServer, writeKey } from '../harness/startServer.ts';
import { type Answer, basic, readAnswer, send, text } from './send.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.dispose());

let made = 0;
const track = (more: object = {}): object => {
  made += 1;
  return { type: 'track', event: 'Product Viewed', userId: 'u1', messageId: `hostile-${made}`, ...more };
};
const batchOf = (calls: readonly object[]): string => text({ batch: calls });
/** JSON text of this many levels, itself not built by recursion. */
const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

/** What is stored, in both stores. */
async function stored(): Promise<{ events: number; profiles: number; orders: number }> {
  await server.api.waitSettled();
  const { events, profiles, orders } = await server.api.stats();
  return { events, profiles, orders };
}

/** Runs `work` and proves that nothing of it was kept. */
async function expectNothingKept(work: () => Promise<void>): Promise<void> {
  const before = await stored();
  await work();
  expect(await stored()).toEqual(before);
}

const refused = (status: number, code: string): Partial<Answer> => ({ status, code });

describe('a request the door cannot take', () => {
  it.each<
    [title: string, path: string, body: () => Uint8Array<ArrayBuffer> | string | null, status: number, code: string]
  >([
    ['broken JSON', '/v1/track', () => '{"event":', 400, 'collect.broken_json'],
    ['JSON that goes on after its end', '/v1/track', () => `${text(track())}}`, 400, 'collect.broken_json'],
    ['no body', '/v1/track', () => null, 400, 'collect.empty'],
    ['a list instead of an object', '/v1/track', () => '[]', 400, 'collect.wrong_shape'],
    ['a batch without its list', '/v1/batch', () => '{"batch":{}}', 400, 'collect.wrong_shape'],
    ['no event name', '/v1/track', () => text(track({ event: undefined })), 400, 'collect.invalid_event'],
    ['an event name of spaces', '/v1/track', () => text(track({ event: '  ' })), 400, 'collect.invalid_event'],
    ['nobody whose event it is', '/v1/track', () => text(track({ userId: undefined })), 400, 'collect.invalid_event'],
    ['an id that is an object', '/v1/track', () => text(track({ userId: { $gt: '' } })), 400, 'collect.invalid_event'],
    [
      'a type that does not exist',
      '/v1/batch',
      () => batchOf([track({ type: 'purge' })]),
      400,
      'collect.invalid_event',
    ],
    [
      'one wrong event among good ones',
      '/v1/batch',
      () => batchOf([track(), track({ userId: '' }), track()]),
      400,
      'collect.invalid_event',
    ],
    [
      'an event of 33 KB',
      '/v1/track',
      () => text(track({ properties: { x: 'x'.repeat(33 * 1024) } })),
      400,
      'collect.event_too_large',
    ],
    [
      'an event of 33 KB in a batch',
      '/v1/batch',
      () => batchOf([track(), track({ properties: { x: 'x'.repeat(33 * 1024) } })]),
      400,
      'collect.event_too_large',
    ],
    [
      'a batch of 3,000 events',
      '/v1/batch',
      () => batchOf(Array.from({ length: 3_000 }, () => track())),
      413,
      'collect.too_many_events',
    ],
    [
      'a batch of 600 KB',
      '/v1/batch',
      () => batchOf(Array.from({ length: 60 }, () => track({ properties: { x: 'x'.repeat(10_000) } }))),
      413,
      'collect.too_large',
    ],
    [
      'a gzip bomb',
      '/v1/batch',
      () => new Uint8Array(gzipSync(Buffer.alloc(200 * 1024 * 1024, 0x20))),
      413,
      'collect.too_large',
    ],
    [
      'a gzip that is cut off',
      '/v1/batch',
      () => new Uint8Array(gzipSync(batchOf([track()]))).subarray(0, 40),
      400,
      'collect.broken_gzip',
    ],
    [
      '200 levels of objects',
      '/v1/track',
      () => text(track()).replace(/}$/, `,"properties":${nested(200)}}`),
      400,
      'collect.too_deep',
    ],
    ['100,000 levels of lists', '/v1/track', () => '['.repeat(100_000), 400, 'collect.event_too_large'],
    [
      '100,000 levels of lists in a batch',
      '/v1/batch',
      () => `{"batch":${'['.repeat(100_000)}`,
      400,
      'collect.too_deep',
    ],
  ])('is refused: %s', async (_title, path, body, status, code) => {
    await expectNothingKept(async () => {
      expect(await send(server.url, path, body())).toMatchObject(refused(status, code));
    });
  });
});

describe('a request without the right key', () => {
  it.each<[title: string, headers: Record<string, string>, code: string]>([
    ['a wrong key', { authorization: basic('wk_wrong') }, 'collect.unknown_key'],
    ['no key', { authorization: '' }, 'collect.no_key'],
    ['the secret key, as the user of Basic', { authorization: basic(secretKey) }, 'collect.unknown_key'],
    ['the secret key, as a bearer', { authorization: `Bearer ${secretKey}` }, 'collect.unknown_key'],
    ['a key of 100 KB', { authorization: '', 'x-write-key': 'k'.repeat(10_000) }, 'collect.unknown_key'],
    [
      'a key with a NUL in it',
      { authorization: `Basic ${Buffer.from('wk\0x:').toString('base64')}` },
      'collect.unknown_key',
    ],
  ])('is refused with 401: %s', async (_title, headers, code) => {
    await expectNothingKept(async () => {
      expect(await send(server.url, '/v1/track', text(track()), headers)).toMatchObject(refused(401, code));
    });
  });

  it('is told that a write key can only write', async () => {
    for (const authorization of [`Bearer ${writeKey}`, basic(writeKey)]) {
      const response = await fetch(`${server.url}/api/v1/stats`, { headers: { authorization } });
      expect((await readAnswer(response)).status).toBe(401);
    }
  });

  it('is answered in the one shape of errors whatever the address, method or content type', async () => {
    const answers: [string, RequestInit, number][] = [
      ['/v1/track', { method: 'DELETE' }, 404],
      ['/v1/nothing', { method: 'POST', body: '{}' }, 404],
      ['/api/v1/%E0%A4%A', {}, 400],
      ['/api/v1/profiles/%00', {}, 404],
      ['/api/v1/profiles?q=%00', {}, 400],
      ['/api/v1/profiles?limit=1e9', {}, 400],
      ['/api/v1/tracking-plan', { method: 'PUT', body: '<plan/>', headers: { 'content-type': 'text/xml' } }, 404],
      ['/api/v1/drops/replay', { method: 'POST', body: '<x/>', headers: { 'content-type': 'text/xml' } }, 415],
      ['/api/v1/drops/replay', { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } }, 400],
    ];
    for (const [path, init, status] of answers)
      expect((await readAnswer(await server.api.request(path, init))).status, `${init.method ?? 'GET'} ${path}`).toBe(
        status,
      );
  });
});
