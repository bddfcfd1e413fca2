import { profileListSchema, segmentListSchema } from '@vitrail/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { poll } from '../../../server/test/poll.ts';
import { startServer, type TestServer } from '../harness/startServer.ts';
import { openBrowser } from '../storefront/browser.ts';
import { findings } from './axe.ts';
import { ownerEnv, signIn } from './signIn.ts';

const english = { locale: 'en-GB', colorScheme: 'light', width: 1440 } as const;
const french = { locale: 'fr-FR', colorScheme: 'dark', width: 320 } as const;
const people = 130;
/** The first in the file is the oldest customer and the last of the list without a sort; theirs is the largest order. */
const nameOf = (at: number): string => `Nom${String(at).padStart(3, '0')}`;

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  server = await startServer({ env: ownerEnv });
  browser = await openBrowser();
  const rows = Array.from({ length: people }, (_, at) => at);
  await server.api.importFile({
    as: 'people',
    name: 'people.csv',
    content: `email,firstName,lastName\n${rows.map((at) => `p${at}@example.fr,Ada,${nameOf(at)}`).join('\n')}\n`,
  });
  await server.api.importFile({
    as: 'orders',
    name: 'orders.csv',
    content: `order_id,date,total,currency,email\n${rows
      .map((at) => `o${at},2026-01-0${1 + (at % 9)},${1000 - at},EUR,p${at}@example.fr`)
      .join('\n')}\n`,
  });
  await server.api.waitSettled();
  await poll(
    'everybody has a place in the sorted list',
    async () => {
      const { items } = await server.api.get('/api/v1/profiles?sort=revenue&limit=200', profileListSchema);
      return items.length === people && items.every(({ revenue }) => revenue !== null);
    },
    { timeoutMs: 60_000, everyMs: 250 },
  );
});
afterAll(async () => {
  await browser.close();
  await server.dispose();
});

const firstName = (page: Page) => page.locator('tbody tr').first().getByRole('link').first();
const sizeOf = async (name: string): Promise<number | undefined> => {
  const { items } = await server.api.get(`/api/v1/segments?q=${name}`, segmentListSchema);
  return items[0]?.size ?? undefined;
};

describe('the list of customers', () => {
  it('is narrowed by filters that read as a sentence, stand in its address and become a segment', async () => {
    const { page, errors } = await signIn(browser, server, english);
    await page.goto(`${server.url}/customers`);
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    const add = page.getByRole('combobox', { name: 'Add a condition' });
    const choose = async (typed: string, option: string | RegExp) => {
      await add.fill(typed);
      await page.getByRole('option', { name: option }).first().click();
    };
    await choose('has an e-mail', /e-mail/i);
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText(`of ${people}`).first().waitFor();
    await choose('revenue', /revenue from orders/);
    const amount = page.getByRole('textbox', { name: 'Number' }).first();
    await amount.fill('990');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 11);
    expect(new URL(page.url()).searchParams.get('where')).toContain('990');
    expect(await findings(page)).toEqual([]);

    await page.reload();
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 11);
    await page.getByRole('button', { name: 'Save as segment' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Big spenders');
    await page.getByRole('button', { name: 'Create segment' }).click();
    await page.getByText('The segment “Big spenders” follows these people').waitFor();
    await poll('the segment holds exactly those listed', async () => (await sizeOf('Big')) === 11, {
      timeoutMs: 60_000,
    });

    await page.getByRole('button', { name: /Remove filter: .*990/ }).click();
    await page.getByText(`of ${people}`).first().waitFor();
    await page.goto(`${server.url}/customers?where=%7B`);
    await page.getByText('http.invalid_request').first().waitFor();
    expect(errors.filter((error) => !error.includes('400'))).toEqual([]);
    await page.context().close();
  });

  it('is sorted as a whole by keyboard, and remembers it in its address', async () => {
    const { page, errors } = await signIn(browser, server, english);
    await page.goto(`${server.url}/customers`);
    await page.getByRole('link', { name: nameOf(people - 1) }).waitFor();
    const header = page.getByRole('columnheader', { name: 'Revenue' });
    await header.getByRole('button').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => header.getAttribute('aria-sort')).toBe('descending');
    await expect.poll(() => firstName(page).textContent()).toContain(nameOf(0));
    await page.keyboard.press('Enter');
    await expect.poll(() => header.getAttribute('aria-sort')).toBe('ascending');
    await expect.poll(() => firstName(page).textContent()).toContain(nameOf(people - 1));
    await page.reload();
    await expect.poll(() => firstName(page).textContent()).toContain(nameOf(people - 1));
    expect(await header.getAttribute('aria-sort')).toBe('ascending');
    expect(await findings(page)).toEqual([]);
    await header.getByRole('button').click();
    await expect.poll(() => header.getAttribute('aria-sort')).toBe(null);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('puts chosen people on a new list and takes it back, and puts everybody on it who matches', async () => {
    const { page, errors } = await signIn(browser, server, english);
    await page.goto(`${server.url}/customers?sort=-revenue`);
    await page.getByRole('checkbox', { name: `Select Ada ${nameOf(0)}` }).check();
    await page.getByRole('checkbox', { name: `Select Ada ${nameOf(3)}` }).click({ modifiers: ['Shift'] });
    await page.getByText('4 people selected').waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Add to a list' }).click();
    await page.getByRole('button', { name: 'Make a new list instead' }).click();
    await page.getByRole('textbox', { name: 'Name of the new list' }).fill('Invited');
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('4 people added to “Invited”').waitFor();
    expect(await sizeOf('Invited')).toBe(4);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone: “Invited” is as it was').waitFor();
    expect(await sizeOf('Invited')).toBe(0);

    await page.getByRole('checkbox', { name: `Select Ada ${nameOf(0)}` }).check();
    await page.getByRole('button', { name: 'Select all that match' }).click();
    await page.getByText(`${people} people selected`).waitFor();
    await page.getByRole('button', { name: 'Add to a list' }).click();
    await page.getByRole('combobox', { name: 'List' }).click();
    await page.getByRole('option', { name: 'Invited' }).click();
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText(`${people} people added to “Invited”`).waitFor();
    expect(await sizeOf('Invited')).toBe(people);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('erases several once their number is typed, and shows what became of it', async () => {
    const { page, errors } = await signIn(browser, server, english);
    await page.goto(`${server.url}/customers?q=p6@example.fr`);
    await page.getByRole('checkbox', { name: `Select Ada ${nameOf(6)}` }).check();
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Erase' }).click();
    const erase = page.getByRole('button', { name: 'Erase', exact: true });
    expect(await erase.isDisabled()).toBe(true);
    await page.getByRole('textbox', { name: /to confirm/ }).fill('1');
    expect(await findings(page)).toEqual([]);
    await erase.click();
    await page.getByText(/^1 person erased/).waitFor({ timeout: 30_000 });
    await page.getByText('Nobody found').waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('is sorted and chosen from on a French phone', async () => {
    const { page, errors } = await signIn(browser, server, french);
    await page.goto(`${server.url}/customers`);
    await page.getByRole('combobox', { name: 'Trier par' }).click();
    await page.getByRole('option', { name: 'Chiffre d’affaires ↓' }).click();
    await expect.poll(() => firstName(page).textContent()).toContain(nameOf(0));
    await page.getByRole('checkbox', { name: `Sélectionner Ada ${nameOf(0)}` }).check();
    await page.getByText('1 personne sélectionnée').waitFor();
    expect(await findings(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')).toBe(false);
    expect(errors).toEqual([]);
    await page.context().close();
  });
});
