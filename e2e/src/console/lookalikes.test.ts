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
  await importForeseenShop(server);
  await server.api.post('/api/v1/segments', {
    name: 'Loyal',
    definition: {
      kind: 'all',
      of: [{ kind: 'order', measure: { of: 'count' }, test: { op: 'gte', value: 5 }, window: { kind: 'ever' } }],
    },
  });
  await server.api.post('/api/v1/segments', {
    name: 'Nobody',
    definition: {
      kind: 'all',
      of: [{ kind: 'order', measure: { of: 'count' }, test: { op: 'gte', value: 500 }, window: { kind: 'ever' } }],
    },
  });
});
afterAll(async () => {
  await browser.close();
  await server.dispose();
});

describe('lookalikes', () => {
  it('are found from a segment, widened by keyboard, and used as a segment', async () => {
    const { page, errors } = await signIn(browser, server, english);
    await page.goto(`${server.url}/lookalikes`);
    await page.getByRole('heading', { name: 'No lookalikes yet' }).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'New lookalike' }).first().click();
    await page.getByRole('combobox', { name: 'Like the people in' }).click();
    await page.getByRole('option', { name: /^Loyal/ }).click();
    await page.getByRole('button', { name: 'Find them' }).click();
    await page.getByRole('heading', { name: 'How many, how like' }).waitFor({ timeout: 60_000 });
    const slider = page.getByRole('slider', { name: 'Reach' });
    const said = page.getByText(/times as like the segment/);
    const before = await said.first().textContent();
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => said.first().textContent()).not.toBe(before);
    await page.getByRole('button', { name: 'Keep this reach' }).click();
    await page.getByText('Kept. Segments that use it follow.').waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Use as a segment' }).click();
    await page.waitForURL((url) => url.pathname.startsWith('/segments/'));
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('say in words why there are none', async () => {
    const { page, errors } = await signIn(browser, server, french);
    await page.goto(`${server.url}/lookalikes`);
    await page.getByRole('button', { name: 'Nouveaux profils semblables' }).first().click();
    await page.getByRole('combobox', { name: 'Semblables aux personnes de' }).click();
    await page.getByRole('option', { name: /^Nobody/ }).click();
    await page.getByRole('button', { name: 'Les trouver' }).click();
    await page.getByText(/Le segment compte trop peu de personnes/).waitFor({ timeout: 60_000 });
    expect(await findings(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')).toBe(false);
    expect(errors).toEqual([]);
    await page.context().close();
  });
});
