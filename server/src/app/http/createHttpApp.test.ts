import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { permissions, sessionRequestHeader } from '@vitrail/contracts';
import { describe, expect, test } from 'vitest';
import { collectLog, createBareApp, nobody, bareSettings as settings, useBareApps } from '../../../test/bareHttpApp.ts';
import type { Identified } from '../../govern/index.ts';
import { Fault, type HttpApp } from '../../platform/index.ts';
import { usualLimits } from './limits.ts';

const open = useBareApps();
const owner: Identified = {
  identity: {
    kind: 'person',
    person: { id: 'u1', name: 'Ada', email: 'ada@shop.example', twoFactor: false },
    memberships: [{ workspaceId: 1, role: 'owner' }],
  },
  byCookie: true,
  setCookies: ['renewed=1'],
};

describe('who may call', () => {
  test('a route that does not say who may call it fails the start', async () => {
    const rooms = (app: HttpApp): void => {
      app.get('/open', async () => 'x');
    };
    await expect(createBareApp({ rooms })).rejects.toThrow(/routes without config.access: GET \/open/);
  });

  const guarded = (app: HttpApp): void => {
    for (const access of [...permissions, 'signed-in'] as const)
      app.post(`/for/${access}`, { config: { access } }, async (request) => ({ by: request.principal?.id ?? null }));
  };

  test('nobody passes a route that is not public', async () => {
    const app = await open({ rooms: guarded });
    for (const access of [...permissions, 'signed-in'])
      expect((await app.inject({ method: 'POST', url: `/for/${access}` })).json()).toMatchObject({
        status: 401,
        code: 'govern.signed_out',
      });
  });

  test('a cookie changes nothing without proof that our own page asked', async () => {
    const app = await open({ rooms: guarded, identify: async () => owner });
    const post = (headers: Record<string, string>) =>
      app.inject({ method: 'POST', url: '/for/profiles.write', headers: { host: 'localhost', ...headers } });
    const header = { [sessionRequestHeader.name]: sessionRequestHeader.value };
    expect((await post({})).json().code).toBe('govern.cross_site');
    expect((await post(header)).json().code).toBe('govern.cross_site');
    expect((await post({ ...header, 'sec-fetch-site': 'cross-site' })).json().code).toBe('govern.cross_site');
    expect((await post({ ...header, origin: 'https://evil.example' })).json().code).toBe('govern.cross_site');
    expect((await post({ 'sec-fetch-site': 'same-origin' })).json().code).toBe('govern.header_missing');
    const passed = await post({ ...header, origin: 'http://localhost' });
    expect(passed.json()).toEqual({ by: 'u1' });
    expect(passed.headers['set-cookie']).toBe('renewed=1');
  });

  test('with a public URL only pages of that origin count as our own', async () => {
    const app = await open({
      rooms: guarded,
      identify: async () => owner,
      settings: { ...settings, publicUrl: 'https://cdp.shop.example' },
    });
    const post = (origin: string) =>
      app.inject({
        method: 'POST',
        url: '/for/profiles.write',
        headers: { host: 'localhost', origin, [sessionRequestHeader.name]: sessionRequestHeader.value },
      });
    expect((await post('http://localhost')).statusCode).toBe(403);
    expect((await post('https://cdp.shop.example')).statusCode).toBe(200);
  });
});

function signal(): { given: Promise<void>; give(): void } {
  let give = (): void => undefined;
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give };
}

describe('headers', () => {
  test('answers may load nothing and are kept from other sites unless public', async () => {
    const app = await open();
    const open200 = await app.inject('/health/live');
    expect(open200.headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'; sandbox");
    expect(open200.headers['cross-origin-resource-policy']).toBe('cross-origin');
    expect(open200.headers['x-content-type-options']).toBe('nosniff');
    expect(open200.headers['x-frame-options']).toBe('DENY');
    expect(open200.headers['x-powered-by']).toBeUndefined();
    expect(open200.headers['strict-transport-security']).toBeUndefined();
    const closed = await app.inject({ url: '/metrics', headers: { authorization: 'x' } });
    expect(closed.headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(closed.headers['cache-control']).toBe('no-store');
  });

  test('with an https public URL browsers are told to stay with https', async () => {
    const app = await open({ settings: { ...settings, publicUrl: 'https://cdp.shop.example' } });
    expect((await app.inject('/health/live')).headers['strict-transport-security']).toContain('max-age=31536000');
  });

  test('forwarded addresses count only from a configured proxy', async () => {
    const rooms = (app: HttpApp): void => {
      app.get('/ip', { config: { access: 'public' } }, async (request) => ({ ip: request.ip, host: request.host }));
    };
    const headers = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-host': 'evil.example', host: 'localhost' };
    const direct = await open({ rooms });
    expect((await direct.inject({ url: '/ip', headers })).json()).toEqual({ ip: '127.0.0.1', host: 'localhost' });
    for (const trustProxy of [true, 1, ['127.0.0.1']]) {
      const proxied = await open({ rooms, settings: { ...settings, trustProxy } });
      expect((await proxied.inject({ url: '/ip', headers })).json()).toEqual({
        ip: '203.0.113.9',
        host: 'evil.example',
      });
    }
    const elsewhere = await open({ rooms, settings: { ...settings, trustProxy: ['10.0.0.0/8'] } });
    expect((await elsewhere.inject({ url: '/ip', headers })).json()).toEqual({ ip: '127.0.0.1', host: 'localhost' });
  });
});

describe('limits', () => {
  test('too many requests are told when to come back', async () => {
    const app = await open({ settings: { ...settings, limits: { ...usualLimits, perTenSeconds: 2 } } });
    for (let i = 0; i < 2; i++) expect((await app.inject('/health/live')).statusCode).toBe(200);
    const refused = await app.inject('/health/live');
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.json()).toMatchObject({ code: 'http.too_many', status: 429 });
    expect((await app.inject({ url: '/health/live', remoteAddress: '203.0.113.9' })).statusCode).toBe(200);
  });

  test('each key has its own allowance at the admin API', async () => {
    const keyed = (keyId: number): Identified => ({
      ...nobody,
      identity: { kind: 'key', key: { keyId, workspaceId: 1, scopes: new Set(['profiles.read']) } },
    });
    const app = await open({
      settings: { ...settings, limits: { ...usualLimits, apiPerMinute: 1 } },
      identify: async (request) => keyed(Number(request.headers.authorization)),
      rooms: (rooms) => {
        rooms.get('/x', { config: { access: 'profiles.read' } }, async () => 'x');
      },
    });
    const get = async (authorization: string) =>
      (await app.inject({ url: '/x', headers: { authorization } })).statusCode;
    expect([await get('1'), await get('1'), await get('2')]).toEqual([200, 429, 200]);
  });
});

describe('health and metrics', () => {
  test('readiness names the parts that are missing', async () => {
    const app = await open({
      ready: [
        { name: 'postgres', check: async () => null },
        { name: 'clickhouse', check: async () => 'is starting' },
        { name: 'pipeline', check: async () => Promise.reject(new Error('secret')) },
        {
          name: 'jobs',
          check: async () => {
            throw new Fault('unavailable', 'platform.x', 'Jobs are away.');
          },
        },
      ],
    });
    const answer = await app.inject('/health/ready');
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.json()).toMatchObject({
      code: 'app.not_ready',
      detail: 'Not ready: clickhouse (is starting), pipeline (the check failed), jobs (Jobs are away.).',
      parts: [{ name: 'postgres', ready: true, reason: null }, { ready: false }, { ready: false }, { ready: false }],
    });
    expect((await (await open()).inject('/health/ready')).json()).toEqual({ status: 'ready', parts: [] });
  });

  test('metrics are open to this machine and closed to everybody else', async () => {
    const app = await open();
    await app.inject('/health/live');
    await app.inject('/nowhere?email=ada@shop.example');
    const local = await app.inject('/metrics');
    expect(local.statusCode).toBe(200);
    expect(local.headers['content-type']).toContain('text/plain');
    expect(local.body).toMatch(
      /vitrail_http_request_seconds_count\{method="GET",route="\/health\/live",status="200"\} 1/,
    );
    expect(local.body).toMatch(/route="none",status="404"\} 1/);
    expect(local.body).not.toContain('ada@');
    expect((await app.inject({ url: '/metrics', remoteAddress: '203.0.113.9' })).statusCode).toBe(401);
    const proxied = { url: '/metrics', headers: { 'x-forwarded-for': '203.0.113.9' } };
    expect((await app.inject(proxied)).statusCode).toBe(401);
  });
});

test('a slow request is logged by its pattern', async () => {
  const { log, lines } = collectLog();
  const app = await open({
    log,
    settings: { ...settings, slowMs: 0 },
    rooms: (rooms) => {
      rooms.get('/customers/:id', { config: { access: 'public' } }, async () => 'x');
    },
  });
  await app.inject('/customers/ada@shop.example?q=ada');
  expect(lines).toEqual([
    {
      level: 'warn',
      message: 'request was slow',
      fields: {
        method: 'GET',
        route: '/customers/:id',
        status: 200,
        ms: expect.any(Number),
        requestId: expect.any(String),
      },
    },
  ]);
});

test('while the server stops, newcomers are told to come back and the accepted are served', async () => {
  const [accepted, stopping, served] = [signal(), signal(), signal()];
  const app = await open({
    rooms: (rooms) => {
      rooms.get('/long', { config: { access: 'public' } }, async () => {
        accepted.give();
        await served.given;
        return 'done';
      });
      rooms.addHook('preClose', async () => {
        stopping.give();
        await served.given;
      });
    },
  });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const long = fetch(`${address}/long`);
  await accepted.given;
  const closed = app.close();
  await stopping.given;
  const late = await fetch(`${address}/health/live`);
  served.give();
  expect(late.status).toBe(503);
  expect(late.headers.get('retry-after')).toBe('5');
  expect(await late.json()).toMatchObject({ code: 'http.stopping' });
  expect(await (await long).text()).toBe('done');
  await closed;
});

test('silent connections do not hold up the stop, and an answer under way is finished first', async () => {
  const [accepted, served] = [signal(), signal()];
  const app = await open({
    rooms: (rooms) => {
      rooms.get('/long', { config: { access: 'public' } }, async () => {
        accepted.give();
        await served.given;
        return 'done';
      });
    },
  });
  const { port, origin } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  // One that a browser opened ahead of need, one that began a request, one kept alive after an answer.
  const unused = connect(Number(port), '127.0.0.1');
  const begun = connect(Number(port), '127.0.0.1', () => begun.write('POST /health/live HTTP/1.1\r\nhost: x\r\n'));
  const agent = new Agent({ keepAlive: true });
  await Promise.all([once(unused, 'connect'), once(begun, 'connect')]);
  const kept = await new Promise<IncomingMessage>((resolve) => {
    get(`${origin}/health/live`, { agent }, resolve);
  });
  kept.resume();
  await once(kept, 'end');
  const long = fetch(`${origin}/long`);
  await accepted.given;

  const started = performance.now();
  const closed = app.close();
  await Promise.all([once(unused, 'close'), once(begun, 'close')]);
  served.give();
  expect(await (await long).text()).toBe('done');
  await closed;
  expect(performance.now() - started).toBeLessThan(5_000);
  agent.destroy();
});
