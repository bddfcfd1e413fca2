import { experienceSchema, membersSchema, segmentSavedSchema, siteSchema } from '@vitrail/contracts';
import { type Storefront, startStorefront } from '@vitrail/demo';
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openShopFront, type ShopFront } from '../clients/shopFront.ts';
import { startServer, type TestServer, writeKey } from '../harness/startServer.ts';
import { untilThere } from '../harness/untilThere.ts';
import { openBrowser } from '../storefront/browser.ts';
import { findings } from './axe.ts';
import { ownerEnv, signIn } from './signIn.ts';

/** The editor on the shop's own pages: in a frame where the shop allows it, in a window where it does not. */
const english = { locale: 'en-GB', colorScheme: 'light', width: 1440 } as const;
const french = { locale: 'fr-FR', colorScheme: 'dark', width: 320 } as const;
const wait = { timeout: 20_000 };

let server: TestServer;
let browser: Browser;
let demo: Storefront;
let front: ShopFront;
const running: string[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([
    startServer({ env: ownerEnv }),
    openBrowser(['--host-resolver-rules=MAP *.test 127.0.0.1']),
  ]);
  [demo, front] = await Promise.all([
    startStorefront({ port: 0, host: '127.0.0.1', apiHost: server.url, writeKey }),
    openShopFront(server.url),
  ]);
  for (const [name, domain] of [
    ['Demo', '127.0.0.1'],
    ['Shop', 'shop.test'],
  ])
    siteSchema.parse(
      await server.api.post('/api/v1/sites', { name, domain, country: 'FR', currency: 'EUR', language: 'fr' }),
    );
});
afterAll(async () => {
  await demo?.close();
  await front?.close();
  await browser?.close();
  await server?.dispose();
});
afterEach(async () => {
  for (const id of running.splice(0)) await server.api.post(`/api/v1/experiences/${id}/stop`, {});
});

let made = 0;
async function make(content: object, fields: object = {}): Promise<{ id: string; key: string }> {
  const key = `edited-${++made}`;
  const variants = [{ key: 'a', name: 'A', weight: 1, content }];
  const { id } = experienceSchema.parse(
    await server.api.post('/api/v1/experiences', { key, name: `Edited ${made}`, variants, ...fields }),
  );
  return { id, key };
}
async function start(id: string): Promise<void> {
  await server.api.post(`/api/v1/experiences/${id}/start`, {});
  running.push(id);
}

/** A customer with an e-mail, in a segment of those who have one. */
async function sendAda(): Promise<void> {
  const answer = await fetch(`${server.url}/v1/identify`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}` },
    body: JSON.stringify({ userId: 'ada', messageId: 'i1', traits: { firstName: 'Ada', email: 'ada@example.fr' } }),
  });
  expect(answer.ok).toBe(true);
  await server.api.waitSettled();
  const definition = { kind: 'trait', trait: 'email', test: { type: 'any', op: 'exists' } };
  const { id } = segmentSavedSchema.parse(
    await server.api.post('/api/v1/segments', { name: 'With an e-mail', definition }),
  );
  await untilThere('its people', 20_000, async () =>
    (await server.api.get(`/api/v1/segments/${id}/members`, membersSchema)).items.length === 1 ? true : null,
  );
}

const door = (): string => `http://cdp.shop.test:${front.port}`;
const shopAt = (path = '/'): string => `http://www.shop.test:${front.port}${path}`;
const policy = (ancestors: string): string =>
  `default-src 'none'; script-src 'nonce-shop' ${door()}; connect-src ${door()}; style-src 'none'; img-src 'self'; frame-ancestors ${ancestors}`;
/** A page of a shop with a strict policy. */
function showShop(path: string, ancestors: string): void {
  front.show(
    path,
    `<script src="${door()}/sdk/v1/vitrail.js"></script>
     <script src="${door()}/sdk/v1/experiences.js" data-key="${writeKey}" data-host="${door()}"></script>
     <script nonce="shop">vitrail.load('${writeKey}', { host: '${door()}', pages: true, consent: 'not-required' });</script>
     </head><body><h1 id="title">Vitrine</h1>
     <ul><li>Un</li><li>Deux</li></ul><a class="more" href="/autre">Plus</a>`,
    policy(ancestors),
  );
}

/** The editor of an experience, with a page of the shop open in it. */
async function openEditor(page: Page, id: string, address: string): Promise<void> {
  await page.goto(`${server.url}/website/page-editor/${id}`);
  await page.getByRole('combobox', { name: /^(Page of your shop|Page de votre boutique)/ }).fill(address);
  await page.getByRole('button', { name: /^(Open|Ouvrir)$/ }).click();
}
const frameOf = (page: Page): Promise<Frame> =>
  untilThere('the frame', 20_000, async () => {
    const frame = page.frames().find((one) => one !== page.mainFrame() && one.url().startsWith('http'));
    return frame !== undefined && (await frame.locator('vitrail-marks').count()) > 0 ? frame : null;
  });
const eventsOf = async (): Promise<number> => (await server.api.stats()).events;

describe('on the demo shop, in a frame', () => {
  it('a headline is picked, changed, taken back, saved and started, and a visitor sees it', async () => {
    const { id } = await make({ kind: 'change', changes: [{ action: 'hide', selector: '#nowhere' }] });
    const { page, errors } = await signIn(browser, server, english);
    const before = await eventsOf();
    await page.goto(`${server.url}/website/experiences/${id}?tab=edit`);
    await page.getByRole('link', { name: 'Choose on the page' }).click();
    await page.getByRole('combobox', { name: /^Page of your shop/ }).fill(`${demo.url}/fr/`);
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    const frame = await frameOf(page);
    const headline = frame.locator('h1');
    const original = (await headline.textContent()) ?? '';
    await headline.click();
    const picked = page.getByTestId('picked');
    await picked.getByText('h1', { exact: true }).first().waitFor(wait);
    await page.getByText('Found once on this page', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Change the text' }).click();
    const text = page.getByRole('textbox', { name: 'New text' });
    expect(await text.inputValue()).toBe(original.trim());
    await text.fill('Le lin du matin');
    await frame.getByRole('heading', { level: 1, name: 'Le lin du matin' }).waitFor(wait);
    await page.getByRole('button', { name: 'Undo' }).click();
    await frame.getByRole('heading', { level: 1, name: original.trim() }).waitFor(wait);
    await page.getByRole('button', { name: 'Redo' }).click();
    await frame.getByRole('heading', { level: 1, name: 'Le lin du matin' }).waitFor(wait);

    // What was there finds nothing, and says so; then it goes.
    await page.getByRole('tab', { name: /^Checks/ }).click();
    await page.getByTestId('checks').getByText('#nowhere finds nothing on this page.').waitFor(wait);
    expect(await findings(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Content' }).click();
    await page.getByRole('button', { name: 'Remove change 1' }).click();
    await page.getByRole('tab', { name: 'Checks', exact: true }).click();
    await page.getByText('Nothing to mend.').waitFor(wait);
    await page.getByRole('button', { name: 'Save the draft' }).click();
    await page.getByText('Saved.').waitFor(wait);

    // On another page of the shop, reached by its own link.
    await page.getByText('Browse', { exact: true }).click();
    await frame.locator('nav.departments a').first().press('Enter');
    await untilThere('the next page', 20_000, async () => (frame.url().includes('/d/') ? true : null));
    await (await frameOf(page)).locator('h1').waitFor(wait);
    expect(await page.getByRole('combobox', { name: /^Page of your shop/ }).inputValue()).toContain('/d/');
    expect(await eventsOf()).toBe(before);
    expect(errors.filter((error) => !error.includes('404'))).toEqual([]);
    await page.context().close();

    await start(id);
    const visitor = await browser.newPage({ locale: 'fr-FR' });
    await untilThere('the new headline', 20_000, async () => {
      await visitor.goto(`${demo.url}/fr/`);
      const seen = await visitor
        .getByRole('heading', { level: 1, name: 'Le lin du matin' })
        .waitFor({ timeout: 2_000 })
        .catch(() => 'not yet');
      return seen === undefined ? true : null;
    });
    await visitor.close();
  });

  it('is read in French on a phone, by keyboard, in code', async () => {
    const { id } = await make({ kind: 'change', changes: [{ action: 'hide', selector: '#nowhere' }] });
    const { page, errors } = await signIn(browser, server, french);
    await openEditor(page, id, `${demo.url}/fr/`);
    const frame = await frameOf(page);
    await frame.locator('h1').waitFor(wait);
    expect(await findings(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')).toBe(false);
    await page.locator('iframe').focus();
    for (const key of ['Tab', 'Tab', 'ArrowUp', 'Enter']) await page.keyboard.press(key);
    await page.getByTestId('picked').waitFor(wait);
    await page.keyboard.press('Escape');
    await untilThere('the focus back', 20_000, async () =>
      (await page.evaluate('document.activeElement?.tagName')) === 'DIV' ? true : null,
    );

    await page.getByRole('tab', { name: 'Code' }).click();
    const code = page.getByRole('textbox', { name: 'Contenu en JSON' });
    await code.fill('{\n  "kind": "change",\n  "changes": [\n    { "action": "text", "selector": "" }\n  ]\n}');
    await page.getByTestId('mistakes').getByText('Ligne 4, changes.0.selector', { exact: false }).first().waitFor(wait);
    await code.fill('{"kind":"change","changes":[{"action":"text","selector":"h1","value":"En code"}]}');
    await frame.getByRole('heading', { level: 1, name: 'En code' }).waitFor(wait);
    expect(await findings(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')).toBe(false);
    expect(errors.filter((error) => !error.includes('404'))).toEqual([]);
    await page.context().close();
  });

  it('shows what a new visitor gets, and why not the rest', async () => {
    const texts = { fr: { title: 'Livraison offerte' }, en: { title: 'Free delivery' } };
    const { id } = await make({ kind: 'bar', texts });
    const full = await make(
      { kind: 'bar', texts: { fr: { title: 'Gros paniers' } } },
      {
        when: [{ field: 'cart.value', op: 'at_least', value: 500 }],
      },
    );
    const known = await make(
      { kind: 'slide_in', texts: { fr: { title: 'Ravis de vous revoir' } } },
      { audience: { visitors: 'known' } },
    );
    for (const one of [id, full.id, known.id]) await start(one);
    await sendAda();
    const { page } = await signIn(browser, server, english);
    await openEditor(page, id, `${demo.url}/fr/`);
    const frame = await frameOf(page);
    await page.getByRole('tab', { name: 'See as' }).click();
    await page.getByText('A new visitor', { exact: true }).click();
    const list = page.getByTestId('decisions');
    await list.getByText('Shown, variant a').waitFor(wait);
    await list.getByText('A condition does not hold: The value of the cart').waitFor(wait);
    await frame.getByRole('heading', { name: 'Free delivery' }).waitFor(wait);
    await page.getByText('French', { exact: true }).click();
    await frame.getByRole('heading', { name: 'Livraison offerte' }).waitFor(wait);
    expect(await frame.getByRole('heading', { name: 'Gros paniers' }).count()).toBe(0);
    expect(await findings(page)).toEqual([]);

    // A customer, and somebody of a segment: what is for known people shows to them.
    await page.getByText('A customer', { exact: true }).click();
    await page.getByRole('combobox', { name: 'Search a person' }).fill('ada@example.fr');
    await page.getByRole('option', { name: /Ada/ }).click();
    await frame.getByRole('heading', { name: 'Ravis de vous revoir' }).waitFor(wait);
    await page.getByText('A new visitor', { exact: true }).click();
    await frame.getByRole('heading', { name: 'Ravis de vous revoir' }).waitFor({ state: 'detached', ...wait });
    await page.getByText('Somebody of a segment', { exact: true }).click();
    await page.getByRole('combobox', { name: 'Segment' }).click();
    await page.getByRole('option', { name: 'With an e-mail' }).click();
    await frame.getByRole('heading', { name: 'Ravis de vous revoir' }).waitFor(wait);
    await page.context().close();
  });
});

describe('a page that may not be framed', () => {
  it('is said to be so, and is edited in a window of its own, under a strict policy', async () => {
    showShop('/', "'none'");
    const { id } = await make({ kind: 'change', changes: [{ action: 'text', selector: '#nowhere', value: 'x' }] });
    const { page } = await signIn(browser, server, english);
    await openEditor(page, id, shopAt());
    await page.getByText('The page does not answer').waitFor(wait);
    await page.getByText(`frame-ancestors 'self' ${server.url}`, { exact: false }).waitFor();
    const [popup] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('button', { name: 'Open in a window' }).first().click(),
    ]);
    await popup.locator('vitrail-marks').waitFor({ state: 'attached', ...wait });
    await popup.locator('li').nth(1).click();
    await page.getByTestId('picked').getByText('li', { exact: true }).waitFor(wait);
    await page.getByText('Fragile: it depends on its place', { exact: false }).waitFor();
    await popup.locator('h1').click();
    await page.getByTestId('picked').getByText('#title', { exact: true }).waitFor(wait);
    await page.getByRole('button', { name: 'Change the text' }).click();
    await page.getByRole('textbox', { name: 'New text' }).last().fill('Dans la fenêtre');
    await popup.getByRole('heading', { level: 1, name: 'Dans la fenêtre' }).waitFor(wait);
    expect(front.events()).toEqual([]);
    await page.context().close();
  });
});

describe('the console', () => {
  it('lets other origins into a frame only where pages are edited', async () => {
    const policyAt = async (path: string) => (await fetch(server.url + path)).headers;
    const [usual, editing] = [await policyAt('/website/experiences'), await policyAt('/website/page-editor/1')];
    expect(usual.get('content-security-policy')).toContain("frame-src 'self';");
    expect(usual.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(editing.get('content-security-policy')).toContain("frame-src 'self' http: https:;");
    expect(editing.get('cross-origin-opener-policy')).toBe('same-origin-allow-popups');
  });
});

describe('a token that is none', () => {
  const asked = (path: string): number => front.taken.filter((one) => one.path.startsWith(path)).length;

  it('opens nothing: the page stays as it is, is counted, and no editor is loaded', async () => {
    showShop('/', '*');
    const evil = `<body><script>
      window.heard = [];
      addEventListener('message', ({ data }) => heard.push(data));
    </script><iframe src="${shopAt()}#vitrail-edit=Zm9v.YmFy" width="800" height="400"></iframe>`;
    front.show('/evil', evil);
    const context = await browser.newContext();
    const page = await context.newPage();
    const [editors, checks] = [asked('/sdk/v1/editor.js'), asked('/v1/editor')];
    await page.goto(`http://evil.test:${front.port}/evil`);
    await untilThere('the question', 20_000, async () => (asked('/v1/editor') > checks ? true : null));
    await untilThere('the view', 20_000, async () =>
      front.events().some(({ type }) => type === 'page') ? true : null,
    );
    expect(asked('/sdk/v1/editor.js')).toBe(editors);
    expect(await page.evaluate('window.heard')).toEqual([]);
    expect(await page.frameLocator('iframe').locator('vitrail-marks').count()).toBe(0);
    await context.close();
  });

  it('talks to nobody but the console it was made for, wherever it is framed', async () => {
    showShop('/', '*');
    const { page } = await signIn(browser, server, english);
    const token: string = await page.evaluate(
      `fetch('/api/v1/editor-sessions', { method: 'POST',
        headers: { 'content-type': 'application/json', 'x-vitrail-request': 'console' },
        body: JSON.stringify({ page: '${shopAt()}' }) }).then((answer) => answer.json()).then(({ token }) => token)`,
    );
    expect(token).toMatch(/^[\w-]+\.[\w-]+$/);
    front.show(
      '/evil',
      `<body><script>
        window.heard = [];
        addEventListener('message', ({ data }) => heard.push(data));
      </script><iframe src="${shopAt()}#vitrail-edit=${token}" width="800" height="400"></iframe>
      <script>setInterval(() => frames[0].postMessage({ vitrail: 'show', language: 'fr', decisions: [{ key: 'x', variant: 'a',
        payload: { kind: 'change', changes: [{ action: 'text', selector: 'h1', value: 'Volé' }] } }] }, '*'), 100)</script>`,
    );
    const thief = await (await browser.newContext()).newPage();
    await thief.goto(`http://evil.test:${front.port}/evil`);
    const shop = thief.frameLocator('iframe');
    await shop.locator('vitrail-marks').waitFor({ state: 'attached', ...wait });
    await shop.locator('h1').click();
    await thief.waitForTimeout(1_000);
    expect(await thief.evaluate('window.heard')).toEqual([]);
    expect(await shop.locator('h1').textContent()).toBe('Vitrine');
    await thief.context().close();
    await page.context().close();
  });
});
