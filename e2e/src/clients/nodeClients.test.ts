import { randomUUID } from 'node:crypto';
import { jitsuAnalytics } from '@jitsu/js';
import RudderAnalytics from '@rudderstack/rudder-sdk-node';
import { Analytics } from '@segment/analytics-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer, writeKey } from '../harness/startServer.ts';
import { callsOf, namesOf } from './callsOf.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.dispose());

const order = {
  order_id: 'O-1',
  total: 59.7,
  currency: 'EUR',
  products: [{ product_id: 'P-1', price: 19.9, quantity: 3 }],
};

describe('@segment/analytics-node', () => {
  it('delivers all six calls, with only its host changed', async () => {
    const userId = randomUUID();
    const anonymousId = randomUUID();
    const analytics = new Analytics({ writeKey, host: server.url });
    const start = Date.now() - 60_000;
    const at = (second: number) => new Date(start + second * 1_000);
    analytics.identify({
      userId,
      anonymousId,
      traits: { email: `${userId}@shop.example`, city: 'Lyon' },
      timestamp: at(1),
    });
    analytics.track({ userId, event: 'Order Completed', properties: order, timestamp: at(2) });
    analytics.page({ userId, name: 'Home', properties: { url: 'https://shop.example/' }, timestamp: at(3) });
    analytics.screen({ userId, name: 'Basket', timestamp: at(4) });
    analytics.group({ userId, groupId: 'acme', traits: { name: 'Acme' }, timestamp: at(5) });
    analytics.alias({ userId, previousId: anonymousId, timestamp: at(6) });
    await analytics.closeAndFlush();

    const calls = await callsOf(server, ['user_id', userId], 6);
    expect(namesOf(calls)).toEqual([
      ['identify', ''],
      ['track', 'Order Completed'],
      ['page', 'Home'],
      ['screen', 'Basket'],
      ['group', ''],
      ['alias', ''],
    ]);
    expect(calls[0]?.traits).toMatchObject({ city: 'Lyon' });
    expect(calls[1]).toMatchObject({ properties: order, messageId: expect.stringMatching(/^node-next-/) });
    expect(await callsOf(server, ['email', `${userId}@shop.example`], 6)).toEqual(calls);
  });

  it('is told that its key is wrong and does not try for ever', async () => {
    const analytics = new Analytics({ writeKey: 'wk_wrong', host: server.url, maxRetries: 3 });
    const statuses: (number | undefined)[] = [];
    analytics.on('http_response', (response) => statuses.push(response.status));
    const failed = new Promise((resolve) => analytics.on('error', resolve));
    analytics.track({ userId: 'u1', event: 'Order Completed' });
    await analytics.closeAndFlush();
    await failed;
    expect(new Set(statuses)).toEqual(new Set([401]));
  });
});

describe('@rudderstack/rudder-sdk-node', () => {
  it.each([
    ['gzipped, labelled as a form', true],
    ['as JSON', false],
  ])('delivers its calls %s, with only its data plane changed', async (_title, gzip) => {
    const userId = randomUUID();
    const analytics = new RudderAnalytics(writeKey, { dataPlaneUrl: server.url, gzip, logLevel: 'error' });
    const start = Date.now() - 60_000;
    const at = (second: number) => new Date(start + second * 1_000);
    analytics.identify({ userId, traits: { email: `${userId}@shop.example` }, timestamp: at(1) });
    analytics.track({ userId, event: 'Order Completed', properties: order, timestamp: at(2) });
    analytics.page({ userId, name: 'Home', timestamp: at(3) });
    analytics.screen({ userId, name: 'Basket', timestamp: at(4) });
    analytics.group({ userId, groupId: 'acme', traits: { name: 'Acme' }, timestamp: at(5) });
    analytics.alias({ userId, previousId: randomUUID(), timestamp: at(6) });
    await analytics.flush();

    const calls = await callsOf(server, ['user_id', userId], 6);
    expect(namesOf(calls)).toEqual([
      ['identify', ''],
      ['track', 'Order Completed'],
      ['page', 'Home'],
      ['screen', 'Basket'],
      ['group', ''],
      ['alias', ''],
    ]);
    expect(calls[1]?.properties).toMatchObject(order);
  });
});

describe('@jitsu/js on a server', () => {
  it('delivers its calls, with only its host changed', async () => {
    const userId = randomUUID();
    const failures: string[] = [];
    const analytics = jitsuAnalytics({
      host: server.url,
      writeKey: `${writeKey}:secret`,
      s2s: true,
      errorPolicy: (message: string) => failures.push(message),
    });
    await analytics.identify(userId, { email: `${userId}@shop.example` });
    await analytics.track('Order Completed', { userId, ...order });
    await analytics.page({ name: 'Home', url: 'https://shop.example/' });
    await analytics.group('acme', { name: 'Acme' });

    const calls = await callsOf(server, ['user_id', userId], 4);
    expect(failures).toEqual([]);
    expect(namesOf(calls)).toEqual([
      ['identify', ''],
      ['track', 'Order Completed'],
      ['page', 'Home'],
      ['group', ''],
    ]);
    expect(calls[0]?.traits).toMatchObject({ email: `${userId}@shop.example` });
    expect(calls[1]?.properties).toMatchObject(order);
  });
});

describe('a program that sends odd text', () => {
  it('finds it on the customer, but for what no store can hold', async () => {
    const userId = randomUUID();
    const properties = [
      '"__proto__":{"polluted":true}',
      '"constructor":{"prototype":{"polluted":true}}',
      '"nul":"a\\u0000b"',
      '"half":"\\ud83d"',
      '"whole":"\\ud83d\\ude00 😀"',
      '"text":"\\\\u0000"',
      '"huge":1e308',
    ].join(',');
    const response = await fetch(`${server.url}/v1/track`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}` },
      body: `{"event":"Odd","userId":"${userId}","properties":{${properties}}}`,
    });
    expect(response.status).toBe(200);
    const [call] = await callsOf(server, ['user_id', userId], 1);
    expect(call?.properties).toMatchObject({
      nul: 'ab',
      half: '\ufffd',
      whole: '😀 😀',
      text: '\\u0000',
      huge: 1e308,
    });
    // A name that is dangerous to copy comes out as an own property or not at all, never as what it means to JavaScript.
    expect(Object.getPrototypeOf(call?.properties)).toBe(Object.prototype);
    expect({}).not.toHaveProperty('polluted');
  });
});
