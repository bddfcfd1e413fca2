import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { segmentListSchema, segmentSchema } from '@vitrail/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownerEnv, signIn } from '../console/signIn.ts';
import { startServer, type TestServer, writeKey } from '../harness/startServer.ts';
import { openBrowser } from '../storefront/browser.ts';
import { callsOf, shoppers, wanted } from './people.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const french = { locale: 'fr-FR', colorScheme: 'light', width: 1440 } as const;
const now = Date.now();
let server: TestServer;
let browser: Browser;

async function send(calls: readonly object[]): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`;
  for (let from = 0; from < calls.length; from += 300) {
    const batch = calls.slice(from, from + 300);
    const answer = await fetch(`${server.url}/v1/batch`, {
      method: 'POST',
      headers: { authorization },
      body: JSON.stringify({ batch }),
    });
    expect(answer.status).toBe(200);
  }
}

beforeAll(async () => {
  server = await startServer({ env: ownerEnv });
  browser = await openBrowser();
  await send(shoppers.flatMap((one) => callsOf(one, now)));
  await server.api.waitSettled();
});
afterAll(async () => {
  await browser.close();
  await server.dispose();
});

/** Types what one wants to say and takes the first offer, by keyboard alone. */
async function say(page: Page, words: string, label = 'Ajouter une condition'): Promise<void> {
  const field = page.getByRole('combobox', { name: label }).last();
  await field.focus();
  await field.pressSequentially(words);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}

const liveCount = (page: Page) => page.getByTestId('live-count').textContent();
const sizeOf = (page: Page) => page.getByTestId('segment-size').textContent();
const plain = (text: string): string => text.replaceAll(/[\u202f\u00a0]/g, ' ');
const segments = async () =>
  (await server.api.get('/api/v1/segments?limit=50', segmentListSchema)).items.map(({ id, name }) => ({ id, name }));
const idOf = async (name: string): Promise<string> => {
  const found = (await segments()).find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no segment ${name}`);
  return found.id;
};

describe('a marketer who never saw it, in French', () => {
  it('says who they mean by keyboard, sees the exact count, saves, and finds the members and the reasons', async () => {
    const { page, errors } = await signIn(browser, server, french);
    await page.goto(`${server.url}/segments`);
    await page.getByRole('heading', { name: 'À qui voulez-vous parler' }).waitFor();
    await page.getByRole('link', { name: 'Nouveau segment' }).click();
    await page.getByRole('heading', { name: 'Nouveau segment' }).waitFor();
    await page.getByRole('textbox', { name: /^Nom/ }).fill('Coureurs fidèles');
    await say(page, 'acheté chaussures');
    await page.getByRole('textbox', { name: 'Nombre', exact: true }).fill('2');
    await say(page, 'pas ouvert');
    await say(page, 'aime course');
    await say(page, 'peut être contacté e-mail');
    expect(plain((await page.getByTestId('sentence').textContent()) ?? '')).toBe(
      'Toute personne qui a acheté des produits de la catégorie « Chaussures » au moins 2 fois dans les 90 derniers jours, qui n’a pas ouvert d’e-mail dans les 30 derniers jours, dont la liste des centres d’intérêt comprend « course », et qui a accepté les e-mails.',
    );
    await expect.poll(() => liveCount(page), { timeout: 10_000 }).toMatch(new RegExp(`^${wanted.length}\\D`));

    await page.getByRole('combobox', { name: 'Chercher une personne' }).pressSequentially(wanted[0]?.email ?? '');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('Fait partie de ce segment').waitFor();
    expect(await page.getByTestId('explanation').getByRole('listitem').count()).toBe(4);

    await page.getByRole('button', { name: 'Créer le segment' }).click();
    await page.getByRole('heading', { name: 'Coureurs fidèles' }).waitFor();
    await expect.poll(() => sizeOf(page), { timeout: 15_000 }).toBe(String(wanted.length));
    await page.getByRole('tab', { name: 'Membres' }).click();
    const rows = page.getByRole('table', { name: 'Membres' }).getByRole('row');
    await expect.poll(() => rows.count()).toBe(wanted.length + 1);
    await page
      .getByRole('link', { name: wanted[0]?.name ?? '' })
      .first()
      .waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('sees somebody enter without reloading, and why on the page of that person', async () => {
    const { page, errors } = await signIn(browser, server, french);
    const id = await idOf('Coureurs fidèles');
    await page.goto(`${server.url}/segments/${id}`);
    await expect.poll(() => sizeOf(page)).toBe(String(wanted.length));
    const missed = shoppers.find(
      (one) =>
        one.shoes.length === 1 &&
        one.mayBeMailed === true &&
        one.interests.includes('course') &&
        (one.opened === null || one.opened >= 30),
    );
    if (missed === undefined) throw new Error('nobody is one purchase away');
    const bought = callsOf({ ...missed, shoes: [0, 0] }, Date.now() - 60_000).filter((call) =>
      JSON.stringify(call).includes('Chaussures-1'),
    );
    await send(bought.map((call) => ({ ...call, messageId: 'one more', properties: orderOf(missed.id) })));
    await expect.poll(() => sizeOf(page), { timeout: 15_000 }).toBe(String(wanted.length + 1));
    const profile = await server.api.findProfile('user_id', missed.id);
    await page.goto(`${server.url}/customers/${profile}`);
    await page.getByText('Entrée dans le segment « Coureurs fidèles »').waitFor();
    await page.getByRole('button', { name: 'Pourquoi dans « Coureurs fidèles »' }).click();
    await page.getByText('Fait partie de ce segment').waitFor();
    await page.getByText('trouvé : 2').first().waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });
});

const orderOf = (id: string): object => ({
  order_id: `${id}-more`,
  total: 80,
  currency: 'EUR',
  products: [{ product_id: 'Chaussures-9', category: 'Chaussures', brand: 'Foulée', price: 80, quantity: 1 }],
});

describe('the builder', () => {
  it('goes back and forth, turns conditions round, groups them and takes a definition as JSON', async () => {
    const { page, errors } = await signIn(browser, server, { ...french, locale: 'en-GB' });
    await page.goto(`${server.url}/segments/new`);
    await say(page, 'city Lyon', 'Add a condition');
    const lyon = shoppers.filter(({ city }) => city === 'Lyon').length;
    await expect.poll(() => liveCount(page)).toMatch(new RegExp(`^${lyon}\\D`));
    await page.getByRole('button', { name: 'More for: City is “Lyon”' }).click();
    await page.getByRole('menuitem', { name: 'Turn round' }).click();
    await expect.poll(() => liveCount(page)).toMatch(new RegExp(`^${shoppers.length - lyon}\\D`));
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => liveCount(page)).toMatch(new RegExp(`^${lyon}\\D`));
    await page.getByRole('button', { name: 'Redo' }).click();
    await expect.poll(() => liveCount(page)).toMatch(new RegExp(`^${shoppers.length - lyon}\\D`));
    await page.getByRole('button', { name: 'JSON' }).click();
    const json = page.getByRole('dialog').getByRole('textbox');
    expect(JSON.parse(await json.inputValue())).toMatchObject({ kind: 'all', of: [{ kind: 'not' }] });
    await json.fill('{"kind":"any","of":[]}');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('>=1').waitFor();
    await json.fill('{"kind":"identifier","namespace":"email","present":true}');
    await page.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => liveCount(page)).toMatch(new RegExp(`^${shoppers.length}\\D`));
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('does not count what is not finished, says so, and shows what the server refuses where it is', async () => {
    const { page } = await signIn(browser, server, { ...french, locale: 'en-GB' });
    await page.goto(`${server.url}/segments/new?template=category`);
    await page.getByText('1 condition is not counted yet').waitFor();
    await page.getByRole('button', { name: 'Create segment' }).click();
    await page.getByText('Complete the marked conditions first').waitFor();
    await page.getByRole('combobox', { name: 'Value: Category' }).fill('Sacs');
    await page.getByText('1 condition is not counted yet').waitFor({ state: 'detached' });
    await page.getByRole('combobox', { name: 'How Category is compared' }).click();
    await page.getByRole('option', { name: 'matches the pattern (RE2)' }).click();
    await page.getByRole('combobox', { name: 'Value: Category' }).fill('(');
    await page.getByRole('alert').filter({ hasText: 'regular expression' }).first().waitFor();
    await page.reload();
    await page.getByText('You left this unfinished').waitFor();
    await page.getByText('matches the pattern').first().waitFor();
    await page.getByRole('button', { name: 'Start over' }).click();
    await page.getByText('1 condition is not counted yet').waitFor();
    await page.context().close();
  });
});

describe('a segment', () => {
  it('shows what a new version changed, and is not archived while another one is made of it', async () => {
    const id = await idOf('Coureurs fidèles');
    const { definition } = await server.api.get(`/api/v1/segments/${id}`, segmentSchema);
    if (definition?.kind !== 'all') throw new Error('the segment has lost its definition');
    const consent = { kind: 'consent', purpose: 'sms', is: 'unknown' };
    await server.api.put(`/api/v1/segments/${id}`, {
      name: 'Coureurs fidèles',
      definition: { ...definition, of: [...definition.of.slice(0, 3), consent] },
    });
    await server.api.post('/api/v1/segments', {
      name: 'Sans les coureurs',
      definition: { kind: 'segment', segment: id, member: false },
    });
    const { page, errors } = await signIn(browser, server, french);
    await page.goto(`${server.url}/segments/${id}?tab=versions`);
    const changes = page.getByRole('list', { name: 'Ce qui a changé' });
    await changes.getByText('a accepté les e-mails').waitFor();
    await changes.getByText('n’a ni accepté ni refusé les SMS').waitFor();
    expect(await changes.getByRole('listitem').count()).toBe(2);
    await page.getByRole('button', { name: 'Actions' }).click();
    await page.getByRole('menuitem', { name: 'Archiver' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Sans les coureurs' }).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Archiver' }).click();
    await page.getByText('decide.segment_in_use').waitFor();
    expect(errors.filter((error) => !error.includes('409'))).toEqual([]);
    await page.context().close();
  });

  it('that two people edit at once is lost by neither: who saves second sees what the first did', async () => {
    const [first, second] = [await signIn(browser, server, french), await signIn(browser, server, french)];
    const id = await idOf('Coureurs fidèles');
    for (const { page } of [first, second]) {
      await page.goto(`${server.url}/segments/${id}/edit`);
      await page.getByRole('textbox', { name: /^Nom/ }).waitFor();
    }
    await say(first.page, 'peut être contacté SMS');
    await first.page.getByRole('button', { name: 'Enregistrer la version' }).click();
    await first.page.getByTestId('segment-size').waitFor();
    await say(second.page, 'acheté chaussures');
    await second.page.getByRole('button', { name: 'Enregistrer la version' }).click();
    const dialog = second.page.getByRole('dialog', { name: 'Quelqu’un a enregistré avant vous' });
    await dialog.getByText(/SMS/).first().waitFor();
    // What lies behind the dialog is meant to be dim.
    expect(await findings(second.page, '[role=dialog]')).toEqual([]);
    await dialog.getByRole('button', { name: 'Ouvrir cette version' }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => second.page.getByTestId('sentence').textContent()).toMatch(/SMS/);
    for (const { page } of [first, second]) await page.context().close();
  });

  it('is a list of whoever was pasted, and says how many lines name nobody', async () => {
    const { page, errors } = await signIn(browser, server, french);
    await page.goto(`${server.url}/segments/list`);
    await page.getByRole('textbox', { name: /^Nom/ }).fill('Invités');
    const [one, other] = shoppers;
    await page
      .getByRole('textbox', { name: 'Personnes' })
      .fill(`Nom;E-mail\nA;${one?.email}\nB;${other?.email.toUpperCase()}\nC;nobody@example.fr`);
    await page.getByText('3 personnes à retrouver').waitFor();
    await page.getByRole('button', { name: 'Créer la liste' }).click();
    await page.getByRole('heading', { name: 'Invités' }).waitFor();
    await page.getByText('1 ligne ne désigne personne de connu').waitFor();
    await expect.poll(() => sizeOf(page)).toBe('2');
    expect(errors).toEqual([]);
    await page.context().close();
  });
});

/** Every finding of axe, as text. */
async function findings(page: Page, within = 'html'): Promise<string[]> {
  await page.evaluate(axe);
  const found: unknown = await page.evaluate(
    `axe.run(document.querySelector('${within}')).then((result) => result.violations
      .map((violation) => violation.id + ': ' + violation.nodes.map((node) => node.html.slice(0, 120)).join(' | ')))`,
  );
  return Array.isArray(found) ? found.map(String) : ['axe did not answer'];
}

describe.each([
  { locale: 'en-GB', colorScheme: 'light', width: 1440 },
  { locale: 'fr-FR', colorScheme: 'dark', width: 320 },
] as const)('segments in $locale, $colorScheme, $width px', (appearance) => {
  it('show every page without an error, a finding of axe or a sideways scroll', async () => {
    const { page, errors } = await signIn(browser, server, appearance);
    const id = await idOf('Coureurs fidèles');
    const problems: string[] = [];
    for (const path of [
      '/segments',
      '/segments?archived=true',
      '/segments/new',
      '/segments/new?template=cart',
      `/segments/new?copy=${id}`,
      '/segments/list',
      `/segments/${id}`,
      `/segments/${id}?tab=members`,
      `/segments/${id}?tab=why`,
      `/segments/${id}?tab=versions`,
      `/segments/${id}/edit`,
    ]) {
      await page.goto(`${server.url}${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForTimeout(800);
      const first = page.locator('[data-condition]').first();
      if ((await first.count()) > 0) await first.click();
      problems.push(...(await findings(page)).map((finding) => `${path} ${finding}`));
      const wide = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth');
      if (wide === true) problems.push(`${path} scrolls sideways`);
      problems.push(...errors.splice(0).map((error) => `${path} ${error}`));
    }
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
