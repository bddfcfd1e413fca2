import { randomUUID } from 'node:crypto';
import { sourcePageSchema, sourceSnippetsSchema } from '@vitrail/contracts';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startServer, type TestServer, writeKey } from '../harness/startServer.ts';
import { openBrowser } from '../storefront/browser.ts';
import { callsOf, namesOf } from './callsOf.ts';
import { openShopSite, type ShopSite } from './shopSite.ts';
import { openVisitor, type Visitor } from './visitor.ts';

let server: TestServer;
let shop: ShopSite;
let browser: Browser;
let visitor: Visitor;

beforeAll(async () => {
  [server, shop, browser] = await Promise.all([startServer(), openShopSite(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await shop?.close();
  await server?.dispose();
});
beforeEach(async () => {
  visitor = await openVisitor(browser, [server.url, shop.url]);
});
afterEach(() => visitor.leave());

const order = { order_id: 'O-1', total: 59.7, currency: 'EUR', products: [{ product_id: 'P-1', price: 19.9 }] };
/** Everything the page asked for went to the shop or to us, and nothing failed. */
function expectPeace(): void {
  expect(visitor.strangers).toEqual([]);
  expect(visitor.troubles).toEqual([]);
}

/** Opens a page that runs `script`, which leaves a client at `window.client`. */
async function open(path: string, html: string): Promise<void> {
  const { pathname } = new URL(path, shop.url);
  shop.show(pathname, html);
  await visitor.page.goto(shop.url + path);
  await visitor.page.waitForFunction('window.client !== undefined');
}
const run = (script: string): Promise<unknown> => visitor.page.evaluate(`(async () => { ${script} })()`);
/** The calls of a visit: anonymous first, then known. */
const visit = (userId: string): string => `
  const pause = () => new Promise((resolve) => setTimeout(resolve, 30));
  await client.page('Accueil', {}); await pause();
  await client.identify('${userId}', { email: '${userId}@shop.example' }); await pause();
  await client.track('Order Completed', ${JSON.stringify(order)}); await pause();
  await client.group('acme', { name: 'Acme' });`;
const visited = [
  ['page', 'Accueil'],
  ['identify', ''],
  ['track', 'Order Completed'],
  ['group', ''],
];

describe('@segment/analytics-next in a page', () => {
  const load = (options = '{}') => `<script src="/segment/index.js"></script><script>
    window.client = AnalyticsNext.AnalyticsBrowser.load({ writeKey: '${writeKey}', cdnURL: '${server.url}' }, ${options});
  </script>`;

  it('delivers a visit, with only cdnURL changed', async () => {
    const userId = randomUUID();
    await open('/segment?utm_source=letter&utm_campaign=autumn', load());
    await run(`${visit(userId)} await client.screen('Panier'); await client.alias('${userId}-2', '${userId}');`);
    const calls = await callsOf(server, ['user_id', userId], 5);
    expect(namesOf(calls).slice(0, 5)).toEqual([...visited, ['screen', 'Panier']]);
    expect(calls[2]).toMatchObject({ properties: order, messageId: expect.stringMatching(/^ajs-next-/) });
    expect(calls[0]?.context).toMatchObject({
      campaign: { source: 'letter', name: 'autumn' },
      page: { path: '/segment', title: 'Boutique' },
      library: { name: 'analytics.js' },
    });
    expectPeace();
  });

  it('delivers in batches when told so', async () => {
    const userId = randomUUID();
    const strategy = { strategy: 'batching', config: { size: 3, timeout: 200 } };
    await open('/batching', load(JSON.stringify({ integrations: { 'Segment.io': { deliveryStrategy: strategy } } })));
    const batch = visitor.page.waitForRequest((request) => request.url() === `${server.url}/v1/b`);
    await run(visit(userId));
    await batch;
    expect(namesOf(await callsOf(server, ['user_id', userId], 4))).toEqual(visited);
    expectPeace();
  });
});

describe('the snippet of the sources page', () => {
  async function snippet(): Promise<string> {
    const [source] = (await server.api.get('/api/v1/sources', sourcePageSchema)).items;
    const { snippets } = await server.api.get(`/api/v1/sources/${source?.id}/snippets`, sourceSnippetsSchema);
    return snippets.find(({ id }) => id === 'html')?.code ?? '';
  }

  it('works as it stands, loads nothing from anywhere else, and keeps what was called before it loaded', async () => {
    const userId = randomUUID();
    await open(
      '/snippet',
      `${await snippet()}<script>analytics.identify('${userId}', { city: 'Lyon' }); window.client = analytics;</script>`,
    );
    await run(`window.analytics.track('Product Viewed', { product_id: 'P-1' });`);
    const calls = await callsOf(server, ['user_id', userId], 3);
    expect(namesOf(calls).sort()).toEqual([
      ['identify', ''],
      ['page', ''],
      ['track', 'Product Viewed'],
    ]);
    expectPeace();
  });

  it('knows who comes from a letter by ajs_uid', async () => {
    const userId = randomUUID();
    await open(
      `/letter?ajs_uid=${userId}&ajs_event=Letter%20Clicked`,
      `${await snippet()}<script>window.client = 1;</script>`,
    );
    const calls = await callsOf(server, ['user_id', userId], 3);
    expect(namesOf(calls).sort()).toEqual([
      ['identify', ''],
      ['page', ''],
      ['track', 'Letter Clicked'],
    ]);
    expectPeace();
  });
});

describe('@rudderstack/analytics-js in a page', () => {
  const load = (options = '') => `<script type="module">
    import { RudderAnalytics } from '/rudder/index.mjs';
    const client = new RudderAnalytics();
    client.load('${writeKey}', '${server.url}', { configUrl: '${server.url}', logLevel: 'ERROR', ${options} });
    client.ready(() => { window.client = client; });
  </script>`;

  it.each([
    ['one by one', '', '/v1/track'],
    ['in batches', 'queueOptions: { batch: { enabled: true, maxItems: 4, flushInterval: 300 } },', '/v1/batch'],
    ['by beacon', 'useBeacon: true, beaconQueueOptions: { maxItems: 4, flushQueueInterval: 300 },', '/beacon/v1/batch'],
  ])('delivers a visit %s, with only its hosts changed', async (title, options, path) => {
    const userId = randomUUID();
    await open(`/rudder-${title.replaceAll(' ', '-')}`, load(options));
    const request = visitor.page.waitForRequest((sent) => new URL(sent.url()).pathname === path);
    await run(visit(userId));
    await request;
    const calls = await callsOf(server, ['user_id', userId], 4);
    expect(namesOf(calls)).toEqual(visited);
    expect(calls[2]?.properties).toMatchObject(order);
    expectPeace();
  });
});

describe('@jitsu/js in a page', () => {
  it('delivers a visit, with only its host changed', async () => {
    const userId = randomUUID();
    await open(
      '/jitsu',
      `<script type="module">
        import { jitsuAnalytics } from '/jitsu/jitsu.es.js';
        window.client = jitsuAnalytics({ host: '${server.url}', writeKey: '${writeKey}:secret' });
      </script>`,
    );
    await run(visit(userId));
    const calls = await callsOf(server, ['user_id', userId], 4);
    expect(namesOf(calls)).toEqual(visited);
    expect(calls[2]?.properties).toMatchObject(order);
    expectPeace();
  });
});
