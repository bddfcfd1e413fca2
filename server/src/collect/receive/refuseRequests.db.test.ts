import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createWorkspace } from '../../../test/builders.ts';
import { basic, useDoor } from '../../../test/door.ts';
import { useStores } from '../../../test/stores.ts';
import { pgQuery } from '../../platform/index.ts';

const listRefusals = pgQuery({
  name: 'test.receive.listRefusals',
  params: { workspace: 'int4' },
  row: { source_id: 'int4', reason: 'text', count: 'int8' },
  text: `select source_id, reason, count from collect.counter
         where workspace_id = :workspace and name = 'refused' order by reason`,
});

const deps = useStores();
const door = useDoor(deps);
const track = (fields: object = {}) => ({ type: 'track', event: 'Product Viewed', anonymousId: 'a1', ...fields });

describe('a refused request', () => {
  const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

  it.each([
    ['broken JSON', '/v1/t', '{"type":', 400, 'broken_json'],
    ['no body', '/v1/t', '', 400, 'empty'],
    ['a list', '/v1/t', '[]', 400, 'wrong_shape'],
    ['a track without a name', '/v1/t', track({ event: '' }), 400, 'invalid_event'],
    ['nobody’s event', '/v1/t', track({ anonymousId: null }), 400, 'invalid_event'],
    ['an event of 33 KB', '/v1/t', track({ x: 'x'.repeat(33 * 1024) }), 400, 'event_too_large'],
    [
      'a batch with an event of 33 KB',
      '/v1/batch',
      { batch: [track({ x: 'x'.repeat(33 * 1024) })] },
      400,
      'event_too_large',
    ],
    ['3,000 events', '/v1/batch', { batch: Array.from({ length: 3_000 }, () => track()) }, 413, 'too_many_events'],
    [
      'a batch of 600 KB',
      '/v1/batch',
      { batch: Array.from({ length: 30 }, () => track({ x: 'x'.repeat(20_000) })) },
      413,
      'too_large',
    ],
    ['a body of 6 MB', '/v1/batch', 'x'.repeat(6 * 1024 * 1024), 413, 'too_large'],
    ['a gzip bomb', '/v1/batch', gzipSync(Buffer.alloc(100 * 1024 * 1024)), 413, 'too_large'],
    ['broken gzip', '/v1/batch', Buffer.from([0x1f, 0x8b, 1, 2, 3]), 400, 'broken_gzip'],
    ['200 levels', '/v1/t', `{"type":"page","userId":"u","properties":${nested(200)}}`, 400, 'too_deep'],
  ])('with %s gets a clear problem, leaves nothing and is counted', async (_title, path, body, status, reason) => {
    const shop = await createWorkspace(deps);
    const answer = await door.post(path, body, basic(shop.writeKey));
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.json).toMatchObject({
      status,
      code: `collect.${reason}`,
      detail: expect.stringMatching(/\w{3}.*\./),
    });
    expect(answer.status).toBe(status);
    expect(await door.rows(shop)).toEqual([]);
    await door.refusals.flush();
    expect(await deps.pg.rows(listRefusals, { workspace: shop.id })).toEqual([
      { source_id: shop.sourceId, reason, count: 1 },
    ]);
  });

  it('names the events that are wrong and stores none of the batch', async () => {
    const shop = await createWorkspace(deps);
    const answer = await door.post('/v1/batch', { batch: [track(), track({ event: 7 }), {}] }, basic(shop.writeKey));
    expect(answer.json).toMatchObject({
      status: 400,
      detail: expect.stringContaining('events 1, 2'),
      indexes: [1, 2],
      errors: [
        { in: 'body', field: '/batch/1/event' },
        { in: 'body', field: '/batch/2/type' },
      ],
    });
    expect(await door.rows(shop)).toEqual([]);
  });

  it('without a key or with a wrong one is 401, whatever else is wrong with it', async () => {
    expect((await door.post('/v1/t', track())).json).toMatchObject({ status: 401, code: 'collect.no_key' });
    expect((await door.post('/v1/t', track(), basic('wk_wrong'))).json).toMatchObject({
      status: 401,
      code: 'collect.unknown_key',
    });
    expect((await door.post('/v1/t', '{broken', basic('wk_wrong'))).status).toBe(401);
    expect((await door.post('/v1/t', track({ writeKey: 'wk_wrong' }))).status).toBe(401);
    const shop = await createWorkspace(deps);
    expect((await door.post('/v1/t', track(), basic(shop.secretKey))).status).toBe(401);
  });

  it('whose body is far too large is told so before it is read', async () => {
    const { hostname, port } = new URL(door.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write('POST /v1/batch HTTP/1.1\r\nhost: shop\r\ncontent-length: 99000000\r\n\r\n{');
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1.1 413/);
    expect(String(answer)).toMatch(/connection: close/i);
    socket.destroy();
  });

  it('that breaks off in the middle leaves nothing', async () => {
    const shop = await createWorkspace(deps);
    const { hostname, port } = new URL(door.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(`POST /v1/t?writeKey=${shop.writeKey} HTTP/1.1\r\nhost: shop\r\ncontent-length: 500\r\n\r\n{"type":`);
    socket.resetAndDestroy();
    await once(socket, 'close');
    expect((await door.post('/v1/t', track(), basic(shop.writeKey))).status).toBe(200);
    expect(await door.rows(shop)).toHaveLength(1);
  });
});
