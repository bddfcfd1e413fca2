import { describe, expect, it } from 'vitest';
import { createWorkspace } from '../../../test/builders.ts';
import { basic, openDoor, useDoor } from '../../../test/door.ts';
import { useStores } from '../../../test/stores.ts';

const deps = useStores();
const door = useDoor(deps);
const track = (fields: object = {}) => ({ type: 'track', event: 'Product Viewed', anonymousId: 'a1', ...fields });

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
      const response = await fetch(door.url + path, {
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
      const answer = await door.post('/v1/t', track(), { ...headers, origin });
      expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
      expect(answer.headers.get('vary')).toContain('Origin');
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    }
  });

  it('gets the settings that lead analytics-next back to us', async () => {
    const shop = await createWorkspace(deps);
    const response = await fetch(`${door.url}/v1/projects/${shop.writeKey}/settings`, { headers: { origin } });
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    expect(await response.json()).toMatchObject({
      integrations: {
        'Segment.io': { apiKey: shop.writeKey, apiHost: `${new URL(door.url).host}/v1`, protocol: 'http' },
      },
      metrics: { sampleRate: 0 },
    });
    expect((await fetch(`${door.url}/v1/projects/wk_wrong/settings`)).status).toBe(404);
    const nowhere = { url: `/v1/projects/${shop.writeKey}/settings`, headers: { host: 'no host' } };
    expect((await door.app.inject(nowhere)).json()).toMatchObject({ status: 400, code: 'collect.bad_host' });
  });

  it('gets settings that name the public address when one is configured', async () => {
    const shop = await createWorkspace(deps);
    const named = await openDoor(deps, { publicUrl: 'https://cdp.shop.example' });
    const answer = await named.app.inject({ url: `/v1/projects/${shop.writeKey}/settings` });
    expect(answer.json().integrations['Segment.io']).toMatchObject({
      apiHost: 'cdp.shop.example/v1',
      protocol: 'https',
    });
    await named.close();
  });

  it('gets analytics.js and its parts from us, small when it can unpack them', async () => {
    const script = await fetch(`${door.url}/analytics.js/v1/wk_any/analytics.min.js`, { headers: { origin } });
    expect(script.headers.get('content-type')).toMatch(/^application\/javascript/);
    expect(script.headers.get('content-encoding')).toBe('gzip');
    expect(script.headers.get('vary')).toBe('Origin, Accept-Encoding');
    const text = await script.text();
    const plain = await fetch(`${door.url}/analytics.js/v1/wk_any/analytics.min.js`, {
      headers: { 'accept-encoding': 'identity' },
    });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toBe(text);
    expect((await fetch(`${door.url}/analytics-next/bundles/index.js`)).status).toBe(200);
    for (const name of ['nothing.js', '..%2f..%2fpackage.json', 'standalone.js.map']) {
      expect((await fetch(`${door.url}/analytics-next/bundles/${name}`)).status, name).toBe(404);
    }
  });

  it('gets the configuration RudderStack’s client starts with', async () => {
    const shop = await createWorkspace(deps);
    for (const path of [`/sourceConfig/?p=npm&writeKey=${shop.writeKey}`, `/sourceConfig?writeKey=${shop.writeKey}`]) {
      expect(await (await fetch(door.url + path)).json()).toMatchObject({
        source: { id: String(shop.sourceId), writeKey: shop.writeKey, enabled: true, destinations: [], dataplanes: {} },
      });
    }
    expect((await fetch(`${door.url}/sourceConfig/`, { headers: basic(shop.writeKey) })).status).toBe(200);
    expect((await fetch(`${door.url}/sourceConfig/`, { headers: basic('wk_wrong') })).status).toBe(401);
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
