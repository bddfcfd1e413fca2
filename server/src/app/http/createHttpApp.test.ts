import { connect } from 'node:net';
import { permissions, problemSchema, sessionRequestHeader } from '@vitrail/contracts';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Identified } from '../../govern/index.ts';
import { createMetrics, Fault, type HttpApp, type Log } from '../../platform/index.ts';
import { createHttpApp, type HttpAppParts } from './createHttpApp.ts';
import { usualLimits } from './limits.ts';

const opened: HttpApp[] = [];
afterEach(async () => {
  for (const app of opened.splice(0)) await app.close();
});

function collectLog(): { log: Log; lines: { level: string; fields: object; message: string }[] } {
  const lines: { level: string; fields: object; message: string }[] = [];
  const write = (level: string) => (fields: object, message: string) => {
    lines.push({ level, fields, message });
  };
  const log: Log = {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: () => log,
  };
  return { log, lines };
}

const nobody: Identified = { identity: null, byCookie: false, setCookies: [] };
const owner: Identified = {
  identity: {
    kind: 'person',
    person: { id: 'u1', name: 'Ada', email: 'ada@shop.example', twoFactor: false },
    memberships: [{ workspaceId: 1, role: 'owner' }],
  },
  byCookie: true,
  setCookies: ['renewed=1'],
};
const settings = {
  publicUrl: null,
  trustProxy: false,
  limits: usualLimits,
  bodyLimit: 1000,
  slowMs: 10_000,
  version: '1.2.3',
};

async function open(parts: Partial<HttpAppParts> = {}): Promise<HttpApp> {
  const app = await createHttpApp({
    log: collectLog().log,
    metrics: createMetrics(),
    settings,
    identify: async () => nobody,
    ready: [],
    rooms: () => undefined,
    ...parts,
  });
  opened.push(app);
  return app;
}

const echo = (app: HttpApp): void => {
  app.post(
    '/api/v1/echo/:id',
    {
      config: { access: 'public' },
      schema: {
        params: z.object({ id: z.coerce.number().int() }),
        querystring: z.object({ page: z.enum(['a', 'b']).optional() }),
        body: z.object({ name: z.string().min(1), lines: z.array(z.object({ count: z.int() })) }),
      },
    },
    async (request) => request.body,
  );
};

describe('errors', () => {
  const good = { name: 'x', lines: [] };
  const cases: [string, object, number, string][] = [
    ['an unknown address', { method: 'GET', url: '/nowhere' }, 404, 'http.no_such_route'],
    ['an unknown method', { method: 'PUT', url: '/api/v1/echo/1' }, 404, 'http.no_such_route'],
    ['an unreadable address', { method: 'GET', url: '/api/%E0%A4%A' }, 400, 'http.bad_url'],
    ['broken JSON', { payload: '{"name":', headers: { 'content-type': 'application/json' } }, 400, 'http.bad_json'],
    ['an empty body', { payload: '', headers: { 'content-type': 'application/json' } }, 400, 'http.bad_json'],
    ['a foreign type', { payload: '<a/>', headers: { 'content-type': 'text/xml' } }, 415, 'http.bad_content_type'],
    ['too large a body', { payload: { name: 'x'.repeat(2000), lines: [] } }, 413, 'http.body_too_large'],
    [
      '__proto__ in a body',
      { payload: '{"__proto__":{"a":1},"name":"x","lines":[]}', headers: { 'content-type': 'application/json' } },
      400,
      'http.bad_json',
    ],
    ['a wrong body', { payload: { name: '', lines: [{ count: 1.5 }] } }, 400, 'http.invalid_request'],
    ['a wrong parameter', { url: '/api/v1/echo/one', payload: good }, 400, 'http.invalid_request'],
    ['a wrong query', { url: '/api/v1/echo/1?page=c', payload: good }, 400, 'http.invalid_request'],
  ];
  test.each(cases)('%s is answered with a problem', async (_, request, status, code) => {
    const app = await open({ rooms: echo });
    const answer = await app.inject({ method: 'POST', url: '/api/v1/echo/1', ...request });
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(problemSchema.parse(answer.json())).toMatchObject({ status, code });
    expect(answer.statusCode).toBe(status);
    expect(answer.json().requestId).toBe(answer.headers['x-request-id'] ?? answer.json().requestId);
  });

  test('a wrong body names each field and what is wrong with it, without repeating the value', async () => {
    const app = await open({ rooms: echo });
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/echo/1',
      payload: { name: 5, lines: [{ count: 1 }, { count: 'ada@shop.example' }] },
    });
    expect(answer.json().errors).toEqual([
      { in: 'body', field: '/name', problem: expect.stringContaining('string') },
      { in: 'body', field: '/lines/1/count', problem: expect.any(String) },
    ]);
    expect(answer.json().detail).toContain('body/lines/1/count');
    expect(answer.body).not.toContain('ada@');
  });

  test('an unforeseen error hides itself from the caller and is logged with its place', async () => {
    const { log, lines } = collectLog();
    const app = await open({
      log,
      rooms: (rooms) => {
        rooms.get('/boom', { config: { access: 'public' } }, async () => {
          throw new Error('connection string postgres://secret');
        });
      },
    });
    const answer = await app.inject({ url: '/boom?email=ada@shop.example' });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('secret');
    expect(lines.map((line) => [line.level, line.message])).toEqual([
      ['error', 'unforeseen error in a request'],
      ['warn', 'request failed'],
    ]);
    expect(lines[1]?.fields).toMatchObject({ route: '/boom', status: 500, requestId: answer.json().requestId });
    expect(JSON.stringify(lines)).not.toContain('ada@');
  });

  test('an answer that does not fit its schema is our mistake, not the caller’s', async () => {
    const app = await open({
      rooms: (rooms) => {
        rooms.get(
          '/odd',
          { config: { access: 'public' }, schema: { response: { 200: z.object({ at: z.iso.datetime() }) } } },
          async () => ({ at: 'not a date' }),
        );
      },
    });
    expect((await app.inject('/odd')).json()).toMatchObject({ status: 500, code: 'http.internal' });
  });

  test('bytes that are not HTTP get a problem and a closed connection', async () => {
    const app = await open();
    await app.listen({ host: '127.0.0.1', port: 0 });
    const address = app.server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    const text = await new Promise<string>((resolve, reject) => {
      let received = '';
      const socket = connect(address.port, '127.0.0.1', () => socket.write('HELLO\r\n\r\n'));
      socket.on('data', (chunk) => {
        received += chunk.toString();
      });
      socket.on('end', () => resolve(received));
      socket.on('error', reject);
    });
    expect(text).toContain('HTTP/1.1 400 Bad Request');
    expect(text).toContain('"code":"http.bad_http"');
  });
});

describe('who may call', () => {
  test('a route that does not say who may call it fails the start', async () => {
    const rooms = (app: HttpApp): void => {
      app.get('/open', async () => 'x');
    };
    await expect(createHttpApp({ ...parts(), rooms })).rejects.toThrow(/routes without config.access: GET \/open/);
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

function parts(): HttpAppParts {
  return {
    log: collectLog().log,
    metrics: createMetrics(),
    settings,
    identify: async () => nobody,
    ready: [],
    rooms: () => undefined,
  };
}

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
    const app = await open({ settings: { ...settings, limits: { ...usualLimits, publicPerTenSeconds: 2 } } });
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
