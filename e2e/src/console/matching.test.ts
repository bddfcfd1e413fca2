import { reviewListSchema, reviewProgressSchema } from '@vitrail/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../harness/startServer.ts';
import { openBrowser } from '../storefront/browser.ts';
import { findings } from './axe.ts';
import { doublesMapping, writeDoubles } from './doubles.ts';
import { ownerEnv, signIn } from './signIn.ts';

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await startServer({ env: ownerEnv });
  browser = await openBrowser();
  const id = await server.api.startImport({
    as: 'people',
    name: 'people.csv',
    content: writeDoubles(),
    mapping: doublesMapping,
  });
  await server.api.waitForImport(id);
  await server.api.waitSettled();
});
afterAll(async () => {
  await browser.close();
  await server.dispose();
});

const english = { locale: 'en-GB', colorScheme: 'light', width: 1440 } as const;
const french = { locale: 'fr-FR', colorScheme: 'dark', width: 1024 } as const;
const progress = () => server.api.get('/api/v1/reviews/progress?kind=people', reviewProgressSchema);
const open = () => server.api.get('/api/v1/reviews?state=open&limit=200', reviewListSchema);

/** The question on the table: the place of the queue that is marked. */
const marked = (page: Page): Promise<string | null> =>
  page.locator('[aria-current="true"]').first().textContent({ timeout: 5_000 });

describe('finding one person recorded twice', () => {
  it('begins with a dry run that changes nothing, and says what it would do', async () => {
    const { page, errors } = await signIn(browser, server, english);
    await page.goto(`${server.url}/reviews`);
    await page.getByRole('heading', { name: 'Nothing to review yet' }).waitFor();
    await page.getByRole('link', { name: 'Go to matching' }).click();
    await page.getByRole('heading', { level: 1, name: 'Matching' }).waitFor();
    await page.getByRole('button', { name: 'Start a dry run' }).first().click();
    await page.getByRole('heading', { level: 1, name: /Dry run \d+/ }).waitFor();
    await page.getByText(/^Would merge \d+ pairs? and ask about \d+\./).waitFor({ timeout: 60_000 });
    await page.getByRole('tab', { name: /^Sure/ }).waitFor();
    expect(await findings(page)).toEqual([]);

    // Lower thresholds leave more to people; nothing of it is in force.
    await page.getByRole('combobox', { name: 'Merge from' }).click();
    await page.getByRole('option', { name: '99.9%', exact: true }).click();
    await page.getByRole('combobox', { name: 'Ask from' }).click();
    await page.getByRole('option', { name: '50%', exact: true }).click();
    await page.getByRole('button', { name: 'Try these in a dry run' }).click();
    await page.getByText('merges from 99.9%, asks from 50%').waitFor();
    await page.getByText(/^Would merge/).waitFor({ timeout: 60_000 });
    expect((await open()).open).toBe(0);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('is put in force after one more look at the numbers', async () => {
    const { page, errors } = await signIn(browser, server, english);
    await page.goto(`${server.url}/matching`);
    await page.getByRole('link', { name: 'Dry run 2' }).click();
    await page.getByRole('button', { name: 'Put in force…' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Put in force/ })
      .click();
    await page.getByRole('heading', { level: 1, name: 'Run 3' }).waitFor();
    await page.getByText(/^Merged .* and asked about/).waitFor({ timeout: 60_000 });
    await expect.poll(async () => (await open()).open).toBeGreaterThan(20);
    expect(errors).toEqual([]);
    await page.context().close();
  });
});

describe.each([
  { appearance: english, letters: ['m', 'd', 'u'], undo: 'z', title: 'Review queue', back: 'Take back' },
  { appearance: french, letters: ['f', 'd', 'p'], undo: 'z', title: 'À vérifier', back: 'Revenir dessus' },
] as const)('the review queue in $appearance.locale', ({ appearance, letters, undo, title, back }) => {
  it('is worked through by keyboard alone, the next question at once, the last answer taken back', async () => {
    const before = await progress();
    const { page, errors } = await signIn(browser, server, appearance);
    await page.goto(`${server.url}/reviews`);
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await page.getByRole('toolbar').getByRole('button').first().waitFor();
    expect(await findings(page)).toEqual([]);
    const times: number[] = [];
    for (let at = 0; at < 10; at++) {
      await page.locator('#content h2[tabindex="-1"]').waitFor();
      const here = await marked(page);
      const letter = letters[at % letters.length] ?? 'u';
      const start = Date.now();
      await page.keyboard.press(letter);
      await expect.poll(() => marked(page), { interval: 5 }).not.toBe(here);
      await page.locator('#content h2[tabindex="-1"]').waitFor();
      times.push(Date.now() - start);
      // The question has the focus, so that a screen reader begins with it.
      expect(await page.evaluate('document.activeElement?.tagName')).toBe('H2');
    }
    expect(times.toSorted((a, b) => a - b)[5]).toBeLessThan(400);
    await expect.poll(async () => (await progress()).doneToday).toBe(before.doneToday + 10);

    await page.getByRole('button', { name: back }).waitFor();
    await page.keyboard.press(undo);
    await expect.poll(async () => (await progress()).doneToday).toBe(before.doneToday + 9);
    await page.getByText(/Taken back:|C’est annulé/).waitFor();
    const undone = await progress();
    expect(undone.merged - before.merged).toBe(3);

    // Keys typed into a field are letters, not answers.
    await page.keyboard.press('c');
    await page.keyboard.type('mdu: same handwriting');
    await page.keyboard.press('Control+Enter');
    await page.getByText('mdu: same handwriting').waitFor();
    expect((await progress()).doneToday).toBe(undone.doneToday);
    expect(errors).toEqual([]);
    await page.context().close();
  });
});

it('a question that somebody else has answered leaves the table by itself', async () => {
  const { page, errors } = await signIn(browser, server, english);
  await page.goto(`${server.url}/reviews`);
  await page.locator('#content h2[tabindex="-1"]').waitFor();
  const [first] = (await open()).items;
  await server.api.post(`/api/v1/reviews/${first?.id}`, { decision: 'distinct' });
  await page.getByText('Somebody else has answered that one meanwhile.').waitFor({ timeout: 30_000 });
  expect(errors).toEqual([]);
  await page.context().close();
});

it('a whole run is undone once its number is typed; what people decided stays', async () => {
  const { page, errors } = await signIn(browser, server, english);
  const decided = (await progress()).merged;
  await page.goto(`${server.url}/matching/runs/3`);
  await page.getByRole('button', { name: 'Undo this run…' }).click();
  const dialog = page.getByRole('dialog');
  const confirm = dialog.getByRole('button', { name: 'Undo the whole run' });
  expect(await confirm.isDisabled()).toBe(true);
  await dialog.getByLabel('Type “3” to confirm').fill('3');
  await confirm.click();
  await page.getByText(/merges? (was|were) undone on/).waitFor({ timeout: 60_000 });
  expect((await progress()).merged).toBe(decided);
  await page.goto(`${server.url}/matching`);
  await page.getByText('Off', { exact: true }).waitFor();
  expect(errors).toEqual([]);
  await page.context().close();
});

describe.each([
  { locale: 'en-GB', colorScheme: 'light', width: 1440 },
  { locale: 'fr-FR', colorScheme: 'dark', width: 320 },
] as const)('the pages of matching in $locale, $colorScheme, $width px', (appearance) => {
  it('have no serious finding of axe and do not scroll sideways', async () => {
    const { page, errors } = await signIn(browser, server, appearance);
    const problems: string[] = [];
    const paths = [
      '/reviews',
      '/reviews?tab=closed',
      '/reviews?kind=company',
      '/matching',
      '/matching?tab=model',
      '/matching?tab=quality',
      '/matching/runs/3',
    ];
    for (const path of paths) {
      await page.goto(server.url + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      await page.waitForTimeout(500);
      problems.push(...(await findings(page)).map((finding) => `${path} ${finding}`));
      if ((await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')) === true)
        problems.push(`${path} scrolls sideways`);
      problems.push(...errors.splice(0).map((error) => `${path} ${error}`));
    }
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
