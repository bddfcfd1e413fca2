import { decideAnswerSchema, experiencePageSchema } from '@vitrail/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer, writeKey } from '../harness/startServer.ts';
import { untilThere } from '../harness/untilThere.ts';
import { openBrowser } from '../storefront/browser.ts';
import { findings } from './axe.ts';
import { ownerEnv, signIn } from './signIn.ts';

const english = { locale: 'en-GB', colorScheme: 'light', width: 1440 } as const;
const french = { locale: 'fr-FR', colorScheme: 'dark', width: 320 } as const;
const key = 'free-delivery-for-big-carts';

let server: TestServer;
let browser: Browser;

const send = async (call: string, body: object): Promise<void> => {
  const answer = await fetch(`${server.url}/v1/${call}`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}` },
    body: JSON.stringify(body),
  });
  expect(answer.ok).toBe(true);
};
/** What a page with such a cart shows to somebody nobody knows, who allowed nothing. */
const shownAt = async (cart: number): Promise<string[]> => {
  const answer = await fetch(`${server.url}/v1/decide`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: JSON.stringify({ writeKey, page: { path: '/' }, context: { cart: { value: cart } } }),
  });
  return decideAnswerSchema.parse(await answer.json()).decisions.map((one) => one.key);
};
const isTooWide = (page: Page) => page.evaluate('document.documentElement.scrollWidth > window.innerWidth');

beforeAll(async () => {
  server = await startServer({ env: ownerEnv });
  browser = await openBrowser();
  await send('identify', {
    userId: 'ada',
    anonymousId: 'd1',
    messageId: 'i1',
    traits: { firstName: 'Ada', email: 'ada@example.fr' },
  });
  await server.api.waitSettled();
});
afterAll(async () => {
  await browser.close();
  await server.dispose();
});

describe('experiences', () => {
  it('begin ready-made, are looked at, saved and started by keyboard, and reach the pages', async () => {
    const { page, errors } = await signIn(browser, server, english);
    await page.goto(`${server.url}/website/experiences`);
    await page.getByRole('heading', { name: 'Nothing on your pages yet' }).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('link', { name: /^Free delivery for big carts/ }).press('Enter');

    const name = page.getByRole('textbox', { name: /^Name/ });
    await name.waitFor();
    expect(await name.inputValue()).toBe('Free delivery for big carts');
    expect(await page.getByRole('textbox', { name: /^Key/ }).inputValue()).toBe(key);
    // What is typed is what is seen.
    const preview = page.getByTestId('preview');
    await preview.getByText('Free delivery from €60').waitFor();
    await page.getByRole('textbox', { name: 'Title' }).fill('Free delivery from €60 on');
    await preview.getByText('Free delivery from €60 on').waitFor();
    // Colours that cannot be read are said in words.
    await page.getByText(/^Text on its ground: reads well/).waitFor();
    await page.getByRole('textbox', { name: 'Ground', exact: true }).fill('#dddddd');
    await page.getByText(/^Text on its ground: hard to read/).waitFor();
    await page.getByRole('textbox', { name: 'Ground', exact: true }).fill('#16325c');
    // A field says what is wrong with it, and nothing is sent.
    await page.getByRole('textbox', { name: /^Where the button leads/ }).fill('javascript:alert(1)');
    await page.getByRole('button', { name: 'Save the draft' }).press('Enter');
    await page.getByText('1 field needs a look; nothing was saved yet.').waitFor();
    await page.getByRole('textbox', { name: /^Where the button leads/ }).fill('/delivery');
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save the draft' }).press('Enter');

    await page.getByRole('heading', { level: 1, name: 'Free delivery for big carts' }).waitFor();
    const sentence = await page.getByTestId('sentence').textContent();
    expect(sentence).toContain('Shows a bar at the top of the page to everybody, as soon as the page is there.');
    expect(sentence).toContain('Only when: the value of the cart is at least €30.00.');
    expect(await shownAt(45)).toEqual([]);
    await page.getByRole('button', { name: 'Start', exact: true }).press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Start' }).press('Enter');
    await page.getByText('Running', { exact: true }).waitFor();
    await untilThere('the bar', 15_000, async () => ((await shownAt(45)).includes(key) ? true : null));
    expect(await shownAt(10)).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('say why somebody sees them or not, here and on the customer’s page', async () => {
    const { page, errors } = await signIn(browser, server, english);
    const [one] = (await server.api.get('/api/v1/experiences', experiencePageSchema)).items;
    await page.goto(`${server.url}/website/experiences/${one?.id}?tab=why`);
    await page.getByRole('combobox', { name: 'Search a person' }).fill('ada@example.fr');
    await page.getByRole('option', { name: /Ada/ }).click();
    const decisions = page.getByTestId('decisions');
    await decisions.getByText('A condition does not hold: The value of the cart').waitFor();
    await page.getByRole('textbox', { name: 'The value of the cart' }).fill('50');
    await decisions.getByText('Shown, variant a').waitFor();
    expect(await findings(page)).toEqual([]);

    const profile = await server.api.findProfile('email', 'ada@example.fr');
    await page.goto(`${server.url}/customers/${profile}?tab=website`);
    await page.getByTestId('decisions').getByText('A condition does not hold: The value of the cart').waitFor();
    expect(await findings(page)).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('tell in French on a phone what came of them, and are changed, copied and stopped', async () => {
    const told = { experience: key, variant: 'a' };
    for (const [at, event] of ['Experience Viewed', 'Experience Viewed', 'Experience Clicked'].entries())
      await send('track', { anonymousId: 'd1', messageId: `t${at}`, event, properties: told });
    await server.api.waitSettled();
    const { page, errors } = await signIn(browser, server, french);
    await page.goto(`${server.url}/website/experiences`);
    await page.getByRole('link', { name: 'Free delivery for big carts' }).waitFor();
    expect(await findings(page)).toEqual([]);
    expect(await isTooWide(page)).toBe(false);
    await page.getByRole('link', { name: 'Free delivery for big carts' }).click();
    await page.getByRole('tab', { name: 'Résultats' }).waitFor();
    const row = page.getByRole('row', { name: /Variante A/ });
    await row.waitFor();
    expect((await row.getByRole('cell').allTextContents()).slice(0, 3)).toEqual(['1', '2', '1']);
    await page.getByText('Tout le monde la voit', { exact: false }).waitFor();
    expect(await findings(page)).toEqual([]);
    expect(await isTooWide(page)).toBe(false);

    await page.getByRole('tab', { name: 'Contenu et audience' }).click();
    await page.getByRole('textbox', { name: /^Nom/ }).fill('Livraison offerte');
    expect(await page.getByRole('textbox', { name: /^Clé/ }).isDisabled()).toBe(true);
    expect(await findings(page)).toEqual([]);
    expect(await isTooWide(page)).toBe(false);
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Livraison offerte' }).waitFor();

    await page.getByRole('link', { name: 'Copier' }).click();
    await page.getByRole('heading', { level: 1, name: 'Nouvelle expérience' }).waitFor();
    await page.getByRole('textbox', { name: /^Nom/ }).waitFor();
    expect(await page.getByRole('textbox', { name: /^Clé/ }).inputValue()).toBe('copie-de-livraison-offerte');
    await page.goBack();
    await page.getByRole('button', { name: 'Arrêter' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Arrêter' }).click();
    await page.getByText('Arrêtée', { exact: true }).waitFor();
    await untilThere('nothing', 15_000, async () => ((await shownAt(45)).length === 0 ? true : null));
    expect(errors).toEqual([]);
    await page.context().close();
  });
});

describe('an experience open in two tabs', () => {
  it('is not written over by the one that knew an older version', async () => {
    const [one] = (await server.api.get('/api/v1/experiences', experiencePageSchema)).items;
    const address = `${server.url}/website/experiences/${one?.id}?tab=edit`;
    const { page: first, errors } = await signIn(browser, server, english);
    const second = await first.context().newPage();
    const priority = (page: Page) => page.getByLabel(/^Priority/);
    const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click();
    for (const page of [first, second]) {
      await page.goto(address);
      await priority(page).waitFor();
    }
    await priority(first).fill('3');
    await save(first);
    await first.getByText('Saved.').waitFor();

    await priority(second).fill('7');
    await save(second);
    const dialog = second.getByRole('dialog', { name: 'Somebody saved before you' });
    await dialog.getByRole('heading', { name: 'priority' }).waitFor();
    expect(await dialog.getByLabel('Theirs', { exact: true }).textContent()).toBe('3');
    expect(await dialog.getByLabel('Yours', { exact: true }).textContent()).toBe('7');
    expect(await findings(second)).toEqual([]);
    // What was typed is still there, and still not saved.
    await dialog.getByRole('button', { name: 'Go on editing' }).click();
    expect(await priority(second).inputValue()).toBe('7');
    await save(second);
    await dialog.getByRole('button', { name: 'Save mine over it' }).click();
    await second.getByText('Saved.').waitFor();
    const saved = (await server.api.get('/api/v1/experiences', experiencePageSchema)).items[0];
    expect(saved).toMatchObject({ version: (one?.version ?? 0) + 2, definition: { priority: 7 } });

    await priority(first).fill('4');
    await save(first);
    await first.getByRole('button', { name: 'Take theirs' }).click();
    await untilThere('theirs', 15_000, async () => ((await priority(first).inputValue()) === '7' ? true : null));
    // The browser itself says that a request was refused.
    expect(errors.filter((error) => !error.includes('409'))).toEqual([]);
    await first.context().close();
  });
});
