import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer, writeKey } from '../harness/startServer.ts';
import { basic } from '../hostile/send.ts';
import { openBrowser } from '../storefront/browser.ts';
import { findings } from './axe.ts';
import { ownerEnv, signIn } from './signIn.ts';

const english = { locale: 'en-GB', colorScheme: 'light', width: 1440 } as const;
const french = { locale: 'fr-FR', colorScheme: 'dark', width: 320 } as const;

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  server = await startServer({ env: ownerEnv });
  browser = await openBrowser();
  const said = (email: string, advertising: boolean) => ({
    type: 'identify',
    userId: email,
    traits: { email },
    context: { consent: { categoryPreferences: { advertising } } },
  });
  const response = await fetch(`${server.url}/v1/batch`, {
    method: 'POST',
    headers: { authorization: basic(writeKey) },
    body: JSON.stringify({ batch: [said('zoe@example.fr', true), said('leo@example.fr', false)] }),
  });
  expect(response.status).toBe(200);
  await server.api.waitSettled();
});
afterAll(async () => {
  await browser.close();
  await server.dispose();
});

describe('outside audiences', () => {
  it('are set up with their terms, filled by a file, used as a segment, and shown on the customer', async () => {
    const { page, errors } = await signIn(browser, server, english);
    await page.goto(`${server.url}/segments/outside`);
    await page.getByRole('heading', { name: 'No data partners yet' }).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'New partner' }).first().click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Acme Données');
    expect(await page.getByRole('textbox', { name: 'Key' }).inputValue()).toBe('acme-donnees');
    await page.getByRole('switch', { name: 'Pixel' }).press('Space');
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Set up' }).click();
    await page.getByRole('heading', { name: 'Ways in' }).waitFor();
    await page.getByText(/\/v1\/sync\/[\w-]{24}\?id=PARTNER_ID/).waitFor();

    await page.getByRole('link', { name: 'Import a file' }).click();
    await page.getByRole('radio', { name: /^Segments of a partner/ }).check();
    await page.locator('input[type=file]').setInputFiles({
      name: 'acme.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('email,segment\nzoe@example.fr,runners\nleo@example.fr,runners\nnobody@example.fr,runners\n'),
    });
    const start = page.getByRole('button', { name: 'Start the import' });
    await page.getByText('Choose the data partner this file is from.').waitFor();
    expect(await start.isDisabled()).toBe(true);
    await page.getByRole('combobox', { name: 'Data partner' }).click();
    await page.getByRole('option', { name: 'Acme Données' }).click();
    await start.click();
    await page.getByText('No customer has this id').first().waitFor({ timeout: 60_000 });

    await page.goto(`${server.url}/segments/outside/acme-donnees`);
    const row = page.getByRole('row', { name: /runners/ });
    const figures = () => Promise.all([1, 2].map((place) => row.getByRole('cell').nth(place).textContent()));
    await expect.poll(figures, { timeout: 20_000 }).toEqual(['2', '1']);
    expect(await findings(page)).toEqual([]);
    await row.getByRole('button', { name: 'Use as a segment' }).click();
    await page.waitForURL((url) => /^\/segments\/\d+$/.test(url.pathname));
    await page.getByText('Everyone who is in the segment “runners” of the partner “Acme Données”.').first().waitFor();

    const zoe = await server.api.findProfile('email', 'zoe@example.fr');
    await page.goto(`${server.url}/customers/${zoe}`);
    await page.getByRole('heading', { name: 'Said by data partners' }).waitFor();
    await page.getByText('Used', { exact: true }).waitFor();
    expect(errors).toEqual([]);
    await page.close();
  });

  it('read in French on a telephone', async () => {
    const { page, errors } = await signIn(browser, server, french);
    for (const path of ['/segments/outside', '/segments/outside/acme-donnees']) {
      await page.goto(server.url + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.locator('#content').getByText('Consentement').first().waitFor();
      expect(await findings(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    }
    expect(errors).toEqual([]);
    await page.close();
  });
});
