import { recommendationReportSchema, recommendationsSchema } from '@vitrail/contracts';
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
  await importForeseenShop(server, 400);
});
afterAll(async () => {
  await browser.close();
  await server.dispose();
});

const report = () => server.api.get('/api/v1/recommendations/report', recommendationReportSchema);

describe('recommendations', () => {
  it('are built on demand and tried out for a customer, with a reason for each', async () => {
    const { page, errors } = await signIn(browser, server, english);
    await page.goto(`${server.url}/recommendations`);
    await page.getByRole('button', { name: 'Build now' }).click();
    await expect.poll(async () => (await report()).people, { timeout: 60_000 }).toBeGreaterThan(100);
    await expect.poll(async () => (await report()).running, { timeout: 60_000 }).toBeNull();
    const id = await server.api.findProfile('user_id', 'c4');
    await page.goto(`${server.url}/recommendations?profile=${id}`);
    const shown = page.getByRole('list', { name: 'What would be shown' });
    await shown.getByRole('listitem').first().waitFor();
    expect(await shown.getByRole('listitem').count()).toBe(12);
    expect(await findings(page)).toEqual([]);
    await page.getByRole('tab', { name: 'How good' }).click();
    await page.getByRole('rowheader', { name: 'Popular', exact: true }).first().waitFor();
    expect(await findings(page)).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('follow a rule at once, also when it is switched off and removed', async () => {
    const { page, errors } = await signIn(browser, server, english);
    const brandsShown = async () => {
      const { items } = await server.api.get('/api/v1/recommendations?limit=20', recommendationsSchema);
      return new Set(items.map(({ product }) => product.brand));
    };
    expect((await brandsShown()).has('Alba')).toBe(true);
    await page.goto(`${server.url}/recommendations?tab=rules`);
    await page.getByRole('heading', { name: 'No rules yet' }).waitFor();
    await page.getByRole('button', { name: 'New rule' }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('textbox', { name: 'Name' }).fill('No Alba');
    await form.getByText('Never show', { exact: true }).click();
    await form.getByText('Say what it is about').waitFor();
    await form.getByRole('combobox', { name: 'Brands' }).fill('Alba');
    await page.keyboard.press('Enter');
    expect(await findings(page)).toEqual([]);
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Never shows Alba').waitFor();
    await expect.poll(async () => (await brandsShown()).has('Alba')).toBe(false);

    await page.getByRole('switch', { name: 'Rule “No Alba” on' }).focus();
    await page.keyboard.press('Space');
    await expect.poll(async () => (await brandsShown()).has('Alba')).toBe(true);
    await page.getByRole('button', { name: 'Remove the rule “No Alba”' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('heading', { name: 'No rules yet' }).waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('stand on the pages of products and customers, in French on a telephone too', async () => {
    const { page, errors } = await signIn(browser, server, french);
    const id = await server.api.findProfile('user_id', 'c4');
    for (const path of ['/products/p0-1', `/customers/${id}?tab=suggested`, '/recommendations']) {
      await page.goto(server.url + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByRole('list').getByRole('listitem').first().waitFor();
      await page.waitForLoadState('networkidle');
      expect(await findings(page), path).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth > window.innerWidth'), path).toBe(false);
    }
    await page.goto(`${server.url}/products/p0-1`);
    await page.getByRole('region', { name: 'Va avec' }).getByRole('listitem').first().waitFor();
    await page.getByRole('region', { name: 'Qui l’achète' }).getByText('Clients').first().waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });
});
