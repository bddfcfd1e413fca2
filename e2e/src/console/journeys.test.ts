import { journeyDetailSchema, journeyTraceSchema, messagePageSchema } from '@vitrail/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer, writeKey } from '../harness/startServer.ts';
import { ask, untilThere } from '../harness/untilThere.ts';
import { openBrowser } from '../storefront/browser.ts';
import { findings } from './axe.ts';
import { ownerEnv, signIn } from './signIn.ts';

const english = { locale: 'en-GB', colorScheme: 'light', width: 1440 } as const;
const french = { locale: 'fr-FR', colorScheme: 'dark', width: 320 } as const;
const minute = 60_000;

let server: TestServer;
let browser: Browser;
let now = Date.parse('2026-06-02T08:00:00Z');
let journey = '';

/** Time passes for the whole installation. */
async function pass(minutes: number): Promise<void> {
  now += minutes * minute;
  await server.api.post('/api/v1/test-clock', { now: new Date(now).toISOString() });
}
/** What a visitor's browser tells. */
async function tell(...calls: object[]): Promise<void> {
  const batch = calls.map((call) => ({ timestamp: new Date(now).toISOString(), ...call }));
  const headers = { 'content-type': 'application/json', authorization: `Basic ${btoa(`${writeKey}:`)}` };
  const init = { method: 'POST', headers, body: JSON.stringify({ batch }) };
  await ask('telling', fetch(`${server.url}/v1/batch`, init));
  await server.api.waitSettled();
}
const visitor = (name: string) => [
  {
    type: 'identify',
    userId: name,
    traits: { email: `${name}@example.com`, firstName: name, newsletter: true },
    context: { consent: { categoryPreferences: { marketing: true } } },
  },
  { type: 'track', userId: name, event: 'Product Viewed', properties: { product_id: 'boots' } },
];
const adds = (name: string, cart?: string) => ({
  type: 'track',
  userId: name,
  event: 'Product Added',
  properties: { product_id: 'boots', name: 'Boots', price: 90, ...(cart !== undefined && { cart_id: cart }) },
});
const idOf = async (name: string): Promise<string> => (await server.api.findProfile('user_id', name)) ?? '';
const mailsTo = async (name: string): Promise<number> => {
  const page = await server.api.get(`/api/v1/messages?profile=${await idOf(name)}`, messagePageSchema);
  return page.items.filter(({ state }) => state === 'sent' || state === 'delivered').length;
};
const wide = (page: Page): Promise<unknown> =>
  page.evaluate('document.documentElement.scrollWidth > window.innerWidth');
async function press(page: Page, role: 'button' | 'radio' | 'tab' | 'link', name: RegExp | string): Promise<void> {
  const target = page.getByRole(role, { name }).first();
  // What a segmented control is made of lies under its words.
  await target.waitFor({ state: role === 'radio' ? 'attached' : 'visible' });
  await target.focus();
  await page.keyboard.press(role === 'radio' ? 'Space' : 'Enter');
}

beforeAll(async () => {
  server = await startServer({ env: { ...ownerEnv, VITRAIL_TEST_CLOCK: '1' } });
  browser = await openBrowser();
  await pass(0);
});
afterAll(async () => {
  await browser.close();
  await server.dispose();
});

describe('the abandoned cart', () => {
  it('is built from the ready-made one by keyboard, drawn and as a list, and started', async () => {
    const { page, errors } = await signIn(browser, server, english);
    await page.goto(`${server.url}/messages/journeys`);
    await page.getByRole('heading', { name: 'No journeys yet' }).waitFor();
    expect(await findings(page)).toEqual([]);
    await press(page, 'button', 'New journey');
    await press(page, 'button', /^Abandoned cart/);
    await page.getByRole('heading', { level: 1, name: 'Abandoned cart' }).waitFor();
    journey = page.url().split('/').at(-1)?.split('?')[0] ?? '';
    await page.getByText('Your cart is waiting').first().waitFor();
    expect(await findings(page)).toEqual([]);

    await press(page, 'radio', 'List');
    const list = page.getByRole('list', { name: 'The journey as a list' });
    await list.waitFor();
    expect(await findings(page)).toEqual([]);
    // The first step of the list is what begins it; who may come is written with the builder of segments.
    await press(page, 'button', /^1\. /);
    await press(page, 'button', /^Write conditions/);
    const dialog = page.getByRole('dialog');
    const field = dialog.getByRole('combobox', { name: 'Add a condition' });
    await field.focus();
    await page.keyboard.type('viewed');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await dialog.getByText(/now: /).waitFor();
    expect(await findings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Apply' }).focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('own-conditions').waitFor();
    await press(page, 'button', 'Save');
    await page.getByText('Changes not saved').waitFor({ state: 'hidden' });

    await press(page, 'button', 'Start');
    await page.getByRole('dialog').getByRole('button', { name: 'Start' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Started.').first().waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
    const saved = await server.api.get(`/api/v1/journeys/${journey}`, journeyDetailSchema);
    expect(saved.state).toBe('live');
    expect(saved.definition.entry.audience).toBeDefined();
  }, 120_000);

  it('takes visitors through it: one is reminded, one buys, one does not enter and it is said why', async () => {
    await pass(1);
    await tell(...visitor('anna'), ...visitor('bert'), ...visitor('cleo'));
    await tell(adds('anna', 'cart-anna'), adds('bert', 'cart-bert'), adds('cleo'));
    await untilThere('two on their way', 60_000, async () => {
      const { people } = await server.api.get(`/api/v1/journeys/${journey}`, journeyDetailSchema);
      return people.inside === 2 ? true : null;
    });
    await pass(30);
    await tell({
      type: 'track',
      userId: 'bert',
      event: 'Order Completed',
      properties: { order_id: 'o-bert', cart_id: 'cart-bert', total: 90, currency: 'EUR' },
    });
    await pass(31);
    await untilThere('the reminder', 60_000, async () => ((await mailsTo('anna')) === 1 ? true : null));
    expect(await mailsTo('bert')).toBe(0);
    expect(await mailsTo('cleo')).toBe(0);
    const trace = async (name: string) =>
      server.api.get(`/api/v1/journeys/${journey}/profiles/${await idOf(name)}`, journeyTraceSchema);
    expect((await trace('bert')).runs[0]?.reason).toBe('goal');
    expect((await trace('cleo')).notEntered?.reason).toBe('no_key');
  }, 180_000);

  it('tells all of it in French on a phone, and shows the mail in the sandbox', async () => {
    const { page, errors } = await signIn(browser, server, french);
    await page.goto(`${server.url}/messages/journeys`);
    await page.getByRole('link', { name: 'Abandoned cart' }).click();
    await page.getByText('En cours').first().waitFor();
    await page.getByRole('radio', { name: 'Liste' }).focus();
    await page.keyboard.press('Space');
    await page.getByRole('list', { name: 'Le parcours en liste' }).waitFor();
    expect(await findings(page)).toEqual([]);
    expect(await wide(page)).toBe(false);
    await page.goto(`${server.url}/messages/journeys/${journey}?tab=people&person=${await idOf('cleo')}`);
    await page.getByText('L’événement ne dit pas de quel passage il relève.').first().waitFor();
    expect(await findings(page)).toEqual([]);
    expect(await wide(page)).toBe(false);
    await page.goto(`${server.url}/messages/journeys/${journey}?tab=people&person=${await idOf('anna')}`);
    await page.getByText('confié à la boîte d’envoi').first().waitFor();
    expect(await findings(page)).toEqual([]);
    await page.goto(`${server.url}/messages/sandbox`);
    await page.getByText('anna').first().waitFor();
    expect(await findings(page)).toEqual([]);
    expect(await wide(page)).toBe(false);
    expect(errors).toEqual([]);
    await page.context().close();
  }, 120_000);

  it('is counted in the report of messages, whose numbers open the people behind them', async () => {
    const { page, errors } = await signIn(browser, server, english);
    const period = 'from=2026-06-01&to=2026-06-30';
    await page.goto(`${server.url}/messages/reports?${period}`);
    await page.getByRole('combobox', { name: 'Told apart by' }).selectOption('journey');
    const row = page.getByRole('row', { name: /Abandoned cart/ });
    await row.waitFor();
    expect(await findings(page)).toEqual([]);
    await row.getByRole('button', { name: '1' }).first().click();
    await page.getByRole('dialog').getByText('anna').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Steps of Abandoned cart' }).click();
    await page.getByRole('row', { name: /Your cart is waiting/ }).waitFor();
    expect(await findings(page)).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();

    const phone = await signIn(browser, server, french);
    await phone.page.goto(`${server.url}/messages/reports?${period}`);
    await phone.page.getByRole('heading', { level: 1, name: 'Rapports' }).waitFor();
    await phone.page.getByText('Rien n’a été envoyé sur cette période').waitFor();
    expect(await findings(phone.page)).toEqual([]);
    expect(await wide(phone.page)).toBe(false);
    await phone.page.context().close();
  }, 120_000);
});
