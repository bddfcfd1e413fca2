import { experienceSchema } from '@vitrail/contracts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { poll } from '../../../server/test/poll.ts';
import { findings } from '../console/axe.ts';
import { startServer, type TestServer, writeKey } from '../harness/startServer.ts';
import { openBrowser } from '../storefront/browser.ts';
import { openShopFront, type ShopFront } from './shopFront.ts';

/** What is decided on the server and shown by our scripts, in real pages of a shop with a strict policy. */
let server: TestServer;
let browser: Browser;
let front: ShopFront;
let context: BrowserContext;
let page: Page;
let troubles: string[];
const running: string[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([
    startServer(),
    openBrowser(['--host-resolver-rules=MAP *.test 127.0.0.1, MAP localhost 127.0.0.1']),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});
beforeEach(async () => {
  front = await openShopFront(server.url);
  // What robots see is not counted, and this browser says that it is one.
  const probe = await browser.newPage();
  const userAgent = (await probe.evaluate<string>('navigator.userAgent')).replace('Headless', '');
  await probe.close();
  context = await browser.newContext({ locale: 'fr-FR', userAgent });
  page = await context.newPage();
  troubles = [];
  page.on('pageerror', (error) => troubles.push(error.message));
});
afterEach(async () => {
  for (const id of running.splice(0)) await server.api.post(`/api/v1/experiences/${id}/stop`, {});
  await context.close();
  await front.close();
});

let keys = 0;
const texts = { fr: { title: 'Livraison offerte', button: 'Voir' }, en: { title: 'Free delivery', button: 'See' } };
const bar = { kind: 'bar', texts, link: '/livraison' };
/** Makes and starts one; returns its key. */
async function start(content: object, fields: object = {}): Promise<string> {
  keys += 1;
  const key = `e${keys}`;
  const variants = [{ key: 'a', name: 'A', weight: 1, content }];
  const made = experienceSchema.parse(
    await server.api.post('/api/v1/experiences', { key, name: key, variants, ...fields }),
  );
  await server.api.post(`/api/v1/experiences/${made.id}/start`, {});
  running.push(made.id);
  return key;
}

const at = (path = '/'): string => `http://www.shop.test:${front.port}${path}`;
const host = (): string => `http://cdp.shop.test:${front.port}`;
const scripts = (): string => `
  <script src="${host()}/sdk/v1/early.js"></script>
  <script src="${host()}/sdk/v1/vitrail.js"></script>
  <script src="${host()}/sdk/v1/experiences.js" data-key="${writeKey}" data-host="${host()}" data-timeout="20000"></script>
  <script nonce="shop">vitrail.load('${writeKey}', { host: '${host()}', pages: true, consent: 'not-required' });
    vitrail.consent({ analytics: true, personalisation: true });</script>`;
const policy = (): string =>
  `default-src 'none'; script-src 'nonce-shop' ${host()}; connect-src ${host()}; style-src 'none'; img-src 'self'`;
async function open(html = '', path = '/'): Promise<void> {
  front.show(path, `${scripts()}</head><body>${html}`, policy());
  await page.goto(at(path));
}
const told = (event: string, key: string) =>
  poll(
    `${event} of ${key}`,
    () => front.events().find((each) => each.event === event && each.properties?.experience === key) ?? null,
    { timeoutMs: 20_000, everyMs: 50 },
  );
/** Resolves when so many pages have been answered. */
const answered = (count = 1) => poll(`${count} answers`, () => decided() >= count, { timeoutMs: 20_000, everyMs: 20 });
const decided = (): number =>
  front.taken.filter(({ path, method }) => path === '/v1/decide' && method === 'POST').length;
const title = () => page.getByRole('heading', { name: 'Livraison offerte' });

describe('a bar', () => {
  it('shows in the visitor’s language under a strict policy, tells that it was seen, clicked and closed, and axe finds nothing', async () => {
    const key = await start(bar, { caps: { afterClose: { days: 7 } } });
    await open('<h1>Vitrine</h1>');
    await title().waitFor();
    expect(await findings(page)).toEqual([]);
    // With what it cost the page.
    const viewed = await told('Experience Viewed', key);
    expect(viewed.properties).toMatchObject({ waitMs: expect.any(Number), applyMs: expect.any(Number) });
    await page.getByRole('button', { name: 'Fermer' }).click();
    await title().waitFor({ state: 'detached' });
    const closed = await told('Experience Closed', key);
    expect(closed.properties).toMatchObject({ experience: key, variant: 'a' });
    await poll('it to stay away', async () => {
      const before = decided();
      await page.goto(at());
      await answered(before + 1);
      await page.waitForTimeout(100);
      return (await title().count()) === 0;
    });
    expect(troubles).toEqual([]);
  });

  it('comes when the cart is large enough, without a new page, and follows it to the goal', async () => {
    await start(
      { kind: 'bar', texts, blocks: [{ type: 'remaining', field: 'cart.value', goal: 80 }] },
      { when: [{ field: 'cart.value', op: 'at_least', value: 50 }] },
    );
    await open();
    await answered();
    expect(await title().count()).toBe(0);
    const cart = (value: number) =>
      page.evaluate(
        `vitrail.track('Cart Viewed', { value: ${value}, currency: 'EUR', products: [{ price: ${value} }] })`,
      );
    await cart(60);
    await title().waitFor();
    await page.getByText('20,00').waitFor();
    await cart(70);
    await page.getByText('10,00').waitFor();
  });
});

describe('a dialogue', () => {
  const questions = [
    { trait: 'shoeSize', kind: 'choice', label: { fr: 'Pointure' }, choices: ['38', '39'], required: true },
  ];

  it('holds the focus, closes with Esc and gives it back', async () => {
    await start({ kind: 'modal', texts, link: '/x' }, { trigger: { on: 'click', selector: '#more' } });
    await open('<button id="more">Plus</button>');
    await answered();
    await page.locator('#more').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.id')).toBe('more');
  });

  it('asks, and the answer becomes a trait of the customer', async () => {
    await start({ kind: 'form', texts: { fr: { title: 'Votre pointure' } }, questions });
    await open();
    await page.getByLabel('39').check();
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await page.getByRole('heading', { name: 'Merci' }).waitFor();
    const anonymousId = String(await page.evaluate('vitrail.user().anonymousId()'));
    await poll('the trait', async () => {
      const customer = await server.api.findProfile('anonymous_id', anonymousId);
      if (customer === null) return null;
      const { traits } = await server.api.profile(customer);
      return traits.shoeSize?.value === '39' ? true : null;
    });
  });
});

describe('a change of the page', () => {
  const change = (value: string) => ({ kind: 'change', changes: [{ action: 'text', selector: 'h1', value }] });

  it('is there from the first paint when the visitor comes back, and goes when it is stopped', async () => {
    await start(change('Bonjour à vous'));
    await open('<h1>Vitrine</h1>');
    await page.getByRole('heading', { name: 'Bonjour à vous' }).waitFor();
    // What the heading said each time it was about to be painted.
    await page.addInitScript(`
      window.seen = [];
      const look = () => { const h = document.querySelector('h1'); if (h) window.seen.push(h.textContent); requestAnimationFrame(look); };
      requestAnimationFrame(look);`);
    const before = decided();
    await page.goto(at());
    await answered(before + 1);
    await page.waitForTimeout(200);
    expect(new Set(await page.evaluate<string[]>('window.seen'))).toEqual(new Set(['Bonjour à vous']));
    await server.api.post(`/api/v1/experiences/${running[0]}/stop`, {});
    await poll('the page as the shop made it', async () => {
      const before = decided();
      await page.goto(at());
      await answered(before + 1);
      await page.waitForTimeout(100);
      return (await page.locator('h1').textContent()) === 'Vitrine';
    });
  });

  it('does not fight for ever with a page that draws itself anew: it gives up and says so', async () => {
    const key = await start(change('Autre'));
    await open(`<h1>Vitrine</h1><script nonce="shop">
      window.draws = 0;
      new MutationObserver(() => {
        const h = document.querySelector('h1');
        if (h.textContent !== 'Vitrine' && window.draws < 1000) { window.draws++; h.textContent = 'Vitrine'; }
      }).observe(document.querySelector('h1'), { childList: true, characterData: true, subtree: true });
    </script>`);
    await told('Experience Stopped', key);
    expect(await page.evaluate('window.draws')).toBeLessThanOrEqual(12);
    expect(troubles).toEqual([]);
  });

  it('sets words as words: nothing of an author’s becomes code', async () => {
    await start(change('<img src=x onerror="window.hacked=1">'));
    await open('<h1>Vitrine</h1>');
    await page.getByText('<img src=x').waitFor();
    expect(await page.evaluate('window.hacked')).toBeUndefined();
  });
});

describe('a visitor who withdraws', () => {
  it('sees what was theirs go within a second, and nothing of it comes back', async () => {
    await start(bar, { control: 0.00001 });
    await open();
    await title().waitFor();
    await page.evaluate('vitrail.consent({ analytics: true, personalisation: false })');
    await title().waitFor({ state: 'detached', timeout: 1_000 });
    await answered(2);
    expect(await title().count()).toBe(0);
    expect(await page.evaluate(`Object.keys(localStorage).includes('vt_changes')`)).toBe(false);
  });
});

describe('a server that does not answer', () => {
  it('leaves the page as the shop made it', async () => {
    await start(bar);
    await page.route('**/v1/decide', (route) => setTimeout(() => void route.abort().catch(() => undefined), 2_000));
    await open('<h1>Vitrine</h1>');
    await page.waitForTimeout(1_000);
    expect(await title().count()).toBe(0);
    expect(troubles).toEqual([]);
  });
});
