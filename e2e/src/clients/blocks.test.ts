import { experienceSchema, offerSchema } from '@vitrail/contracts';
import type { Locator } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { poll } from '../../../server/test/poll.ts';
import { findings } from '../console/axe.ts';
import { writeKey } from '../harness/startServer.ts';
import { useShopPages } from './shopPages.ts';

/** What blocks say in real pages of a shop with a strict policy, and when the page asks. */
const shop = useShopPages();
const running: string[] = [];
let keys = 0;

const feed = [
  'id,title,link,price,availability,average_rating,review_count',
  ...Array.from(
    { length: 8 },
    (_, at) => `lamp${at},Lampe ${at},https://www.shop.test/lampe-${at},${20 + at}.00 EUR,in stock,4.5,12`,
  ),
].join('\n');
beforeAll(async () => {
  const done = await shop.server.api.importFile({ as: 'products', name: 'feed.csv', content: feed });
  expect(done).toMatchObject({ state: 'done', accepted: 8 });
});
afterEach(async () => {
  for (const id of running.splice(0)) await shop.server.api.post(`/api/v1/experiences/${id}/stop`, {});
});

async function start(content: object, fields: object = {}): Promise<string> {
  keys += 1;
  const key = `b${keys}`;
  const variants = [{ key: 'a', name: 'A', weight: 1, content: { texts: { fr: {} }, ...content } }];
  const { api } = shop.server;
  const made = experienceSchema.parse(await api.post('/api/v1/experiences', { key, name: key, variants, ...fields }));
  await api.post(`/api/v1/experiences/${made.id}/start`, {});
  running.push(made.id);
  return key;
}
const inside = (...blocks: object[]) => ({ kind: 'block', selector: 'main', place: 'inside', blocks });
const bar = (...blocks: object[]) => ({ kind: 'bar', texts: { fr: { title: 'Bonjour' } }, blocks });

const script = (code: string): string => `<script nonce="shop">${code}</script>`;
const head = (): string => `
  <script src="${shop.door()}/sdk/v1/vitrail.js"></script>
  <script nonce="shop" src="${shop.door()}/sdk/v1/experiences.js" data-key="${writeKey}" data-host="${shop.door()}" data-timeout="20000"></script>
  ${script(`vitrail.load('${writeKey}', { host: '${shop.door()}', pages: true, consent: 'not-required' });
    vitrail.consent({ analytics: true, personalisation: true });`)}`;
/** Parts come by the nonce alone. */
const policy = (): string =>
  `default-src 'none'; script-src 'nonce-shop' ${shop.door()}/sdk/v1/vitrail.js; connect-src ${shop.door()}; style-src 'none'; img-src ${shop.door()}`;
async function open({ path = '/', code = '' } = {}): Promise<void> {
  const html = `<!doctype html><html lang="fr"><head><title>Vitrine</title>${head()}</head><body><main><h1>Vitrine</h1></main>${script(code)}`;
  shop.front.show(path, html, policy());
  await shop.page.goto(shop.at('www.shop.test', path));
}
const product = (id: string): string =>
  `vitrail.track('Product Viewed', { product_id: '${id}', name: 'Lampe ${id}', price: 20, currency: 'EUR' });`;
const told = (event: string, properties: object = {}) =>
  poll(
    `${event} to be told`,
    () =>
      shop.front
        .events()
        .find(
          (each) =>
            each.event === event &&
            Object.entries(properties).every(([name, value]) => each.properties?.[name] === value),
        ) ?? null,
    { timeoutMs: 20_000, everyMs: 50 },
  );
/** A server that has just begun takes longer than a page waits; the next question finds it ready. */
const untilShown = (what: Locator) =>
  poll(
    'it to be shown',
    async () => {
      if ((await what.count()) > 0) return true;
      await shop.run('await vitrail.experiences.refresh()');
      return false;
    },
    { timeoutMs: 20_000, everyMs: 300 },
  );
const asked = () => shop.front.taken.filter(({ path, method }) => path === '/v1/decide' && method === 'POST').length;
const answered = (count: number) => poll(`${count} answers`, () => asked() >= count, { timeoutMs: 20_000 });

describe('recommended products', () => {
  it('stand in the page as links with their prices, without the one in view, and are counted with their list', async () => {
    const key = await start(inside({ type: 'recommendations', strategy: 'similar', heading: { fr: 'À voir aussi' } }));
    await open({ code: product('lamp1') });
    const list = shop.page.getByRole('list', { name: 'À voir aussi' });
    await untilShown(list);
    const names = await list.locator('.name').allTextContents();
    expect(names).toHaveLength(4);
    expect(names).not.toContain('Lampe 1');
    expect(await list.getByText(/\d+,00\s€/).count()).toBe(4);
    expect(await findings(shop.page)).toEqual([]);
    const shown = await told('Recommendation Shown', { experience: key });
    expect(shown.properties).toMatchObject({
      list_id: `${key}/a`,
      arm: 'recommended',
      product_id: expect.stringMatching(/^lamp/),
    });
    // The product's own page need not be there.
    await shop.page.route('https://www.shop.test/**', (route) =>
      route.fulfill({ body: 'a page', contentType: 'text/html' }),
    );
    await list.getByRole('link').first().click();
    await told('Recommendation Clicked', { experience: key });
    await told('Experience Clicked', { experience: key });
    expect(shop.troubles).toEqual([]);
  });

  it('are not shown when their script cannot be had, which is told once and harms nothing', async () => {
    const key = await start(inside({ type: 'recommendations' }));
    await start(bar());
    await shop.page.route('**/sdk/v1/products.js', (route) => route.abort());
    await open();
    await shop.page.getByText('Bonjour').waitFor();
    expect((await told('Experience Failed')).properties).toMatchObject({ experience: key, message: 'products.js' });
    await shop.run('await vitrail.experiences.refresh()');
    await answered(2);
    await shop.page.waitForTimeout(300);
    expect(shop.front.events().filter(({ event }) => event === 'Experience Failed')).toHaveLength(1);
    expect(await shop.page.locator('[data-vitrail]').count()).toBe(1);
    expect(shop.troubles).toEqual([]);
  });
});

describe('what was looked at lately', () => {
  it('comes from the device alone, leads back there, and goes with the consent', async () => {
    await start(inside({ type: 'recently_viewed', heading: { fr: 'Déjà vus' } }));
    await open({ path: '/lampe-2', code: product('lamp2') });
    await answered(1);
    expect(await shop.page.getByText('Déjà vus').count()).toBe(0);
    await open({ path: '/lampe-3', code: product('lamp3') });
    const link = shop.page.getByRole('list', { name: 'Déjà vus' }).getByRole('link');
    await link.waitFor();
    expect(await link.getAttribute('href')).toBe(shop.at('www.shop.test', '/lampe-2'));
    expect(await link.locator('.name').textContent()).toBe('Lampe lamp2');
    await shop.run(`vitrail.consent({ analytics: true, personalisation: false })`);
    await link.waitFor({ state: 'detached' });
    expect(await shop.stored()).not.toContain('vt_seen');
  });
});

describe('what is said of a product', () => {
  it('is a number of real people with its window and minimum, kept with the view as proof', async () => {
    const people = ['a', 'b', 'c'].map((person) => ({
      type: 'track',
      event: 'Product Added',
      anonymousId: `buyer ${person}`,
      properties: { product_id: 'lamp5' },
    }));
    const sent = await fetch(`${shop.server.url}/v1/batch`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${writeKey}:`)}` },
      body: JSON.stringify({ batch: people }),
    });
    expect(sent.ok).toBe(true);
    await shop.server.api.waitSettled();
    const key = await start(inside({ type: 'stars' }, { type: 'social_proof', act: 'carted', hours: 48, minimum: 3 }));
    await open({ path: '/lampe-5', code: product('lamp5') });
    await poll(
      'the number',
      async () => {
        await shop.run('await vitrail.experiences.refresh()');
        return (await shop.page.getByText('3 personnes ont mis cet article au panier').count()) > 0;
      },
      { timeoutMs: 20_000, everyMs: 200 },
    );
    await shop.page.getByText('au cours des 2 derniers jours').waitFor();
    await shop.page.getByText('à partir de 3 personnes').waitFor();
    await shop.page.getByText('4,5 sur 5, 12 avis').waitFor();
    expect(await findings(shop.page)).toEqual([]);
    await told('Experience Viewed', { experience: key });
  });
});

describe('a countdown', () => {
  it('counts to the end of its offer, follows it, and is gone with it; the bar is told as seen once', async () => {
    const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000 - 60_000).toISOString();
    const wish = { key: 'sale', name: 'Sale', state: 'active', texts: { fr: { title: 'Soldes' } } };
    const { api } = shop.server;
    const offer = offerSchema.parse(await api.post('/api/v1/offers', { ...wish, endsAt: inDays(2) }));
    const key = await start(bar({ type: 'countdown', offer: 'sale' }));
    await open();
    const timer = shop.page.getByRole('timer');
    await timer.waitFor();
    expect(await timer.textContent()).toMatch(/^1\sj/);
    const change = async (fields: object, is: () => Promise<boolean>): Promise<void> => {
      await api.put(`/api/v1/offers/${offer.id}`, { ...wish, ...fields });
      await poll(
        'the page to follow',
        async () => {
          await shop.run('await vitrail.experiences.refresh()');
          return is();
        },
        { timeoutMs: 20_000, everyMs: 200 },
      );
    };
    await change({ endsAt: inDays(6) }, async () => /^5\sj/.test((await timer.textContent({ timeout: 5_000 })) ?? ''));
    await change({ state: 'paused', endsAt: inDays(6) }, async () => (await timer.count()) === 0);
    expect(await shop.page.getByText('Bonjour').count()).toBe(1);
    await told('Experience Viewed', { experience: key });
    expect(shop.front.events().filter(({ event }) => event === 'Experience Viewed')).toHaveLength(1);
  });
});

describe('a page asks', () => {
  it('in the name of its visit, once for all that it says at once, and again when it comes back out of the cache', async () => {
    const bodies: { context: { visit: { id?: string }; product?: object; cart?: object } }[] = [];
    shop.page.on('request', (request) => {
      if (request.url().endsWith('/v1/decide')) bodies.push(JSON.parse(request.postData() ?? '{}'));
    });
    await open({
      code: `${product('lamp1')} vitrail.track('Cart Viewed', { products: [{ product_id: 'lamp7', price: 5 }] });`,
    });
    await answered(1);
    await shop.page.waitForTimeout(300);
    const [event] = await shop.arrived(3);
    expect(bodies.at(-1)?.context).toMatchObject({
      visit: { id: event?.context.sessionId },
      product: { id: 'lamp1', views: 1 },
      cart: { products: ['lamp7'] },
    });
    const before = asked();
    await shop.run(`${product('lamp2')} vitrail.track('Cart Viewed', { products: [] });`);
    await answered(before + 1);
    await shop.page.waitForTimeout(300);
    expect(asked()).toBe(before + 1);
    const pages = (): number => shop.front.events().filter(({ type }) => type === 'page').length;
    const counted = pages();
    await shop.run(`dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`);
    await answered(before + 2);
    await poll('the page to be counted again', () => pages() === counted + 1);
  });

  it('only when somebody sees it: not while it is drawn ahead of time', async () => {
    await shop.page.addInitScript(`
      let ahead = true;
      Object.defineProperty(Document.prototype, 'prerendering', { get: () => ahead });
      window.activate = () => { ahead = false; document.dispatchEvent(new Event('prerenderingchange')); };`);
    await start(bar());
    await open({ code: product('lamp1') });
    await shop.page.waitForTimeout(500);
    expect([asked(), shop.front.events().length, await shop.stored()]).toEqual([0, 0, []]);
    await shop.run('activate()');
    await shop.page.getByText('Bonjour').waitFor();
    expect((await shop.arrived(2)).filter(({ type }) => type === 'page')).toHaveLength(1);
  });
});
