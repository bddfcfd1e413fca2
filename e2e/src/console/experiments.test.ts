import { experienceSchema, experimentResultsSchema, experimentSchema } from '@vitrail/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../harness/startServer.ts';
import { openBrowser } from '../storefront/browser.ts';
import { findings } from './axe.ts';
import { ownerEnv, signIn } from './signIn.ts';

const english = { locale: 'en-GB', colorScheme: 'light', width: 1440 } as const;
const french = { locale: 'fr-FR', colorScheme: 'dark', width: 320 } as const;
const variations = [
  { key: 'control', name: 'As it is', weight: 0.5 },
  { key: 'bold', name: 'Bold', weight: 0.5 },
];
const metrics = [
  { key: 'buyers', name: 'Share who ordered', type: 'share', measure: { of: 'orders' }, role: 'primary' },
];
const isTooWide = (page: Page) => page.evaluate('document.documentElement.scrollWidth > window.innerWidth');

let server: TestServer;
let browser: Browser;
let bandit: string;

async function make(fields: object): Promise<string> {
  const { id } = experimentSchema.parse(
    await server.api.post('/api/v1/experiments', { variations, metrics, ...fields }),
  );
  await server.api.post(`/api/v1/experiments/${id}/start`, {});
  return id;
}

beforeAll(async () => {
  server = await startServer({ env: ownerEnv });
  browser = await openBrowser();
  bandit = await make({
    key: 'subject',
    name: 'Subject of the week',
    kind: 'message',
    holdout: 0.1,
    allocation: 'bandit',
    bandit: { every: 'day' },
  });
  const over = await make({ key: 'search', name: 'New search', kind: 'flag', hypothesis: 'Fewer give up.' });
  await server.api.post(`/api/v1/experiments/${over}/stop`, {});
  await server.api.put(`/api/v1/experiments/${over}/learning`, {
    result: 'unclear',
    note: 'Too few people to tell; try it again at Christmas.',
  });
  await server.api.put('/api/v1/experiment-settings', { globalHoldout: 0.05, publishedSegments: [] });
});
afterAll(async () => {
  await browser.close();
  await server.dispose();
});

describe('experiments', () => {
  it('say that a bandit has no verdict, and what holding people out tells', async () => {
    const results = await server.api.get(`/api/v1/experiments/${bandit}/results`, experimentResultsSchema);
    expect(results).toMatchObject({ verdict: { code: 'bandit' }, phases: [] });
    const { page, errors } = await signIn(browser, server, english);
    await page.goto(`${server.url}/website/experiments/${bandit}`);
    await page.getByText(/^A bandit: people are shared out as planned/).waitFor();
    await page.getByRole('heading', { name: 'How people are shared out' }).waitFor();
    await page.getByRole('heading', { name: 'Against those kept out' }).waitFor();
    await page.getByText('Too few orders yet to compare.').waitFor();
    expect(await findings(page)).toEqual([]);
    await page.goto(`${server.url}/website/experiments`);
    await page.getByRole('link', { name: 'What it all brings' }).click();
    await page.getByText(/^5% held out since/).waitFor();
    await page.getByText('Too few orders yet to compare.').waitFor();
    expect(await findings(page)).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('are found again by what was learnt, with the sentence of that day, in French on a phone', async () => {
    const { page, errors } = await signIn(browser, server, french);
    await page.goto(`${server.url}/website/experiments/learnings`);
    await page.getByRole('heading', { name: 'New search' }).waitFor();
    await page.getByText('Il s’est terminé sans décision, après 0 personne.').waitFor();
    await page.getByRole('searchbox', { name: 'Chercher dans les leçons' }).fill('christmas');
    await page.waitForURL(/q=christmas/);
    await page.getByText('Too few people to tell; try it again at Christmas.').waitFor();
    expect(await findings(page)).toEqual([]);
    expect(await isTooWide(page)).toBe(false);
    await page.getByRole('searchbox', { name: 'Chercher dans les leçons' }).fill('nothing of the kind');
    await page.getByText('Rien trouvé').waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('take their variations from an experience, and give campaigns their variants', async () => {
    const bar = { kind: 'bar', texts: { en: { title: 'Free delivery' } } };
    experienceSchema.parse(
      await server.api.post('/api/v1/experiences', {
        key: 'delivery',
        name: 'Delivery',
        control: 0.2,
        variants: [{ key: 'big', name: 'Big', weight: 1, content: bar }],
      }),
    );
    const { page, errors } = await signIn(browser, server, english);
    await page.goto(`${server.url}/website/experiments/new`);
    await page.getByRole('textbox', { name: /^Name/ }).first().fill('Does delivery sell?');
    await page.getByRole('combobox', { name: 'Runs on' }).click();
    await page.getByRole('option', { name: 'Delivery' }).click();
    await expect.poll(() => page.getByRole('textbox', { name: 'Share' }).first().inputValue()).toBe('20 %');
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Does delivery sell?' }).waitFor();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByText('Running', { exact: true }).waitFor();

    await page.goto(`${server.url}/messages/campaigns/new`);
    await page.getByRole('combobox', { name: 'Decided by an experiment' }).click();
    await page.getByRole('option', { name: 'Subject of the week' }).click();
    await page.getByRole('combobox', { name: /bold/ }).waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });
});
