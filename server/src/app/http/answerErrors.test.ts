import { connect } from 'node:net';
import { problemSchema } from '@vitrail/contracts';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { collectLog, useBareApps } from '../../../test/bareHttpApp.ts';
import type { HttpApp } from '../../platform/index.ts';

const open = useBareApps();

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
