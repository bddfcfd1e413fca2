import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sourcePageSchema, sourceSnippetsSchema } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { poll } from '../../../server/test/poll.ts';
import { callsOf, namesOf } from './callsOf.ts';
import { names, useShopPages } from './shopPages.ts';

const shop = useShopPages();
const { at, door, open, run, arrived } = shop;
const posts = () => shop.front.taken.filter(({ method }) => method === 'POST');

describe('a visit', () => {
  it('reaches the customer whole, without asking first whether it may come', async () => {
    const userId = randomUUID();
    await open('www.shop.test', {}, '/?utm_source=letter&utm_campaign=autumn');
    await run(`
      vitrail.page('Accueil'); vitrail.identify('${userId}', { email: '${userId}@shop.example' });
      vitrail.track('Order Completed', { order_id: 'O-1', total: 59.7, currency: 'EUR' });
      vitrail.group('acme', { name: 'Acme' });`);
    const calls = await callsOf(shop.server, ['user_id', userId], 4);
    expect(namesOf(calls)).toEqual([
      ['page', 'Accueil'],
      ['identify', ''],
      ['track', 'Order Completed'],
      ['group', ''],
    ]);
    expect(calls[2]).toMatchObject({ properties: { total: 59.7 } });
    expect(calls[0]?.context).toMatchObject({
      campaign: { source: 'letter', name: 'autumn' },
      page: { path: '/', title: 'Boutique' },
      library: { name: '@vitrail/browser' },
      sessionStart: true,
    });
    expect(new Set(calls.map((call) => Object(call.context).sessionId)).size).toBe(1);
    expect(shop.front.taken.filter(({ method }) => method === 'OPTIONS')).toEqual([]);
    expect(new Set(posts().map(({ headers }) => headers['content-type']))).toEqual(
      new Set(['text/plain;charset=UTF-8']),
    );
    expect(shop.troubles).toEqual([]);
  });

  it('works by the snippet of the sources page as it stands, once the visitor agrees', async () => {
    const [source] = (await shop.server.api.get('/api/v1/sources', sourcePageSchema)).items;
    const { snippets } = await shop.server.api.get(`/api/v1/sources/${source?.id}/snippets`, sourceSnippetsSchema);
    const code = snippets[0]?.id === 'vitrail' ? snippets[0].code : '';
    const userId = randomUUID();
    shop.front.show(
      '/',
      `${code}<script>vitrail.identify('${userId}'); vitrail.ready(() => { window.started = true; });</script>`,
    );
    await shop.page.goto(at('www.shop.test'));
    await shop.page.waitForFunction('window.started === true');
    await run(`vitrail.consent({ analytics: true }); vitrail.track('Product Viewed', { product_id: 'P-1' });`);
    const calls = await callsOf(shop.server, ['user_id', userId], 4);
    expect(
      namesOf(calls)
        .map(([type]) => type)
        .sort(),
    ).toEqual(['identify', 'page', 'track', 'track']);
    expect(shop.troubles).toEqual([]);
  });

  it('runs under a strict policy with a nonce', async () => {
    const [source] = (await shop.server.api.get('/api/v1/sources', sourcePageSchema)).items;
    const { snippets } = await shop.server.api.get(`/api/v1/sources/${source?.id}/snippets`, sourceSnippetsSchema);
    const code = (snippets[0]?.code ?? '')
      .replace('<script>', '<script nonce="abc123">')
      .replaceAll(shop.server.url, door());
    shop.front.show(
      '/',
      `${code}<script nonce="abc123">vitrail.consent({ analytics: true });</script>`,
      `default-src 'none'; script-src 'nonce-abc123' 'strict-dynamic'; connect-src ${door()}`,
    );
    await shop.page.goto(at('www.shop.test'));
    expect(names(await arrived(2)).sort()).toEqual(['Segment Consent Preference Updated', 'page']);
    expect(shop.troubles).toEqual([]);
  });

  it('goes through a path of the shop’s own, and keeps its id in a cookie of the server', async () => {
    await open('www.shop.test', { host: at('www.shop.test', '/lumiere') });
    await run(`vitrail.track('A');`);
    const [event] = await arrived(1);
    expect(posts()[0]?.headers.host).toContain('www.shop.test');
    const cookie = (await shop.context.cookies()).find(({ name }) => name === 'vt_id');
    expect(cookie?.value.startsWith(`${event?.anonymousId}.`)).toBe(true);
  });

  it('follows an application that changes its address without a page', async () => {
    await open('www.shop.test', { options: "consent: 'not-required', pages: true" });
    await run(`history.pushState({}, '', '/robes'); document.title = 'Robes';`);
    await arrived(2);
    await run(`history.back()`);
    const events = await arrived(3);
    expect(events.map(({ context: { page: seen } }) => Object(seen).path)).toEqual(['/', '/robes', '/']);
    expect(events[1]?.context.page).toMatchObject({ title: 'Robes', referrer: at('www.shop.test', '/') });
  });

  it('begins a session with each campaign, and keeps the first and the last of them', async () => {
    await open('www.shop.test', {}, '/?utm_source=google&gclid=G-1');
    await run(`vitrail.page()`);
    await arrived(1);
    await shop.page.goto(at('www.shop.test', '/?utm_source=letter'));
    await run(`vitrail.page(); vitrail.track('A');`);
    const [first, second, third] = await arrived(3);
    expect(first?.context.sessionId).not.toBe(second?.context.sessionId);
    expect(second?.context.sessionId).toBe(third?.context.sessionId);
    expect(third?.context).toMatchObject({
      campaign: { source: 'letter' },
      touches: {
        first: { campaign: { source: 'google' }, clickIds: { gclid: 'G-1' } },
        last: { campaign: { source: 'letter' } },
      },
    });
  });
});

describe('what must arrive', () => {
  it('arrives when the page is left at once: 20 of 20, ten times', async () => {
    await open('localhost', { host: at('localhost') });
    shop.front.show('/next', '');
    for (let round = 1; round <= 10; round++) {
      await shop.page.goto(at('localhost'));
      await run(
        `for (let i = 0; i < 20; i++) vitrail.track('Burst', { i, round: ${round} }); location.href = '/next';`,
      );
      await shop.page.waitForURL('**/next');
      const burst = () => shop.front.events().filter(({ properties }) => properties?.round === round);
      await poll(`round ${round}`, () => new Set(burst().map(({ messageId }) => messageId)).size === 20, {
        timeoutMs: 10_000,
      });
    }
  }, 120_000);

  it('arrives within five seconds of the next page, without a new event, when the server failed meanwhile', async () => {
    await open('localhost', { host: at('localhost') });
    await run(`vitrail.flush()`);
    shop.front.fail(true);
    await run(`for (let i = 0; i < 3; i++) vitrail.track('Kept', { i });`);
    await sleep(4_500);
    expect(shop.front.events()).toEqual([]);
    shop.front.fail(false);
    await shop.page.reload();
    const began = Date.now();
    // A page that is left cannot know what came of its last attempt: the next one may repeat it, under the same ids.
    const kept = await poll(
      'three events',
      () => {
        const events = new Map(shop.front.events().map((event) => [event.messageId, event]));
        return events.size >= 3 ? [...events.values()] : null;
      },
      { timeoutMs: 20_000, everyMs: 20 },
    );
    expect(names(kept)).toEqual(['Kept', 'Kept', 'Kept']);
    expect(Date.now() - began).toBeLessThan(5_000);
  });

  it('arrives once the browser is on line again', async () => {
    await open('localhost', { host: at('localhost') });
    await shop.context.setOffline(true);
    await run(`vitrail.track('Offline')`);
    await sleep(1_000);
    expect(shop.front.events()).toEqual([]);
    await shop.context.setOffline(false);
    expect(names(await arrived(1))).toEqual(['Offline']);
  });

  it.each(['localhost', 'www.shop.test'])('is sent once by two tabs of %s', async (host) => {
    await open(host, { host: at(host) });
    const other = await shop.context.newPage();
    await other.goto(at(host));
    for (let round = 0; round < 5; round++) {
      const burst = `for (let i = 0; i < 4; i++) vitrail.track('Tab', { i });`;
      await Promise.all([run(burst), run(burst, other)]);
      await sleep(150);
    }
    const events = await arrived(40);
    await sleep(1_500);
    const ids = shop.front.events().map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(40);
    expect(ids).toHaveLength(40);
    expect(new Set(events.map(({ anonymousId }) => anonymousId)).size).toBe(1);
  });

  it('arrives where storage is forbidden', async () => {
    const deny = `<script>
      for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } });
      Object.defineProperty(document, 'cookie', { get() { throw new DOMException('denied', 'SecurityError'); },
        set() { throw new DOMException('denied', 'SecurityError'); } });
      navigator.locks.request = () => Promise.reject(new DOMException('denied', 'SecurityError'));
    </script>`;
    await open('localhost', { host: at('localhost'), before: deny });
    await run(`vitrail.page(); vitrail.track('A'); vitrail.consent({ analytics: true });`);
    const events = await arrived(3);
    expect(new Set(events.map(({ anonymousId }) => anonymousId)).size).toBe(1);
    expect(shop.troubles).toEqual([]);
  });

  it('never breaks the shop, whatever it is given', async () => {
    await open('www.shop.test', {
      before: `<script>window.vitrail = []; vitrail.on = function () { vitrail.push(['on'].concat([].slice.call(arguments))); };
        vitrail.on('track', function () { throw new Error('a listener of the shop'); });</script>`,
    });
    await run(`
      const loop = {}; loop.self = loop; vitrail.track('Loop', loop);
      vitrail.track(); vitrail.track(''); vitrail.track(null, 7); vitrail.identify(undefined); vitrail.consent(null);
      vitrail.track('Huge', { text: 'x'.repeat(40000) }); vitrail.track('Function', { f() {}, date: new Date(0) });
      await new Promise((done) => vitrail.track('Last', {}, {}, done));`);
    await arrived(3);
    const sent = shop.front.events().filter(({ type }) => type === 'track');
    expect(names(sent)).toEqual(['Function', 'Last']);
    expect(sent[0]?.properties).toEqual({ date: '1970-01-01T00:00:00.000Z' });
    expect(posts()[0]?.status).toBe(200);
    expect(shop.troubles).toEqual([]);
  });
});

describe('the reference', () => {
  const file = fileURLToPath(new URL('../../../docs/reference/sdk.md', import.meta.url));
  const examples = [...readFileSync(file, 'utf8').matchAll(/```js\n([^`]+)```/g)].map(([, code = '']) => code);

  it.each(examples)('has an example that runs: %s', async (code) => {
    // In a page without the shop's own `load`: the example may have it.
    shop.front.show('/', `<script src="${door()}/sdk/v1/vitrail.js"></script>`);
    await shop.page.goto(at('www.shop.test'));
    await run(`window.mistakes = []; vitrail.on('error', (error) => mistakes.push(String(error)));`);
    const load = `vitrail.load('wk_example', { host: '${door()}', consent: 'not-required' });`;
    await run(`${code.includes('vitrail.load') ? '' : load} ${code.replace('https://cdp.shop.example', door())}`);
    await run(`await vitrail.ready();`);
    expect(await run('return window.mistakes')).toEqual([]);
    expect(shop.troubles).toEqual([]);
  });
});
