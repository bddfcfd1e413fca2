import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Storefront, startStorefront } from '@vitrail/demo';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { nameOf, startCollector } from './collector.ts';

const writeKey = 'storefront-key';
let browser: Browser;
let context: BrowserContext;
let page: Page;
let shop: Storefront;
let collector: Awaited<ReturnType<typeof startCollector>>;
let problems: string[];

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  collector = await startCollector();
  shop = await startStorefront({ port: 0, host: '127.0.0.1', apiHost: collector.url, writeKey });
  context = await browser.newContext({ locale: 'fr-FR' });
  page = await context.newPage();
  problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('request', (request) => {
    const { origin } = new URL(request.url());
    if (origin !== shop.url && origin !== collector.url) problems.push(`outside: ${request.url()}`);
  });
});
afterEach(async () => {
  await context.close();
  await shop.close();
  await collector.close();
});

const names = () => collector.calls.map(({ body }) => nameOf(body));
const acceptAll = () => page.click('[data-consent="all"]');

describe('the storefront with Vitrail’s own client', () => {
  it('tells the whole way from the front page to the order, in order and consistently', async () => {
    await page.goto(`${shop.url}/fr/`);
    await acceptAll();
    await collector.waitFor('page Home');
    await page.goto(`${shop.url}/fr/c/coussins/`);
    await collector.waitFor('Product List Viewed');
    await page.locator('.card a').first().click();
    await collector.waitFor('Product Viewed');
    await page.click('#buy .button.wide');
    const added = await collector.waitFor('Product Added');
    await page.goto(`${shop.url}/fr/cart/`);
    await collector.waitFor('Cart Viewed');
    await page.click('text=Commander');
    await collector.waitFor('Checkout Started');
    await page.fill('#coupon-code', 'bienvenue10');
    await page.click('#coupon .button');
    await collector.waitFor('Coupon Applied');
    const address = {
      email: 'lea.morel@courriel.example',
      firstName: 'Léa',
      lastName: 'Morel',
      street: '3 quai Haut',
      postalCode: '69003',
      city: 'Lyon',
    };
    for (const [name, value] of Object.entries(address)) await page.fill(`#f-${name}`, value);
    await page.click('#checkout .button.wide');
    await page.waitForURL(/order-confirmed/);
    const ordered = await collector.waitFor('Order Completed');

    const steps = [
      'page Home',
      'page Category',
      'Product List Viewed',
      'page Product',
      'Product Viewed',
      'Product Added',
      'page Cart',
      'Cart Viewed',
      'page Checkout',
      'Checkout Started',
      'Coupon Applied',
      'identify',
      'Checkout Step Completed',
      'Payment Info Entered',
      'page Order confirmed',
      'Order Completed',
    ];
    expect(names().filter((name) => steps.includes(name))).toEqual(steps);
    expect(new Set(collector.calls.map(({ body }) => body.anonymousId)).size).toBe(1);
    // Nothing but events, and no question whether they may come.
    expect(collector.other).toEqual([]);
    for (const call of collector.calls) {
      const { contentType, body } = call;
      expect(call.writeKey).toBe(writeKey);
      expect(contentType).toContain('text/plain');
      expect(body.context.consent?.categoryPreferences).toEqual({
        analytics: true,
        advertising: true,
        personalisation: true,
      });
    }
    const { properties = {} } = ordered.body;
    const price = Number(added.body.properties?.price);
    expect(properties.products).toMatchObject([{ product_id: added.body.properties?.product_id, quantity: 1, price }]);
    expect(properties.discount).toBeCloseTo(price / 10, 2);
    expect(properties.total).toBeCloseTo(price * 0.9 + Number(properties.shipping), 2);
    expect(properties).toMatchObject({ currency: 'EUR', coupon: 'BIENVENUE10', affiliation: 'fr.clairvoie.example' });
    expect(properties.order_id).toMatch(/^S\d{9}$/);
    expect(collector.calls.find(({ body }) => body.type === 'identify')?.body.traits).toMatchObject({
      email: address.email,
      firstName: 'Léa',
    });

    await page.reload();
    await collector.waitFor('page Order confirmed', 2);
    expect(names().filter((name) => name === 'Order Completed')).toHaveLength(1);
    expect(problems).toEqual([]);
  });

  it('sends nothing before an answer and nothing after a refusal', async () => {
    await page.goto(`${shop.url}/fr/`);
    await page.goto(`${shop.url}/fr/c/vases/`);
    await page.click('[data-consent="none"]');
    await page.goto(`${shop.url}/fr/p/robe-ouessant-ro101/`);
    await page.waitForLoadState('networkidle');
    expect(collector.calls).toEqual([]);
    expect(collector.other).toEqual([]);
    expect(problems).toEqual([]);
  });
});

describe('what visitors decide and say', () => {
  it('carries the choice of categories, and says one last thing when the visitor withdraws', async () => {
    await page.goto(`${shop.url}/en/`);
    await page.click('[data-consent="choose"]');
    await page.check('input[name="analytics"]');
    await page.check('input[name="personalisation"]');
    await page.click('[data-consent="save"]');
    const first = await collector.waitFor('page Home');
    expect(first.body.context.consent?.categoryPreferences).toEqual({
      analytics: true,
      advertising: false,
      personalisation: true,
    });
    await page.click('#cookies');
    await page.click('[data-consent="none"]');
    const last = await collector.waitFor('Segment Consent Preference Updated', 2);
    expect(last.body.context.consent?.categoryPreferences).toEqual({
      analytics: false,
      advertising: false,
      personalisation: false,
    });
    const before = collector.calls.length;
    await page.goto(`${shop.url}/en/c/vases/`);
    await page.waitForLoadState('networkidle');
    expect(collector.calls.length).toBe(before);
  });

  it('gives a person one user id at every sign-in, and forgets it at sign-out', async () => {
    await page.goto(`${shop.url}/fr/account/`);
    await acceptAll();
    await page.fill('#f-email', 'Camille.Martin@courriel.example');
    await page.fill('#f-password', 'x');
    await page.click('#sign-in .button');
    await collector.waitFor('Signed In');
    await page.click('#sign-out');
    await page.fill('#f-new-firstName', 'Camille');
    await page.fill('#f-new-lastName', 'Martin');
    await page.fill('#f-new-email', 'camille.martin@courriel.example');
    await page.fill('#f-new-loyaltyCard', '710001047293');
    await page.click('#sign-up .button');
    await collector.waitFor('Signed Up');
    const identifies = collector.calls.filter(({ body }) => body.type === 'identify').map(({ body }) => body);
    expect(new Set(identifies.map(({ userId }) => userId)).size).toBe(1);
    expect(identifies[0]?.userId).toMatch(/^u_[0-9a-f]{18}$/);
    expect(new Set(identifies.map(({ anonymousId }) => anonymousId)).size).toBe(2);
    expect(identifies[1]?.traits).toMatchObject({ loyaltyCard: '710001047293' });
    expect(problems).toEqual([]);
  });

  it('finds what people type, without accents and in the plural', async () => {
    await page.goto(`${shop.url}/fr/`);
    await acceptAll();
    await page.fill('#finder', 'echarpes laine');
    await page.press('#finder', 'Enter');
    const searched = await collector.waitFor('Products Searched');
    expect(searched.body.properties).toMatchObject({ query: 'echarpes laine' });
    await page.waitForSelector('#search-results .card');
    expect(await page.locator('#search-results .card').count()).toBeGreaterThan(1);
  });

  it('works on without a collector', async () => {
    await page.goto(`${shop.url}/fr/`);
    await acceptAll();
    await collector.close();
    await page.goto(`${shop.url}/fr/p/coussin-marais-co101/`);
    await page.click('#buy .button.wide');
    await page.goto(`${shop.url}/fr/cart/`);
    expect(await page.locator('#cart-lines li').count()).toBe(1);
    collector = await startCollector();
  });
});

describe('every kind of page', () => {
  const paths = [
    '/',
    '/d/women/',
    '/c/robes/',
    '/p/robe-ouessant-ro101/',
    '/search/?q=lin',
    '/cart/',
    '/checkout/',
    '/account/',
    '/order-confirmed/',
    '/nowhere/',
  ];

  it.each(['fr', 'en'])('is usable with assistive technology and fits 320 pixels (%s)', async (language) => {
    const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(`${shop.url}/${language}/p/coussin-marais-co101/`);
    await page.click('#buy .button.wide');
    for (const path of paths) {
      await page.goto(`${shop.url}/${language}${path}`, { waitUntil: 'networkidle' });
      // The page's policy forbids foreign scripts: evaluate runs beside it.
      const found = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ['violations'] })`);
      const violations = JSON.parse(JSON.stringify(found)).violations.filter(
        ({ impact }: { impact: string }) => impact === 'serious' || impact === 'critical',
      );
      expect(
        violations.map(({ id, nodes }: { id: string; nodes: { html: string }[] }) => `${path} ${id} ${nodes[0]?.html}`),
      ).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), path).toBeLessThanOrEqual(0);
    }
  });
});
