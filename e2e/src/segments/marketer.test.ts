import {
  predictionReportSchema,
  profileListSchema,
  profilePredictionsSchema,
  rfmSchema,
  sqlAnswerSchema,
} from '@vitrail/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findings } from '../console/axe.ts';
import { importForeseenShop } from '../console/foreseenShop.ts';
import { ownerEnv, signIn } from '../console/signIn.ts';
import { startServer, type TestServer, writeKey } from '../harness/startServer.ts';
import { openBrowser } from '../storefront/browser.ts';
import { callsOf, shoppers, wanted } from './people.ts';

const french = { locale: 'fr-FR', colorScheme: 'light', width: 1440 } as const;
let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await startServer({ env: ownerEnv });
  browser = await openBrowser();
  const now = Date.now();
  const calls = shoppers.flatMap((one) => callsOf(one, now));
  for (let from = 0; from < calls.length; from += 300) {
    const answer = await fetch(`${server.url}/v1/batch`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}` },
      body: JSON.stringify({ batch: calls.slice(from, from + 300) }),
    });
    expect(answer.status).toBe(200);
  }
  await server.api.waitSettled();
});
afterAll(async () => {
  await browser.close();
  await server.dispose();
});

/** Points at the field, types a few words and clicks on the first offer. */
async function choose(page: Page, words: string): Promise<void> {
  const field = page.getByRole('combobox', { name: 'Ajouter une condition' }).last();
  await field.click();
  await field.fill(words);
  await page.getByRole('option').first().click();
}

const numberIn = (page: Page) => page.getByRole('textbox', { name: 'Nombre', exact: true });
const liveCount = (page: Page) => page.getByTestId('live-count').textContent();
const countOf = (people: number) => new RegExp(`^${people}\\D`);

async function askSql(query: string): Promise<readonly unknown[]> {
  const answer = sqlAnswerSchema.parse(await server.api.post('/api/v1/sql', { query }));
  return answer.rows[0] ?? [];
}

describe('a marketer who never saw it, in French and by clicking', () => {
  it('finds the faithful runners, as many as SQL written by somebody else', async () => {
    const { page, errors } = await signIn(browser, server, french);
    await page.goto(`${server.url}/segments`);
    await page.getByRole('link', { name: 'Nouveau segment' }).click();
    await page.getByRole('textbox', { name: /^Nom/ }).fill('Coureurs fidèles');
    await choose(page, 'acheté chaussures');
    await numberIn(page).fill('2');
    await choose(page, 'pas ouvert');
    await choose(page, 'aime course');
    await choose(page, 'peut être contacté e-mail');

    const [people] = await askSql(`
      with shoes as (
        select l.person_id as person, count() as times
        from order_lines as l join orders as o on o.order_id = l.order_id
        where l.category = 'Chaussures' and o.is_sale and o.at > now() - interval 90 day
        group by person
      ), opened as (
        select distinct person_id as person from events where event = 'Email Opened' and at > now() - interval 30 day
      )
      select count() from people
      where person_id in (select person from shoes where times >= 2) and person_id not in (select person from opened)
        and has(JSONExtract(traits['interests'], 'Array(String)'), 'course') and consents['email']`);
    expect(people).toBe(wanted.length);
    await expect.poll(() => liveCount(page), { timeout: 20_000 }).toMatch(countOf(wanted.length));
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Créer le segment' }).click();
    await page.getByRole('heading', { name: 'Coureurs fidèles' }).waitFor();
    await expect
      .poll(() => page.getByTestId('segment-size').textContent(), { timeout: 30_000 })
      .toBe(String(wanted.length));
    expect(await findings(page)).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('looks through personas, makes a score, asks a statement, and follows a funnel and cohorts to the people', async () => {
    const { page, errors } = await signIn(browser, server, french);
    const arrive = async (path: string, heading: string) => {
      await page.goto(`${server.url}${path}`);
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
      await page.waitForLoadState('networkidle');
    };
    // The first look starts the computing of the thresholds.
    await expect
      .poll(async () => (await server.api.get('/api/v1/rfm', rfmSchema)).edgesAt, { timeout: 60_000 })
      .not.toBeNull();
    await arrive('/segments/personas', 'Personas');
    await page
      .getByRole('button', { name: /^Récence \d, fréquence \d/, disabled: false })
      .first()
      .click();
    await page.getByRole('dialog').getByRole('link').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await findings(page)).toEqual([]);

    await arrive('/segments/scores/new', 'Nouveau score');
    await page.getByRole('textbox', { name: /^Nom/ }).first().fill('Engagement');
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.waitForURL((url) => /\/segments\/scores\/\d+$/.test(url.pathname));
    await page.getByRole('heading', { level: 1, name: 'Engagement' }).waitFor();

    await arrive('/analytics/sql', 'SQL');
    await page.getByRole('button', { name: 'Exemples' }).click();
    await page.getByRole('menuitem', { name: 'Commandes, acheteurs et revenu par mois' }).click();
    await page.getByRole('button', { name: 'Exécuter' }).click();
    await page.getByRole('columnheader', { name: 'buyers' }).waitFor();
    expect(await findings(page)).toEqual([]);

    await arrive('/analytics/funnels', 'Entonnoirs');
    expect(await findings(page)).toEqual([]);
    const steps = page.getByRole('button', { name: /^Étape \d/ });
    expect(await steps.count()).toBeGreaterThan(1);

    await arrive('/analytics/retention', 'Rétention');
    const cells = page.getByRole('table').last().getByRole('button');
    await cells.first().waitFor();
    expect(await findings(page)).toEqual([]);
    await cells.first().click();
    await page.getByRole('dialog').getByRole('link').first().waitFor();
    await page.keyboard.press('Escape');
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Télécharger l’image (PNG)' }).click();
    expect((await saved).suggestedFilename()).toBe('retention.png');
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('finds who is likely to leave, is worth over 300 € and likes boots, as many as their own pages say', async () => {
    await importForeseenShop(server);
    await server.api.post('/api/v1/predictions/run', {});
    const one = await server.api.findProfile('user_id', 'c3');
    await expect
      .poll(
        async () => {
          const report = await server.api.get('/api/v1/predictions/report', predictionReportSchema);
          const tastes = await server.api.get(`/api/v1/profiles/${one}/predictions`, profilePredictionsSchema);
          return report.running === null && (report.scopes[0]?.at ?? null) !== null && tastes.categories.length > 0;
        },
        { timeout: 240_000, interval: 1_000 },
      )
      .toBe(true);

    const { page, errors } = await signIn(browser, server, french);
    await page.goto(`${server.url}/segments/new`);
    await choose(page, 'risque partir');
    await choose(page, 'valeur à vie');
    await numberIn(page).fill('300');
    await choose(page, 'aime boots');
    const expected = await countOnPages();
    expect(expected).toBeGreaterThan(5);
    await expect.poll(() => liveCount(page), { timeout: 20_000 }).toMatch(countOf(expected));
    expect(await findings(page)).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  });
});

/** Those of whom the page of the customer itself says so: at least 70 %, 300 € in all, boots among the first three tastes. */
async function countOnPages(): Promise<number> {
  const ids: string[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const query: URLSearchParams = new URLSearchParams({ limit: '200', known: 'true', ...(after !== '' && { after }) });
    const page = await server.api.get(`/api/v1/profiles?${query}`, profileListSchema);
    ids.push(...page.items.map(({ id }) => id));
    after = page.next;
  }
  let found = 0;
  for (let from = 0; from < ids.length; from += 10)
    await Promise.all(
      ids.slice(from, from + 10).map(async (id) => {
        const seen = await server.api.get(`/api/v1/profiles/${id}/predictions`, profilePredictionsSchema);
        const boots = seen.categories.slice(0, 3).some(({ value }) => value === 'Boots');
        if ((seen.churn?.value ?? 0) >= 0.7 && (seen.lifetimeValue?.total ?? 0) >= 300 && boots) found += 1;
      }),
    );
  return found;
}
