import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createWorkspace } from '../../../test/builders.ts';
import { basic, useDoor } from '../../../test/door.ts';
import { useStores } from '../../../test/stores.ts';

const deps = useStores();
const door = useDoor(deps);
const track = (fields: object = {}) => ({ type: 'track', event: 'Product Viewed', anonymousId: 'a1', ...fields });

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
    const answer = await door.post(path, body, { 'user-agent': 'shop/1.0', 'content-type': 'text/plain' });
    expect(answer).toMatchObject({
      status: 200,
      json: path.startsWith('/api/s/') ? { ok: true, destinations: [] } : { success: true },
    });
    expect(await door.rows(shop)).toEqual([
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
      expect((await door.post(path, body, basic(shop.writeKey))).status).toBe(200);
      expect(await door.rows(shop)).toMatchObject([{ events: 2, type_hint: null, payload: JSON.stringify(body) }]);
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
      expect(
        (await door.post('/v1/t', track(), { ...basic(shop.writeKey), 'content-type': label })).status,
        label,
      ).toBe(200);
    }
    expect(await door.rows(shop)).toHaveLength(labels.length);
  });

  it('may be gzip labelled as a form, as RudderStack’s Node client sends it', async () => {
    const shop = await createWorkspace(deps);
    const body = gzipSync(JSON.stringify({ batch: [track()] }));
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-encoding': 'gzip' };
    expect((await door.post('/v1/batch', body, { ...basic(shop.writeKey), ...headers })).status).toBe(200);
    expect(await door.rows(shop)).toMatchObject([{ payload: JSON.stringify({ batch: [track()] }) }]);
  });

  it('finds its key in Basic, X-Write-Key, the query, the body or a bearer token', async () => {
    const shop = await createWorkspace(deps);
    const { writeKey } = shop;
    const answers = [
      await door.post('/v1/t', track(), basic(writeKey)),
      await door.post('/api/s/track', track(), { 'x-write-key': `${writeKey}:anything` }),
      await door.post(`/beacon/v1/batch?writeKey=${writeKey}`, { batch: [track()] }),
      await door.post('/v1/t', track({ writeKey })),
      await door.post('/v1/t', track(), { authorization: `Bearer ${writeKey}` }),
      await door.post('/v1/t', track({ writeKey }), { authorization: 'Bearer some.oauth.token' }),
      await door.post('/api/s/track', track({ writeKey: `${writeKey}:***` }), {
        'x-write-key': `${writeKey}:anything`,
      }),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(await door.rows(shop)).toHaveLength(answers.length);
  });

  it('is completed by RudderStack’s headers', async () => {
    const shop = await createWorkspace(deps);
    const headers = { anonymousid: Buffer.from('né-1').toString('base64'), sentat: '2026-11-21T10:00:00.000Z' };
    expect((await door.post('/v1/page', { type: 'page' }, { ...basic(shop.writeKey), ...headers })).status).toBe(200);
    const [row] = await door.rows(shop);
    expect(JSON.parse(row?.payload ?? '')).toEqual({ type: 'page', anonymousId: 'né-1', sentAt: headers.sentat });
  });

  it('keeps as much of the address as Jitsu’s policy allows', async () => {
    const shop = await createWorkspace(deps);
    for (const policy of ['keep', 'stripLastOctet', 'remove', 'unheard-of']) {
      await door.post('/api/s/page', { anonymousId: 'a1' }, { 'x-write-key': shop.writeKey, 'x-ip-policy': policy });
    }
    expect((await door.rows(shop)).map(({ ip }) => ip)).toEqual(['127.0.0.1', '127.0.0.0', null, null]);
  });

  it('comes out of the inbox as it went in, without what no store can hold', async () => {
    const shop = await createWorkspace(deps);
    const body =
      '{"type":"track","event":"é😀","userId":"u\\u00001","properties":{"__proto__":{"x":1},"a":"\\ud800","b":"\\\\u0000"},"n":1e308}';
    expect((await door.post('/v1/t', body, basic(shop.writeKey))).status).toBe(200);
    const [row] = await door.rows(shop);
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
    expect((await door.post('/v1/batch', { batch: [] }, basic(shop.writeKey))).json).toEqual({ success: true });
    expect(await door.rows(shop)).toEqual([]);
  });

  it('about the client itself is thanked for and thrown away', async () => {
    expect((await door.post('/v1/m', { series: [] })).json).toEqual({ success: true });
  });
});
