import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace, type TestWorkspace } from '../../../test/builders.ts';
import { openTestApp, type TestApp } from '../../../test/httpApp.ts';
import { openLine } from '../../../test/pgLine.ts';
import { openTestPostgres, useStores } from '../../../test/stores.ts';
import { openPostgres, pgQuery } from '../../platform/index.ts';
import { countRefusals, type Inbox, openInbox, type RefusalCounts } from '../inbox/index.ts';
import { registerReceiveRoutes } from './index.ts';

const listInbox = pgQuery({
  name: 'test.receive.listInbox',
  params: { workspace: 'int4' },
  row: {
    source_id: 'int4',
    type_hint: 'text?',
    ip: 'text?',
    user_agent: 'text?',
    events: 'int4',
    replay: 'bool',
    payload: 'text',
  },
  text: `select source_id, type_hint, ip, user_agent, events, replay, payload
         from collect.inbox where workspace_id = :workspace order by id`,
});
const listRefusals = pgQuery({
  name: 'test.receive.listRefusals',
  params: { workspace: 'int4' },
  row: { source_id: 'int4', reason: 'text', count: 'int8' },
  text: `select source_id, reason, count from collect.counter
         where workspace_id = :workspace and name = 'refused' order by reason`,
});

const deps = useStores();
let door: TestApp;
let inbox: Inbox;
let refusals: RefusalCounts;
let url = '';

beforeAll(async () => {
  inbox = await openInbox(deps, { limitEvents: 1_000_000 });
  refusals = countRefusals(deps);
  door = await openTestApp(deps, {
    rooms: (app, { keys }) =>
      registerReceiveRoutes(app, {
        inbox,
        refusals,
        clock: deps.clock,
        findWriteKey: keys.findWriteKey,
        publicUrl: null,
      }),
  });
  url = await door.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await door.close();
  await inbox.close();
  await refusals.close();
});

const basic = (key: string) => ({ authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` });
const track = (fields: object = {}) => ({ type: 'track', event: 'Product Viewed', anonymousId: 'a1', ...fields });

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const bytes = body instanceof Uint8Array ? new Uint8Array(body) : null;
  const payload = bytes ?? (typeof body === 'string' ? body : JSON.stringify(body));
  const response = await fetch(url + path, { method: 'POST', body: payload, headers });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: text === '' ? null : JSON.parse(text) };
}
const rowsOf = (shop: TestWorkspace) => deps.pg.rows(listInbox, { workspace: shop.id });

describe('an accepted request', () => {
  it.each([
    ['/v1/t', 'track'],
    ['/v1/track', 'track'],
    ['/v1/p', 'page'],
    ['/v1/page', 'page'],
    ['/v1/i', 'identify'],
    ['/v1/identify', 'identify'],
    ['/v1/g', 'group'],
    ['/v1/group', 'group'],
    ['/v1/a', 'alias'],
    ['/v1/alias', 'alias'],
    ['/v1/s', 'screen'],
    ['/v1/screen', 'screen'],
    ['/api/s/track', 'track'],
    ['/api/s/page', 'page'],
    ['/api/s/identify', 'identify'],
    ['/api/s/group', 'group'],
    ['/api/s/s2s/track', 'track'],
  ])('on %s is one row with the type %s', async (path, type) => {
    const shop = await createWorkspace(deps);
    const body = { event: 'E', userId: 'u1', groupId: 'g1', previousId: 'a1', writeKey: shop.writeKey };
    const answer = await post(path, body, { 'user-agent': 'shop/1.0', 'content-type': 'text/plain' });
    expect(answer).toMatchObject({
      status: 200,
      json: path.startsWith('/api/s/') ? { ok: true, destinations: [] } : { success: true },
    });
    expect(await rowsOf(shop)).toEqual([
      {
        source_id: shop.sourceId,
        type_hint: type,
        ip: '127.0.0.1',
        user_agent: 'shop/1.0',
        events: 1,
        replay: false,
        payload: JSON.stringify(body),
      },
    ]);
  });

  it.each(['/v1/b', '/v1/batch', '/v1/batch/', '/v1/import', '/beacon/v1/batch'])(
    'on %s is one row for the batch',
    async (path) => {
      const shop = await createWorkspace(deps);
      const body = { batch: [track(), track()], sentAt: '2026-11-21T10:00:00Z' };
      expect((await post(path, body, basic(shop.writeKey))).status).toBe(200);
      expect(await rowsOf(shop)).toMatchObject([{ events: 2, type_hint: null, payload: JSON.stringify(body) }]);
    },
  );

  it('may say anything, or nothing valid, about its content type', async () => {
    const shop = await createWorkspace(deps);
    const labels = [
      'application/json',
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'nonsense',
      'a/b/c;;',
    ];
    for (const label of labels) {
      expect((await post('/v1/t', track(), { ...basic(shop.writeKey), 'content-type': label })).status, label).toBe(
        200,
      );
    }
    expect(await rowsOf(shop)).toHaveLength(labels.length);
  });

  it('may be gzip labelled as a form, as RudderStack’s Node client sends it', async () => {
    const shop = await createWorkspace(deps);
    const body = gzipSync(JSON.stringify({ batch: [track()] }));
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-encoding': 'gzip' };
    expect((await post('/v1/batch', body, { ...basic(shop.writeKey), ...headers })).status).toBe(200);
    expect(await rowsOf(shop)).toMatchObject([{ payload: JSON.stringify({ batch: [track()] }) }]);
  });

  it('finds its key in Basic, X-Write-Key, the query, the body or a bearer token', async () => {
    const shop = await createWorkspace(deps);
    const { writeKey } = shop;
    const answers = [
      await post('/v1/t', track(), basic(writeKey)),
      await post('/api/s/track', track(), { 'x-write-key': `${writeKey}:anything` }),
      await post(`/beacon/v1/batch?writeKey=${writeKey}`, { batch: [track()] }),
      await post('/v1/t', track({ writeKey })),
      await post('/v1/t', track(), { authorization: `Bearer ${writeKey}` }),
      await post('/v1/t', track({ writeKey }), { authorization: 'Bearer some.oauth.token' }),
      await post('/api/s/track', track({ writeKey: `${writeKey}:***` }), { 'x-write-key': `${writeKey}:anything` }),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(await rowsOf(shop)).toHaveLength(answers.length);
  });

  it('is completed by RudderStack’s headers', async () => {
    const shop = await createWorkspace(deps);
    const headers = { anonymousid: Buffer.from('né-1').toString('base64'), sentat: '2026-11-21T10:00:00.000Z' };
    expect((await post('/v1/page', { type: 'page' }, { ...basic(shop.writeKey), ...headers })).status).toBe(200);
    const [row] = await rowsOf(shop);
    expect(JSON.parse(row?.payload ?? '')).toEqual({ type: 'page', anonymousId: 'né-1', sentAt: headers.sentat });
  });

  it('keeps as much of the address as Jitsu’s policy allows', async () => {
    const shop = await createWorkspace(deps);
    for (const policy of ['keep', 'stripLastOctet', 'remove', 'unheard-of']) {
      await post('/api/s/page', { anonymousId: 'a1' }, { 'x-write-key': shop.writeKey, 'x-ip-policy': policy });
    }
    expect((await rowsOf(shop)).map(({ ip }) => ip)).toEqual(['127.0.0.1', '127.0.0.0', null, null]);
  });

  it('comes out of the inbox as it went in, without what no store can hold', async () => {
    const shop = await createWorkspace(deps);
    const body =
      '{"type":"track","event":"é😀","userId":"u\\u00001","properties":{"__proto__":{"x":1},"a":"\\ud800","b":"\\\\u0000"},"n":1e308}';
    expect((await post('/v1/t', body, basic(shop.writeKey))).status).toBe(200);
    const [row] = await rowsOf(shop);
    const stored = JSON.parse(row?.payload ?? '');
    expect(stored).toMatchObject({ event: 'é😀', userId: 'u1', n: 1e308 });
    expect(Object.entries(stored.properties)).toEqual([
      ['__proto__', { x: 1 }],
      ['a', '\ufffd'],
      ['b', '\\u0000'],
    ]);
    const asJsonb = await deps.pg.pool.query('select $1::jsonb as value', [row?.payload]);
    expect(asJsonb.rows[0].value).toMatchObject({ userId: 'u1' });
  });

  it('that holds no event is accepted and leaves nothing', async () => {
    const shop = await createWorkspace(deps);
    expect((await post('/v1/batch', { batch: [] }, basic(shop.writeKey))).json).toEqual({ success: true });
    expect(await rowsOf(shop)).toEqual([]);
  });

  it('about the client itself is thanked for and thrown away', async () => {
    expect((await post('/v1/m', { series: [] })).json).toEqual({ success: true });
  });
});

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
    const answer = await post(path, body, basic(shop.writeKey));
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.json).toMatchObject({
      status,
      code: `collect.${reason}`,
      detail: expect.stringMatching(/\w{3}.*\./),
    });
    expect(answer.status).toBe(status);
    expect(await rowsOf(shop)).toEqual([]);
    await refusals.flush();
    expect(await deps.pg.rows(listRefusals, { workspace: shop.id })).toEqual([
      { source_id: shop.sourceId, reason, count: 1 },
    ]);
  });

  it('names the events that are wrong and stores none of the batch', async () => {
    const shop = await createWorkspace(deps);
    const answer = await post('/v1/batch', { batch: [track(), track({ event: 7 }), {}] }, basic(shop.writeKey));
    expect(answer.json).toMatchObject({
      status: 400,
      indexes: [1, 2],
      errors: [
        { in: 'body', field: '/batch/1/event' },
        { in: 'body', field: '/batch/2/type' },
      ],
    });
    expect(answer.json.detail).toContain('events 1, 2');
    expect(await rowsOf(shop)).toEqual([]);
  });

  it('without a key or with a wrong one is 401, whatever else is wrong with it', async () => {
    expect((await post('/v1/t', track())).json).toMatchObject({ status: 401, code: 'collect.no_key' });
    expect((await post('/v1/t', track(), basic('wk_wrong'))).json).toMatchObject({
      status: 401,
      code: 'collect.unknown_key',
    });
    expect((await post('/v1/t', '{broken', basic('wk_wrong'))).status).toBe(401);
    expect((await post('/v1/t', track({ writeKey: 'wk_wrong' }))).status).toBe(401);
    const shop = await createWorkspace(deps);
    expect((await post('/v1/t', track(), basic(shop.secretKey))).status).toBe(401);
  });

  it('whose body is far too large is told so before it is read', async () => {
    const { hostname, port } = new URL(url);
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
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(`POST /v1/t?writeKey=${shop.writeKey} HTTP/1.1\r\nhost: shop\r\ncontent-length: 500\r\n\r\n{"type":`);
    socket.resetAndDestroy();
    await once(socket, 'close');
    expect((await post('/v1/t', track(), basic(shop.writeKey))).status).toBe(200);
    expect(await rowsOf(shop)).toHaveLength(1);
  });
});

describe('a browser of another site', () => {
  const origin = 'https://shop.example';

  it('is allowed to ask with the headers its client sends, and remembers that', async () => {
    for (const path of [
      '/v1/t',
      '/v1/batch',
      '/beacon/v1/batch',
      '/api/s/track',
      '/api/s/s2s/page',
      '/sourceConfig/',
      '/v1/projects/x/settings',
      '/v1/m',
    ]) {
      const response = await fetch(url + path, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
      });
      expect(response.status, path).toBe(204);
      expect(response.headers.get('access-control-allow-origin')).toBe(origin);
      expect(response.headers.get('access-control-allow-credentials')).toBe('true');
      expect(response.headers.get('access-control-max-age')).toBe('7200');
      const allowed = response.headers.get('access-control-allow-headers') ?? '';
      for (const header of [
        'authorization',
        'content-type',
        'anonymousid',
        'sentat',
        'x-write-key',
        'x-retry-count',
        'x-ip-policy',
        'x-enable-debug',
        'x-api-key',
        'if-none-match',
      ]) {
        expect(allowed.split(', ')).toContain(header);
      }
    }
  });

  it('may read the answer, also that of a refusal, and beacons are not held back', async () => {
    const shop = await createWorkspace(deps);
    for (const headers of [basic(shop.writeKey), basic('wk_wrong')]) {
      const answer = await post('/v1/t', track(), { ...headers, origin });
      expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
      expect(answer.headers.get('vary')).toContain('Origin');
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    }
  });

  it('gets the settings that lead analytics-next back to us', async () => {
    const shop = await createWorkspace(deps);
    const response = await fetch(`${url}/v1/projects/${shop.writeKey}/settings`, { headers: { origin } });
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    expect(await response.json()).toMatchObject({
      integrations: { 'Segment.io': { apiKey: shop.writeKey, apiHost: `${new URL(url).host}/v1`, protocol: 'http' } },
      metrics: { sampleRate: 0 },
    });
    expect((await fetch(`${url}/v1/projects/wk_wrong/settings`)).status).toBe(404);
    const nowhere = { url: `/v1/projects/${shop.writeKey}/settings`, headers: { host: 'no host' } };
    expect((await door.app.inject(nowhere)).json()).toMatchObject({ status: 400, code: 'collect.bad_host' });
  });

  it('gets settings that name the public address when one is configured', async () => {
    const shop = await createWorkspace(deps);
    const { app, close } = await openTestApp(deps, {
      rooms: (rooms, { keys: { findWriteKey } }) =>
        registerReceiveRoutes(rooms, {
          clock: deps.clock,
          inbox,
          refusals,
          findWriteKey,
          publicUrl: 'https://cdp.shop.example',
        }),
    });
    const answer = await app.inject({ url: `/v1/projects/${shop.writeKey}/settings` });
    expect(answer.json().integrations['Segment.io']).toMatchObject({
      apiHost: 'cdp.shop.example/v1',
      protocol: 'https',
    });
    await close();
  });

  it('gets analytics.js and its parts from us, small when it can unpack them', async () => {
    const script = await fetch(`${url}/analytics.js/v1/wk_any/analytics.min.js`, { headers: { origin } });
    expect(script.headers.get('content-type')).toMatch(/^application\/javascript/);
    expect(script.headers.get('content-encoding')).toBe('gzip');
    expect(script.headers.get('vary')).toBe('Origin, Accept-Encoding');
    const text = await script.text();
    const plain = await fetch(`${url}/analytics.js/v1/wk_any/analytics.min.js`, {
      headers: { 'accept-encoding': 'identity' },
    });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toBe(text);
    expect((await fetch(`${url}/analytics-next/bundles/index.js`)).status).toBe(200);
    for (const name of ['nothing.js', '..%2f..%2fpackage.json', 'standalone.js.map']) {
      expect((await fetch(`${url}/analytics-next/bundles/${name}`)).status, name).toBe(404);
    }
  });

  it('gets the configuration RudderStack’s client starts with', async () => {
    const shop = await createWorkspace(deps);
    for (const path of [`/sourceConfig/?p=npm&writeKey=${shop.writeKey}`, `/sourceConfig?writeKey=${shop.writeKey}`]) {
      expect(await (await fetch(url + path)).json()).toMatchObject({
        source: { id: String(shop.sourceId), writeKey: shop.writeKey, enabled: true, destinations: [], dataplanes: {} },
      });
    }
    expect((await fetch(`${url}/sourceConfig/`, { headers: basic(shop.writeKey) })).status).toBe(200);
    expect((await fetch(`${url}/sourceConfig/`, { headers: basic('wk_wrong') })).status).toBe(401);
  });
});

describe('the description of the door', () => {
  it('shows the main paths with their bodies, and not every spelling of them', async () => {
    const { paths } = (await door.app.inject({ url: '/api/openapi.json' })).json();
    for (const path of ['/v1/track', '/v1/identify', '/v1/batch']) {
      expect(paths[path].post.requestBody.content, path).toBeDefined();
      expect(paths[path].post.security).toEqual([]);
    }
    expect(Object.keys(paths)).not.toContain('/v1/t');
  });
});

describe('when it cannot be kept', () => {
  it('because too much waits, the answer is 503 with Retry-After, also for a wrong key', async () => {
    const shop = await createWorkspace(deps);
    const full = await openInbox(deps, { limitEvents: 0 });
    const { app, close } = await openTestApp(deps, {
      rooms: (rooms, { keys }) =>
        registerReceiveRoutes(rooms, {
          inbox: full,
          refusals,
          clock: deps.clock,
          findWriteKey: keys.findWriteKey,
          publicUrl: null,
        }),
    });
    for (const key of [shop.writeKey, 'wk_wrong']) {
      const answer = await app.inject({ method: 'POST', url: '/v1/t', headers: basic(key), payload: track() });
      expect(answer.statusCode).toBe(503);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      expect(answer.json()).toMatchObject({ code: 'collect.backlog_full' });
    }
    expect(await rowsOf(shop)).toEqual([]);
    await close();
    await full.close();
  });

  it('because PostgreSQL is gone, the answer is 503, never 401, and the same request is accepted when it is back', async () => {
    const postgres = await openTestPostgres();
    const line = await openLine(postgres.url);
    const pg = await openPostgres({ url: line.url, dataDir: '', log: deps.log, maxConnections: 4 });
    const shop = await createWorkspace({ pg });
    const own = await openInbox({ pg, log: deps.log }, { limitEvents: 1_000 });
    const { app, close } = await openTestApp(
      { ...deps, pg, clock: deps.clock },
      {
        rooms: (rooms, { keys }) =>
          registerReceiveRoutes(rooms, {
            inbox: own,
            refusals,
            clock: deps.clock,
            findWriteKey: keys.findWriteKey,
            publicUrl: null,
          }),
      },
    );
    const send = () => app.inject({ method: 'POST', url: '/v1/t', headers: basic(shop.writeKey), payload: track() });
    await line.cut();
    const unknownNow = await send();
    expect(unknownNow.statusCode).toBe(503);
    expect(unknownNow.headers['retry-after']).toBeDefined();
    await line.mend();
    expect((await send()).statusCode).toBe(200);
    await line.cut();
    const known = await send();
    expect(known.statusCode).toBe(503);
    expect(known.json()).toMatchObject({ code: 'collect.inbox_unavailable' });
    await line.mend();
    expect((await send()).statusCode).toBe(200);
    expect(await pg.rows(listInbox, { workspace: shop.id })).toHaveLength(2);
    await close();
    await own.close();
    await pg.close();
    await line.cut();
    await postgres.close();
  });
});
