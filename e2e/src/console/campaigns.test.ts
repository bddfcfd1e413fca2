import { segmentSchema } from '@vitrail/contracts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startServer, type TestServer } from '../harness/startServer.ts';
import { untilThere } from '../harness/untilThere.ts';
import { openBrowser } from '../storefront/browser.ts';
import { findings } from './axe.ts';
import { ownerEnv, signIn } from './signIn.ts';

const english = { locale: 'en-GB', colorScheme: 'light', width: 1440 } as const;
const french = { locale: 'fr-FR', colorScheme: 'dark', width: 320 } as const;
const idSchema = z.object({ id: z.string() });

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  server = await startServer({ env: ownerEnv });
  browser = await openBrowser();
  // Every third did not say yes.
  const lines = Array.from(
    { length: 30 },
    (_, index) => `c${index},Zoé${index},zoe${index}@example.com,${index % 3 === 0 ? 'no' : 'yes'}`,
  );
  await server.api.importFile({
    as: 'people',
    name: 'people.csv',
    content: `customer_id,first_name,email,newsletter\n${lines.join('\n')}\n`,
  });
  await server.api.waitSettled();
  const { id } = idSchema.parse(
    await server.api.post('/api/v1/segments', {
      name: 'Everyone',
      definition: { kind: 'all', of: [{ kind: 'trait', trait: 'email', test: { type: 'any', op: 'exists' } }] },
    }),
  );
  await untilThere('the members', 30_000, async () => {
    const { state, size } = await server.api.get(`/api/v1/segments/${id}`, segmentSchema);
    return state === 'live' && size === 30 ? true : null;
  });
});
afterAll(async () => {
  await browser.close();
  await server.dispose();
});

describe('campaigns', () => {
  it('are built in French on a phone, foreseen, sent, and told message by message', async () => {
    const { page, errors } = await signIn(browser, server, french);
    await page.goto(`${server.url}/messages/campaigns`);
    await page.getByRole('heading', { name: 'Aucune campagne pour l’instant' }).waitFor();
    expect(await findings(page)).toEqual([]);
    const mjml = `<mjml><mj-body><mj-section><mj-column><mj-text>Bonjour {{ customer.firstName }}</mj-text>
      <mj-text><a href="{{ unsubscribe_url }}">Se désabonner</a></mj-text></mj-column></mj-section></mj-body></mjml>`;
    await server.api.post('/api/v1/templates', {
      name: 'Printemps',
      channel: 'email',
      content: {
        kind: 'email',
        fallbackLanguage: 'fr',
        sender: { name: 'Boutique', address: 'boutique@example.org' },
        languages: { fr: { subject: 'Bonjour {{ customer.firstName }}', mjml } },
      },
    });
    await page.getByRole('link', { name: 'Nouvelle campagne' }).first().click();
    await page.getByRole('textbox', { name: /^Nom/ }).fill('Lancement de printemps');
    await page.getByRole('combobox', { name: /^Segment/ }).click();
    await page.getByRole('option', { name: /^Everyone/ }).click();
    await page.getByRole('combobox', { name: /^Modèle/ }).click();
    await page.getByRole('option', { name: 'Printemps' }).click();
    expect(await findings(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')).toBe(false);
    await page.getByRole('button', { name: 'Enregistrer le brouillon' }).click();

    await page.getByRole('heading', { level: 1, name: 'Lancement de printemps' }).waitFor();
    const row = (name: RegExp) => page.getByRole('row', { name });
    await row(/Le recevront/).waitFor();
    expect(await row(/Sans consentement/).textContent()).toContain('10');
    expect(await row(/Le recevront/).textContent()).toContain('20');
    expect(await findings(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')).toBe(false);
    await page.getByRole('button', { name: 'Lancer', exact: true }).click();
    await page.getByText('20 personnes la recevront.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Lancer' }).click();
    await page.getByText('Terminée').waitFor({ timeout: 60_000 });
    await page.getByRole('tab', { name: 'Messages' }).click();
    await page.getByText('Sans consentement').first().waitFor();
    expect(await findings(page)).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('keep to rules that are set in one place', async () => {
    const { page, errors } = await signIn(browser, server, english);
    await page.goto(`${server.url}/settings/sending`);
    const cap = page.getByRole('group', { name: 'Cap 1', exact: true });
    await cap.getByRole('textbox', { name: /^At most/ }).fill('1');
    await page.getByRole('button', { name: 'Save the rules' }).click();
    await page.getByText('The rules hold from now on').waitFor();
    expect(await findings(page)).toEqual([]);
    // Everybody who may be written to got one mail a moment ago.
    await page.goto(`${server.url}/messages/campaigns/new`);
    await page.getByRole('textbox', { name: /^Name/ }).fill('Again');
    await page.getByRole('combobox', { name: /^Segment/ }).click();
    await page.getByRole('option', { name: /^Everyone/ }).click();
    await page.getByRole('combobox', { name: /^Template/ }).click();
    await page.getByRole('option', { name: 'Printemps' }).click();
    await page.getByRole('button', { name: 'Save the draft' }).click();
    const capped = page.getByRole('row', { name: /Capped/ });
    await capped.waitFor();
    expect(await capped.textContent()).toContain('20');
    await page.goto(`${server.url}/messages/sent`);
    await page.getByText('Zoé1').first().waitFor();
    expect(await findings(page)).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  });
});
