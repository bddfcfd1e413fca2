import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer, writeKey } from '../harness/startServer.ts';
import { openBrowser } from '../storefront/browser.ts';
import { findings } from './axe.ts';
import { ownerEnv, signIn } from './signIn.ts';

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await startServer({ env: ownerEnv });
  browser = await openBrowser();
  const response = await fetch(`${server.url}/v1/batch`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}` },
    body: JSON.stringify({
      batch: [{ type: 'identify', userId: 'u1', traits: { firstName: 'zoé', lastName: 'Müller', language: 'fr' } }],
    }),
  });
  expect(response.status).toBe(200);
  await server.api.waitSettled();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('templates in the console', () => {
  it('are taken, seen as a customer would, built with the mouse, saved and checked', async () => {
    const { page, errors } = await signIn(browser, server, { locale: 'fr-FR', colorScheme: 'light', width: 1_400 });
    await page.goto(`${server.url}/messages/templates`);
    await page.locator('[class*=ready]', { hasText: 'Accueille un nouvel abonné' }).last().getByRole('button').click();
    await page.getByRole('heading', { level: 1, name: 'Bienvenue' }).waitFor();

    await page.getByPlaceholder('Nom, e-mail ou numéro').fill('Zo');
    await page.getByRole('option', { name: /Zoé Müller/ }).click();
    const mail = page.frameLocator('iframe[src="/m/frame"]');
    await mail.getByText('Bonjour Zoé,').waitFor();
    expect(await findings(page)).toEqual([]);

    await page.getByText('Éditeur visuel', { exact: true }).click();
    const canvas = page.frameLocator('iframe[src="/visual-editor"]').frameLocator('iframe.gjs-frame');
    await canvas.locator('h1').dblclick();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('Enchantés');
    await canvas.getByText('Découvrir la boutique').click();
    await mail.getByRole('heading', { name: 'Enchantés' }).waitFor();
    await page.getByRole('button', { name: 'Enregistrer une nouvelle version' }).click();
    await page.getByText('E‑mail, version 2').waitFor();

    await page.getByRole('tab', { name: 'Vérifications' }).click();
    await page.getByRole('button', { name: 'Vérifier' }).click();
    await page.getByText('Essayé avec 1 client.').waitFor();
    expect(await page.getByText('Pas d’adresse d’expéditeur dans la charte').count()).toBeGreaterThan(0);
    expect(errors).toEqual([]);
  });

  it('look right in English, in the dark, on a phone', async () => {
    const { page, errors } = await signIn(browser, server, { locale: 'en-GB', colorScheme: 'dark', width: 390 });
    for (const path of ['/messages/templates', '/messages/templates/brand', '/messages/templates/1']) {
      await page.goto(`${server.url}${path}`);
      await page.locator('#content h1').waitFor();
      await expect.poll(() => page.locator('[aria-busy=true]').count(), { timeout: 20_000 }).toBe(0);
      expect(await findings(page), path).toEqual([]);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wider, path).toBeLessThanOrEqual(0);
    }
    expect(errors).toEqual([]);
  });
});
