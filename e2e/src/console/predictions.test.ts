import { predictionReportSchema } from '@vitrail/contracts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../harness/startServer.ts';
import { openBrowser } from '../storefront/browser.ts';
import { findings } from './axe.ts';
import { importForeseenShop } from './foreseenShop.ts';
import { ownerEnv, signIn } from './signIn.ts';

const english = { locale: 'en-GB', colorScheme: 'light', width: 1440 } as const;
const french = { locale: 'fr-FR', colorScheme: 'dark', width: 320 } as const;

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  server = await startServer({ env: ownerEnv });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.dispose();
});

describe('predictions', () => {
  it('begin with what to do, are computed on demand, and stand with their proof', async () => {
    const { page, errors } = await signIn(browser, server, english);
    await page.goto(`${server.url}/predictions`);
    await page.getByRole('heading', { name: 'No predictions yet' }).waitFor();
    expect(await findings(page)).toEqual([]);

    await importForeseenShop(server);
    await page.reload();
    await page.getByRole('button', { name: 'Compute now' }).click();
    await page.getByText(/^(Purchase model|Regression), computed on/).waitFor({ timeout: 120_000 });
    await expect
      .poll(async () => (await server.api.get('/api/v1/predictions/report', predictionReportSchema)).running, {
        timeout: 120_000,
      })
      .toBeNull();
    await page.getByText(/^Of two customers, one who ordered and one who did not/).waitFor();
    await page.getByRole('heading', { name: 'Predicted and actual, by tenths' }).waitFor();
    await page
      .getByText(/predicted \(.* to .*\), .* came:/)
      .first()
      .waitFor();
    expect(await findings(page)).toEqual([]);

    // A word of the craft says what it means, by keyboard too.
    const word = page.getByRole('button', { name: 'Right one of two' }).first();
    await word.focus();
    await page.keyboard.press('Enter');
    await page.getByText(/50% is tossing a coin/).waitFor();
    await page.keyboard.press('Escape');

    const cuts = page.getByRole('combobox', { name: 'Cut on' });
    const choices = await cuts.locator('option').all();
    expect(choices.length).toBeGreaterThan(1);
    await cuts.selectOption({ index: 1 });
    await page.waitForURL((url) => url.searchParams.has('cut'));
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('lead from the home page to the people, and stand on the page of each', async () => {
    const { page, errors } = await signIn(browser, server, english);
    await page.goto(`${server.url}/`);
    await page.getByRole('link', { name: /expected in the next 30 days$/ }).waitFor();
    await page.getByRole('link', { name: /customers? at risk$/ }).click();
    await page.waitForURL((url) => url.searchParams.get('template') === 'foreseen-risk');
    await page.getByRole('textbox', { name: 'Name' }).first().waitFor();

    const report = await server.api.get('/api/v1/predictions/report', predictionReportSchema);
    expect(report.scopes[0]?.people).toBeGreaterThan(500);
    const id = await server.api.findProfile('user_id', 'c3');
    await page.goto(`${server.url}/customers/${id}`);
    const card = page.getByRole('region', { name: 'What comes next' });
    await card.getByText('Orders in 30 days').waitFor();
    await card.getByText('Lifetime value').waitFor();
    expect(await findings(page)).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('are read in French on a telephone without a sideways scroll', async () => {
    const { page, errors } = await signIn(browser, server, french);
    const id = await server.api.findProfile('user_id', 'c3');
    for (const path of ['/predictions', '/', `/customers/${id}`]) {
      await page.goto(server.url + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      expect(await findings(page), path).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth > window.innerWidth'), path).toBe(false);
    }
    expect(errors).toEqual([]);
    await page.context().close();
  });
});
