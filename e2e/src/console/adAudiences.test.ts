import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startServer, type TestServer, writeKey } from '../harness/startServer.ts';
import { untilThere } from '../harness/untilThere.ts';
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
  const segment = z.object({ id: z.string() }).parse(
    await server.api.post('/api/v1/segments', {
      name: 'With an address',
      definition: { kind: 'trait', trait: 'email', test: { type: 'any', op: 'exists' } },
    }),
  );
  // While it is being built nobody is looked at.
  await untilThere('the members of the segment', 60_000, async () => {
    const { state } = await server.api.get(`/api/v1/segments/${segment.id}`, z.object({ state: z.string() }));
    return state === 'live' ? true : null;
  });
});
afterAll(async () => {
  await browser.close();
  await server.dispose();
});

// All the time paused: nothing leaves the house.
describe('advertising audiences', () => {
  it('are set up, say who may be handed on and why others are not, and are changed', async () => {
    const { page, errors } = await signIn(browser, server, english);
    await page.goto(`${server.url}/segments/ads`);
    await page.getByRole('heading', { name: 'No advertising audiences yet' }).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'New audience' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Buyers');
    await dialog.getByRole('combobox', { name: 'Segment or list' }).click();
    await page.getByRole('option', { name: 'With an address' }).click();
    await dialog.getByRole('textbox', { name: 'Audience ID' }).fill('2385');
    await dialog.getByLabel('Access token').fill('EAAB-of-the-shop');
    await dialog.getByRole('switch', { name: 'Paused' }).press('Space');
    expect(await findings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).click();

    await page.getByRole('heading', { name: 'Buyers' }).waitFor();
    await page.getByText('Meta Custom Audiences · With an address').waitFor();
    await page.getByText(/^Not handed on: 1 without permission/).waitFor({ timeout: 60_000 });
    await page.getByText('1 to add, 0 to take out').waitFor();
    expect(await findings(page)).toEqual([]);

    await page.getByRole('button', { name: 'Change Buyers' }).click();
    expect(await dialog.getByRole('textbox', { name: 'Audience ID' }).isDisabled()).toBe(true);
    expect(await dialog.getByLabel('Access token').inputValue()).toBe('');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('All buyers');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'All buyers' }).waitFor();
    expect(errors).toEqual([]);
    await page.close();
  });

  it('read in French on a telephone, and go', async () => {
    const { page, errors } = await signIn(browser, server, french);
    await page.goto(`${server.url}/segments/ads`);
    await page.getByText('1 à ajouter, 0 à retirer').waitFor();
    expect(await findings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await page.getByRole('button', { name: 'Retirer All buyers' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/d’abord retiré de l’audience/).waitFor();
    await dialog.getByRole('button', { name: 'Retirer' }).click();
    // Nobody was handed on: there is nothing to be taken out.
    await page.getByRole('heading', { name: 'Pas encore d’audience publicitaire' }).waitFor({ timeout: 60_000 });
    expect(errors).toEqual([]);
    await page.close();
  });
});
