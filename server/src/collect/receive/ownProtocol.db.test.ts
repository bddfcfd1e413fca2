import { request as plainRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createWorkspace } from '../../../test/builders.ts';
import { useDoor } from '../../../test/door.ts';
import { useStores } from '../../../test/stores.ts';

const deps = useStores();
const door = useDoor(deps);
const event = (fields: object = {}) => ({ type: 'track', event: 'Product Viewed', anonymousId: 'a1', ...fields });
const text = { 'content-type': 'text/plain;charset=UTF-8' };
const keep = { value: 'a1.s4x2k1', domain: 'shop.example', seconds: 1_000 };
const page = { ...text, origin: 'https://www.shop.example' };

describe('the door of the browser SDK', () => {
  it.each(['/v1/e', '/e'])(
    'takes a batch of text at %s with the key inside, and keeps it byte for byte',
    async (path) => {
      const shop = await createWorkspace(deps);
      const body = JSON.stringify({
        writeKey: shop.writeKey,
        sentAt: '2026-11-22T10:00:00Z',
        batch: [event(), event()],
      });
      expect(await door.post(path, body, text)).toMatchObject({ status: 200, json: { success: true } });
      expect(await door.rows(shop)).toMatchObject([{ events: 2, payload: body, ip: '127.0.0.1' }]);
    },
  );

  it('answers a page of the site with the cookie of its visitor, and does not keep the request for it', async () => {
    const shop = await createWorkspace(deps);
    const body = { writeKey: shop.writeKey, keep, batch: [event()] };
    const answer = await door.post('/v1/e', body, page);
    expect(answer.headers.get('set-cookie')).toBe(
      'vt_id=a1.s4x2k1; Path=/; Max-Age=1000; SameSite=Lax; Domain=shop.example',
    );
    expect(answer.headers.get('access-control-allow-origin')).toBe(page.origin);
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true');
    const foreign = await door.post('/v1/e', body, { ...page, origin: 'https://evil.example' });
    expect([foreign.status, foreign.headers.get('set-cookie')]).toEqual([200, null]);
    for (const { payload } of await door.rows(shop)) expect(payload).not.toContain('keep');
  });

  it('writes no address down for audience measurement without consent', async () => {
    const shop = await createWorkspace(deps);
    const body = { writeKey: shop.writeKey, batch: [event({ context: { exempt: true } })] };
    expect((await door.post('/v1/e', body, text)).status).toBe(200);
    expect(await door.rows(shop)).toMatchObject([{ ip: null, events: 1 }]);
  });

  it.each([
    ['broken JSON', '{"batch":', 400, 'broken_json'],
    ['no list', JSON.stringify({ writeKey: 'wk_x', batch: {} }), 400, 'wrong_shape'],
    ['a wrong key', JSON.stringify({ writeKey: 'wk_wrong', batch: [event()] }), 401, 'unknown_key'],
  ])('refuses %s as the other doors do', async (_title, body, status, reason) => {
    expect((await door.post('/v1/e', body, text)).json).toMatchObject({ status, code: `collect.${reason}` });
  });
});

describe('a link to another domain of the shop', () => {
  const browser = { ...text, 'user-agent': 'Firefox', origin: 'https://outlet.example' };
  async function seal(writeKey: string) {
    const answer = await door.post('/v1/e/link', { writeKey, anonymousId: 'a1', to: 'outlet.example' }, browser);
    const { token, expiresIn } = Object(answer.json);
    expect([answer.status, expiresIn]).toEqual([200, 120]);
    return String(token);
  }
  const arrive = (writeKey: string, token: string, headers: Record<string, string> = browser) =>
    door.post('/v1/e/arrive', { writeKey, token }, headers);

  it('says who comes to the same browser on that domain, and to nobody else', async () => {
    const [shop, other] = [await createWorkspace(deps), await createWorkspace(deps)];
    const token = await seal(shop.writeKey);
    expect((await arrive(shop.writeKey, token)).json).toEqual({ anonymousId: 'a1' });
    const strangers = [
      arrive(shop.writeKey, token, { ...browser, 'user-agent': 'Chrome' }),
      arrive(shop.writeKey, token, { ...browser, origin: 'https://evil.example' }),
      arrive(shop.writeKey, token, { 'user-agent': 'Firefox' }),
      arrive(other.writeKey, token),
      arrive(shop.writeKey, 'a1'),
    ];
    for (const answer of await Promise.all(strangers)) expect(answer.json).toEqual({ anonymousId: null });
    expect((await arrive('wk_wrong', token)).status).toBe(401);
  });

  it.each(['', '[]', '{"writeKey":"k"}', JSON.stringify({ writeKey: 'k', token: 'x'.repeat(5_000) })])(
    'is not asked for with %s',
    async (body) => {
      expect((await door.post('/v1/e/arrive', body, browser)).status).toBe(400);
      expect((await door.post('/v1/e/link', body, browser)).status).toBe(400);
    },
  );
});

describe('the script of the browser SDK', () => {
  /** As sent: fetch would unpack it. */
  const get = (path: string, headers: Record<string, string>) =>
    new Promise<{ status: number | undefined; headers: Record<string, unknown>; bytes: number }>((resolve, reject) => {
      plainRequest(door.url + path, { headers }, (response) => {
        let bytes = 0;
        response.on('data', (part: Buffer) => {
          bytes += part.length;
        });
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, bytes }));
      })
        .on('error', reject)
        .end();
    });

  it('is small, cached, and open to every page', async () => {
    const origin = 'https://www.shop.example';
    const br = await get('/sdk/v1/vitrail.js', { 'accept-encoding': 'gzip, br', origin });
    expect(br.headers).toMatchObject({
      'content-type': 'application/javascript; charset=utf-8',
      'content-encoding': 'br',
      'access-control-allow-origin': origin,
      'cross-origin-resource-policy': 'cross-origin',
      vary: 'Origin, Accept-Encoding',
    });
    const gzip = await get('/sdk/v1/vitrail.js', { 'accept-encoding': 'gzip' });
    expect(gzip.bytes).toBeLessThan(10_000);
    const plain = await get('/sdk/v1/vitrail.js', {});
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.bytes).toBeGreaterThan(gzip.bytes);
    const etag = String(plain.headers.etag);
    expect(await get('/sdk/v1/vitrail.js', { 'if-none-match': etag })).toMatchObject({ status: 304, bytes: 0 });
    const fixed = await get(`/sdk/v1/vitrail.${etag.slice(1, 17)}.js`, {});
    expect(fixed.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    for (const name of ['vitrail.0000000000000000.js', 'index.js', '..%2fpackage.json'])
      expect((await get(`/sdk/v1/${name}`, {})).status, name).toBe(404);
  });
});
