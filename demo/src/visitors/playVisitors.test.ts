import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { accountIdOf } from '../people/accountId.ts';
import { buildPopulation } from '../people/population.ts';
import { playVisitors, type VisitorsReport } from './playVisitors.ts';

interface Received {
  readonly path: string;
  readonly authorization: string;
  readonly userAgent: string;
  readonly body: Record<string, unknown> & {
    anonymousId: string;
    userId: string | null;
    type: string;
    event?: string;
    messageId: string;
    timestamp: string;
    sentAt: string;
  };
}

let server: Server | undefined;
let control: AbortController;

/** Stands for the collector: keeps what it gets, answers as told. */
async function collect(status: (count: number) => number, port = 0): Promise<{ received: Received[]; url: string }> {
  const received: Received[] = [];
  let count = 0;
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (part) => (text += part));
    request.on('end', () => {
      const code = status(count++);
      if (code === 200) {
        received.push({
          path: request.url ?? '',
          authorization: request.headers.authorization ?? '',
          userAgent: request.headers['user-agent'] ?? '',
          body: JSON.parse(text),
        });
      }
      response.writeHead(code).end('{"success":true}');
    });
  });
  await new Promise<void>((done) => server?.listen(port, '127.0.0.1', done));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { received, url: `http://127.0.0.1:${address.port}` };
}

function play(
  apiHost: string,
  more: { onChange?: (state: string) => void; ratePerSecond?: number } = {},
): Promise<VisitorsReport> {
  control = new AbortController();
  return playVisitors({
    apiHost,
    writeKey: 'wk',
    seed: 20,
    customers: 300,
    ratePerSecond: 400,
    signal: control.signal,
    ...more,
  });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((done) => setTimeout(done, 10));
}

afterEach(async () => {
  control.abort();
  server?.closeAllConnections();
  await new Promise((done) => (server?.listening ? server.close(done) : done(null)));
});

describe('playVisitors', () => {
  it('sends believable visits of strangers, customers and newcomers as a browser would', async () => {
    const { received, url } = await collect(() => 200);
    const playing = play(url);
    await until(() => received.length >= 1200);
    control.abort();
    const report = await playing;
    expect(report.sent).toBeGreaterThanOrEqual(1199);
    expect(report.refused).toBe(0);
    const paths = new Set(received.map(({ path }) => path));
    expect(paths).toEqual(new Set(['/v1/p', '/v1/t', '/v1/i']));
    for (const { authorization, userAgent, body } of received) {
      expect(authorization).toBe(`Basic ${Buffer.from('wk:').toString('base64')}`);
      expect(userAgent).toMatch(/^Mozilla/);
      expect(body.writeKey).toBe('wk');
      expect(body).not.toHaveProperty('receivedAt');
      expect(body).not.toHaveProperty('originalTimestamp');
      expect(Date.parse(body.sentAt)).toBeGreaterThanOrEqual(Date.parse(body.timestamp));
    }
    expect(new Set(received.map(({ body }) => body.messageId)).size).toBe(received.length);
    const events = new Set(received.map(({ body }) => body.event));
    for (const event of [
      'Product Viewed',
      'Product List Viewed',
      'Products Searched',
      'Product Added',
      'Order Completed',
    ])
      expect(events).toContain(event);
    const population = buildPopulation(20, 300);
    const customers = new Set(Array.from({ length: 300 }, (_, index) => accountIdOf(population.person(index).email)));
    expect(received.some(({ body }) => body.userId !== null && customers.has(body.userId))).toBe(true);
    expect(new Set(received.map(({ body }) => body.anonymousId)).size).toBeGreaterThan(40);
  }, 30_000);

  it('keeps to its pace', async () => {
    const { received, url } = await collect(() => 200);
    const playing = play(url, { ratePerSecond: 20 });
    await until(() => received.length > 0);
    const started = performance.now();
    const before = received.length;
    await until(() => received.length >= before + 40);
    const rate = 40 / ((performance.now() - started) / 1000);
    control.abort();
    await playing;
    expect(rate).toBeLessThan(45);
  }, 30_000);

  it('stops at once at the signal, also while it waits for a collector that is away', async () => {
    const changes: string[] = [];
    const playing = play('http://127.0.0.1:9', { onChange: (state) => changes.push(state) });
    await until(() => changes.length > 0);
    const asked = performance.now();
    control.abort();
    const report = await playing;
    expect(performance.now() - asked).toBeLessThan(200);
    expect(report).toEqual({ sent: 0, refused: 0 });
    expect(changes).toEqual(['away']);
  }, 30_000);

  it('survives a collector that is busy, tries the same call again and says when it is back', async () => {
    const changes: string[] = [];
    const { received, url } = await collect((count) => (count > 4 && count < 7 ? 503 : 200));
    const playing = play(url, { onChange: (state) => changes.push(state) });
    await until(() => received.length >= 20);
    control.abort();
    const report = await playing;
    expect(report.refused).toBe(0);
    expect(changes).toEqual(['away', 'back']);
    expect(new Set(received.map(({ body }) => body.messageId)).size).toBe(received.length);
  }, 30_000);

  it('counts what the collector refuses for good and goes on', async () => {
    const { received, url } = await collect((count) => (count % 2 === 0 ? 400 : 200));
    const playing = play(url);
    await until(() => received.length >= 10);
    control.abort();
    expect((await playing).refused).toBeGreaterThanOrEqual(9);
  }, 30_000);
});
