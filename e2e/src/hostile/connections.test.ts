import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { poll } from '../../../server/test/poll.ts';
import { startServer, type TestServer, writeKey } from '../harness/startServer.ts';
import { basic, send, text } from './send.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.dispose());

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

async function open(): Promise<{ socket: Socket; heard(): string }> {
  const socket = connect(server.port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined);
  let heard = '';
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString();
  });
  await once(socket, 'connect');
  return { socket, heard: () => heard };
}

const head = (length: number): string =>
  `POST /v1/track HTTP/1.1\r\nhost: shop\r\nauthorization: ${basic(writeKey)}\r\ncontent-length: ${length}\r\n\r\n`;
const call = (userId: string): string => text({ event: 'Product Viewed', userId });

it('a body that comes byte by byte is taken, many on one connection', async () => {
  const { socket, heard } = await open();
  for (let round = 1; round <= 3; round++) {
    const body = call(`slow-${round}`);
    for (const piece of [head(body.length).slice(0, 30), head(body.length).slice(30), ...body]) {
      socket.write(piece);
      await sleep(1);
    }
    await poll('an answer', () => heard().split('HTTP/1.1 200').length - 1 === round);
  }
  await server.api.waitSettled();
  expect(await server.api.findProfile('user_id', 'slow-3')).not.toBeNull();
});

it('two requests sent without waiting are both answered and both kept', async () => {
  const { socket, heard } = await open();
  const [first, second] = [call('pipelined-1'), call('pipelined-2')];
  socket.write(head(first.length) + first + head(second.length) + second);
  await poll('two answers', () => heard().split('HTTP/1.1 200').length - 1 === 2);
  await server.api.waitSettled();
  expect(await server.api.findProfile('user_id', 'pipelined-2')).not.toBeNull();
});

it('a connection that breaks in the middle of a body leaves nothing behind', async () => {
  const before = await server.api.stats();
  const body = call('cut off');
  const { socket } = await open();
  socket.write(head(body.length) + body.slice(0, -1));
  await sleep(100);
  socket.resetAndDestroy();
  await sleep(300);
  await server.api.waitSettled();
  expect({ ...(await server.api.stats()), at: '' }).toEqual({ ...before, at: '' });
});

it('what is no HTTP is told so and disconnected', async () => {
  for (const noise of [
    '\x16\x03\x01\x02\x00',
    'GET\r\n\r\n',
    'POST /v1/track HTTP/1.1\r\ncontent-length: -5\r\n\r\n',
  ]) {
    const { socket, heard } = await open();
    socket.write(noise);
    await once(socket, 'close');
    expect(heard(), noise).toContain('400 Bad Request');
    expect(heard(), noise).toContain('"code":"http.bad_http"');
  }
  const { socket, heard } = await open();
  socket.write(`GET / HTTP/1.1\r\nhost: shop\r\nx-long: ${'x'.repeat(100_000)}\r\n\r\n`);
  await once(socket, 'close');
  expect(heard()).toContain('"code":"http.headers_too_large"');
});

it('a length and a coding that contradict each other are refused, so that nothing can hide in a request', async () => {
  const { socket, heard } = await open();
  socket.write(
    `POST /v1/track HTTP/1.1\r\nhost: shop\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /api/v1/stats HTTP/1.1\r\n\r\n`,
  );
  await once(socket, 'close');
  expect(heard().startsWith('HTTP/1.1 400')).toBe(true);
});

it('hundreds of clients that never finish their request keep nobody else waiting', async () => {
  for (let index = 0; index < 300; index++) {
    const { socket } = await open();
    socket.write(index % 2 === 0 ? 'POST /v1/track HTTP/1.1\r\nhost: shop\r\nx-' : `${head(1_000)}{"event":`);
  }
  const began = performance.now();
  for (let index = 0; index < 50; index++)
    expect((await send(server.url, '/v1/track', call(`patient-${index}`))).status).toBe(200);
  expect(performance.now() - began).toBeLessThan(15_000);
});
