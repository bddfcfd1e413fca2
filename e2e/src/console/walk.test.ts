import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer, writeKey } from '../harness/startServer.ts';
import { openBrowser } from '../storefront/browser.ts';
import { ownerEnv, signIn } from './signIn.ts';

const feed =
  'id\ttitle\tprice\tavailability\nsku-1\tTrail shoe\t89.90 EUR\tin_stock\nsku-2\tRain jacket\t129.00 EUR\tin_stock\n';
let server: TestServer;
let browser: Browser;
let profile = '';
let imported = '';

beforeAll(async () => {
  server = await startServer({ env: ownerEnv });
  browser = await openBrowser();
  const batch = [
    {
      type: 'identify',
      userId: 'u1',
      messageId: 'm1',
      traits: { firstName: 'Zoé', lastName: 'Müller', email: 'zoe@example.fr' },
    },
    {
      type: 'track',
      event: 'Order Completed',
      userId: 'u1',
      messageId: 'm2',
      properties: { order_id: 'R-2026-17', total: 59.9, currency: 'EUR' },
    },
    { type: 'group', userId: 'u1', groupId: 'c1', messageId: 'm3', traits: { name: 'Atelier Müller' } },
    { type: 'group', userId: 'u2', groupId: 'c2', messageId: 'm4', traits: { name: 'Garage Dupont' } },
  ];
  const answer = await fetch(`${server.url}/v1/batch`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}` },
    body: JSON.stringify({ batch }),
  });
  expect(answer.status).toBe(200);
  imported = await server.api.startImport({ as: 'products', name: 'feed.tsv', content: feed });
  await server.api.waitForImport(imported);
  await server.api.waitSettled();
  profile = (await server.api.findProfile('user_id', 'u1')) ?? '';
});
afterAll(async () => {
  await browser.close();
  await server.dispose();
});

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const arrive = (page: Page, path: string) => page.waitForURL((url) => url.pathname === path);

describe.each([
  {
    appearance: { locale: 'en-GB', colorScheme: 'light', width: 1440 },
    words: {
      customers: 'Customers',
      searchPeople: 'Search customers',
      companies: 'Search companies',
      searchProducts: 'Search products',
      products: 'Products',
      imports: 'Imports',
      sources: 'Sources',
      palette: 'Search people, products, pages…',
      merges: 'Merges',
      orders: 'Orders',
      noOrder: 'No order matches these filters',
      withoutStatus: 'Remove filter: Status',
    },
  },
  {
    appearance: { locale: 'fr-FR', colorScheme: 'dark', width: 1024 },
    words: {
      customers: 'Clients',
      searchPeople: 'Rechercher un client',
      companies: 'Rechercher une entreprise',
      searchProducts: 'Rechercher un produit',
      products: 'Produits',
      imports: 'Imports',
      sources: 'Sources',
      palette: 'Rechercher une personne, un produit, une page…',
      merges: 'Fusions',
      orders: 'Commandes',
      noOrder: 'Aucune commande ne répond à ces filtres',
      withoutStatus: 'Retirer le filtre : État',
    },
  },
] as const)('walking through the console in $appearance.locale', ({ appearance, words }) => {
  it('finds a customer by name and opens the one page with everything about them, however quick the click', async () => {
    const { page, errors } = await signIn(browser, server, appearance);
    await page.goto(`${server.url}/customers`);
    // Faster than the search itself: the row is there already, and the search still to come must not call back.
    await page.getByRole('link', { name: 'Zoé Müller' }).waitFor();
    await page.getByRole('searchbox', { name: words.searchPeople }).fill('muller');
    await page.getByRole('link', { name: 'Zoé Müller' }).click();
    await heading(page, 'Zoé Müller').waitFor();
    await page.waitForTimeout(600);
    expect(new URL(page.url()).pathname).toBe(`/customers/${profile}`);
    await page.getByText('zoe@example.fr').first().waitFor();
    await page.getByRole('tab', { name: words.orders }).click();
    await page.getByText('R-2026-17').first().waitFor();
    // Filters stand in the address, and what they let through is all there is.
    await page.goto(`${server.url}/customers/${profile}?tab=orders&status=cancelled&min=1`);
    await page.getByText(words.noOrder).waitFor();
    await page.getByRole('button', { name: words.withoutStatus }).click();
    await page.waitForURL((url) => url.searchParams.get('status') === null && url.searchParams.has('min'));
    await page.getByText('R-2026-17').first().waitFor();

    // At leisure: the list shows what was found, and the back button returns to it.
    await page.getByRole('link', { name: words.customers }).first().click();
    await heading(page, words.customers).waitFor();
    const search = page.getByRole('searchbox', { name: words.searchPeople });
    expect(await search.inputValue()).toBe('');
    await search.fill('müller');
    await page.waitForURL((url) => url.searchParams.get('q') === 'müller');
    await page.getByRole('row', { name: /Zoé Müller/ }).click({ position: { x: 400, y: 10 } });
    await heading(page, 'Zoé Müller').waitFor();
    await page.goBack();
    await heading(page, words.customers).waitFor();
    expect(await page.getByRole('searchbox', { name: words.searchPeople }).inputValue()).toBe('müller');
    // The place in the rail asks for the whole list: the field follows.
    await page.getByRole('navigation').getByRole('link', { name: words.customers }).first().click();
    await page.waitForURL((url) => url.searchParams.get('q') === null);
    await expect.poll(() => search.inputValue()).toBe('');
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('leads from each list to what a row stands for', async () => {
    const { page, errors } = await signIn(browser, server, appearance);
    await page.goto(`${server.url}/products`);
    await page.getByRole('link', { name: 'Trail shoe' }).waitFor();
    await page.getByRole('searchbox', { name: words.searchProducts }).fill('trail');
    await page.getByRole('link', { name: 'Trail shoe' }).click();
    await arrive(page, '/products/sku-1');
    await heading(page, 'Trail shoe').waitFor();

    await page.getByRole('navigation').getByRole('link', { name: words.imports }).click();
    await heading(page, words.imports).waitFor();
    await page.getByRole('link', { name: 'feed.tsv' }).click();
    await arrive(page, `/data/imports/${imported}`);
    await heading(page, 'feed.tsv').waitFor();

    await page.getByRole('navigation').getByRole('link', { name: words.sources }).click();
    await heading(page, words.sources).waitFor();
    const source = page.getByRole('table').getByRole('link').first();
    const name = (await source.textContent()) ?? '';
    await source.click();
    await heading(page, name).waitFor();

    await page.goto(`${server.url}/companies`);
    await page.getByText('Garage Dupont').waitFor();
    await page.getByRole('searchbox', { name: words.companies }).fill('muller');
    await page.getByText('Garage Dupont').waitFor({ state: 'detached' });
    await page.getByText('Atelier Müller').waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('jumps from the palette to a person, a product and a page', async () => {
    const { page, errors } = await signIn(browser, server, appearance);
    const jump = async (text: string, choice: string) => {
      await page.keyboard.press('Control+k');
      const field = page.getByPlaceholder(words.palette);
      await field.waitFor();
      await field.fill(text);
      await page.getByRole('dialog').getByText(choice, { exact: true }).click();
      await field.waitFor({ state: 'detached' });
    };
    await jump('zoe@', 'Zoé Müller');
    await heading(page, 'Zoé Müller').waitFor();
    await jump('rain', 'Rain jacket');
    await heading(page, 'Rain jacket').waitFor();
    await jump(words.merges.toLowerCase(), words.merges);
    await arrive(page, '/merges');

    // By keyboard alone.
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder(words.palette).fill('muller');
    await page.getByRole('dialog').getByText('Zoé Müller').waitFor();
    // As a person does: down until the right one is marked.
    const marked = page.locator('[data-selected]');
    await expect
      .poll(async () => {
        await page.keyboard.press('ArrowDown');
        return (await marked.allTextContents()).join();
      })
      .toContain('Zoé Müller');
    await page.keyboard.press('Enter');
    await heading(page, 'Zoé Müller').waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });
});

it('keeps filters and columns of a list as a view, and the language, with the account', async () => {
  const { page, errors } = await signIn(browser, server, { locale: 'en-GB', colorScheme: 'light', width: 1440 });
  await page.goto(`${server.url}/customers?q=muller`);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Phone' }).uncheck();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByLabel('Save what is shown as').fill('The Müllers');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('View “The Müllers” saved').waitFor();

  await page
    .getByRole('button', { name: /The owner|owner/i })
    .last()
    .click();
  await page.getByText('Français').click();
  await page.getByRole('heading', { level: 1, name: 'Clients' }).waitFor();
  await page.waitForLoadState('networkidle');
  expect(errors).toEqual([]);
  await page.context().close();

  // Another browser that would prefer English, with nothing remembered in it.
  const other = await signIn(browser, server, { locale: 'en-GB', colorScheme: 'light', width: 1440 });
  await other.page.goto(`${server.url}/customers`);
  await heading(other.page, 'Clients').waitFor();
  await other.page.getByRole('columnheader', { name: 'Téléphone' }).waitFor();
  await other.page.getByRole('button', { name: 'Vues enregistrées' }).click();
  await other.page.getByRole('button', { name: 'The Müllers', exact: true }).click();
  await other.page.waitForURL((url) => url.searchParams.get('q') === 'muller');
  await other.page.getByRole('columnheader', { name: 'Téléphone' }).waitFor({ state: 'detached' });
  expect(await other.page.getByRole('searchbox').inputValue()).toBe('muller');
  expect(other.errors).toEqual([]);
  await other.page.context().close();
});
