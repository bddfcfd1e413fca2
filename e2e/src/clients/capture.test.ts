import { answersReportSchema, experienceSchema } from '@vitrail/contracts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type MailServer, openMailServer } from '../../../server/test/mailServer.ts';
import { poll } from '../../../server/test/poll.ts';
import { findings } from '../console/axe.ts';
import { startServer, type TestServer, writeKey } from '../harness/startServer.ts';
import { openBrowser } from '../storefront/browser.ts';
import { openShopFront, type ShopFront } from './shopFront.ts';

/** Forms, wheels, quizzes and surveys in real pages of a shop with a strict policy, and the mails that follow. */
let server: TestServer;
let mail: MailServer;
let browser: Browser;
let front: ShopFront;
let context: BrowserContext;
let page: Page;
let userAgent: string;
let troubles: string[];
const running: string[] = [];
/** Where pictures of what was seen are put, for a person to look at. */
const pictures = process.env.VITRAIL_PICTURES;

beforeAll(async () => {
  mail = await openMailServer();
  [server, browser] = await Promise.all([
    startServer({ env: { VITRAIL_SMTP_URL: mail.url } }),
    openBrowser(['--host-resolver-rules=MAP *.test 127.0.0.1, MAP localhost 127.0.0.1']),
  ]);
  // What robots answer is not kept, and this browser says that it is one.
  const probe = await browser.newPage();
  userAgent = (await probe.evaluate<string>('navigator.userAgent')).replace('Headless', '');
  await probe.close();
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
  await mail?.close();
});
beforeEach(async () => {
  front = await openShopFront(server.url);
  troubles = [];
  await visitor();
});
afterEach(async () => {
  for (const id of running.splice(0)) await server.api.post(`/api/v1/experiences/${id}/stop`, {});
  await context.close();
  await front.close();
});

/** Somebody on a device of their own; another call is another device. */
async function visitor(options: { reducedMotion?: 'reduce'; viewport?: { width: number; height: number } } = {}) {
  context = await browser.newContext({ locale: 'fr-FR', userAgent, ...options });
  page = await context.newPage();
  page.on('pageerror', (error) => troubles.push(error.message));
}

let keys = 0;
async function start(content: object, fields: object = {}): Promise<{ id: string; key: string }> {
  keys += 1;
  const key = `c${keys}`;
  const variants = [{ key: 'a', name: 'A', weight: 1, content: { texts: { fr: { title: 'Bonjour' } }, ...content } }];
  const made = experienceSchema.parse(
    await server.api.post('/api/v1/experiences', { key, name: key, variants, ...fields }),
  );
  await server.api.post(`/api/v1/experiences/${made.id}/start`, {});
  running.push(made.id);
  return { id: made.id, key };
}

const at = (path = '/'): string => `http://www.shop.test:${front.port}${path}`;
const host = (): string => `http://cdp.shop.test:${front.port}`;
const policy = (): string =>
  `default-src 'none'; script-src 'nonce-shop' ${host()}; connect-src ${host()}; style-src 'none'; img-src 'self'`;
const scripts = (): string => `
  <script src="${host()}/sdk/v1/vitrail.js"></script>
  <script src="${host()}/sdk/v1/experiences.js" nonce="shop" data-key="${writeKey}" data-host="${host()}" data-timeout="20000"></script>
  <script nonce="shop">vitrail.load('${writeKey}', { host: '${host()}', pages: true, consent: 'not-required' });
    vitrail.consent({ analytics: true, personalisation: true });</script>`;
async function open(html = '<h1>Vitrine</h1>', on: Page = page): Promise<void> {
  front.show('/', `${scripts()}</head><body>${html}`, policy());
  await on.goto(at());
}
const picture = async (name: string): Promise<void> => {
  if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}.png` });
};
const dialog = () => page.getByRole('dialog');

async function offer(key: string, codes: number): Promise<void> {
  const { id } = z.object({ id: z.number() }).parse(await server.api.post('/api/v1/coupon-pools', { name: key }));
  await server.api.post(`/api/v1/coupon-pools/${id}/codes`, {
    count: codes,
    prefix: `${key.toUpperCase()}-`,
    length: 8,
  });
  await server.api.post('/api/v1/offers', {
    key,
    name: key,
    state: 'active',
    texts: { fr: { title: key } },
    code: { kind: 'unique', pool: id },
  });
}
const traitsOf = async (namespace: string, value: string): Promise<Record<string, unknown>> => {
  const customer = await server.api.findProfile(namespace, value);
  if (customer === null) return {};
  const { traits } = await server.api.profile(customer);
  return Object.fromEntries(Object.entries(traits).map(([name, kept]) => [name, Object(kept).value]));
};
const email = { trait: 'email', kind: 'email', label: { fr: 'Votre e-mail' }, required: true };
const words = 'J’accepte de recevoir les nouveautés par e-mail.';
const consent = { purpose: 'marketing', channel: 'email', text: { fr: words }, required: true };

describe('a newsletter with a code', () => {
  it('asks for a confirmation by mail, and gives the code on the page that its button opens', async () => {
    await offer('bienvenue', 20);
    await start({ kind: 'form', questions: [email], consent, coupon: { offer: 'bienvenue', give: 'confirmed' } });
    await open();
    await dialog().waitFor();
    expect(await findings(page)).toEqual([]);
    await picture('newsletter');
    await page.getByLabel('Votre e-mail').fill('zoe@example.fr');
    await page.getByLabel(words).check();
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await page.getByRole('heading', { name: 'Merci' }).waitFor();
    await page.getByText('Nous vous envoyons un message').waitFor();
    await picture('newsletter-sent');
    const taken = await poll('the mail', () => mail.mails.find(({ to }) => to === 'zoe@example.fr') ?? null, {
      timeoutMs: 30_000,
    });
    const link = /https?:\/\/\S+\/m\/d\/[\w-]+/.exec(taken.mail.text ?? taken.mail.html ?? '')?.[0] ?? '';
    await page.goto(link);
    await page.getByRole('button').click();
    const shown = page.getByText(/BIENVENUE-\w{8}/);
    await shown.waitFor();
    const code = await shown.textContent();
    await picture('confirmed');
    await page.goto(link);
    await page.getByText(String(code)).waitFor();
    expect(troubles).toEqual([]);
  });
});

describe('a wheel', () => {
  const wheel = {
    kind: 'wheel',
    questions: [email],
    segments: [
      { key: 'ten', label: { fr: '10 % de remise' }, chance: 0.5, offer: 'dix' },
      { key: 'five', label: { fr: '5 % de remise' }, chance: 0.45, offer: 'cinq' },
      { key: 'lost', label: { fr: 'Rien cette fois' }, chance: 0.05 },
    ],
  };
  const turn = async (on: Page): Promise<string> => {
    await on.getByLabel('Votre e-mail').fill('lea@example.fr');
    await on.getByRole('button', { name: 'Faire tourner la roue' }).click();
    const last = on.getByRole('heading', { name: /Gagné|Pas cette fois/ });
    await last.waitFor({ timeout: 30_000 });
    const code = on.locator('output');
    return `${await last.textContent()} ${(await code.count()) === 0 ? '' : await code.textContent()}`;
  };

  it('is one result in two tabs, and on another device with the same address', async () => {
    await offer('dix', 30);
    await offer('cinq', 30);
    await start(wheel);
    await open();
    await dialog().waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByText('50 %').waitFor();
    await picture('wheel');
    const other = await context.newPage();
    await open(undefined, other);
    await other.getByRole('dialog').waitFor();
    const [first, second] = await Promise.all([turn(page), turn(other)]);
    await picture('wheel-drawn');
    expect(second).toBe(first);
    await context.close();
    await visitor({ reducedMotion: 'reduce', viewport: { width: 390, height: 844 } });
    await open();
    await dialog().waitFor();
    await picture('wheel-phone');
    const began = Date.now();
    expect(await turn(page)).toBe(first);
    expect(Date.now() - began).toBeLessThan(25_000);
    expect(troubles).toEqual([]);
  });
});

describe('one question at a time', () => {
  it('asks the next page what is still unknown, and nothing when all is known', async () => {
    const question = (trait: string, label: string) => ({
      trait,
      kind: 'choice',
      label: { fr: label },
      choices: ['un', 'deux'],
      required: true,
    });
    await start({
      kind: 'form',
      ask: 'unknown',
      questions: [question('taille', 'Taille'), question('style', 'Style')],
    });
    const reply = async (label: string): Promise<void> => {
      await page.getByRole('group', { name: label }).getByLabel('deux').check();
      await page.getByRole('button', { name: 'Envoyer' }).click();
      await page.getByRole('heading', { name: 'Merci' }).waitFor();
    };
    await open();
    await reply('Taille');
    const anonymousId = String(await page.evaluate('vitrail.user().anonymousId()'));
    await poll('the trait', async () => (await traitsOf('anonymous_id', anonymousId)).taille === 'deux');
    await page.reload();
    await reply('Style');
    await poll('the trait', async () => (await traitsOf('anonymous_id', anonymousId)).style === 'deux');
    const before = front.taken.filter(({ path }) => path === '/v1/decide').length;
    await page.reload();
    await poll('an answer', () => front.taken.filter(({ path }) => path === '/v1/decide').length > before);
    await page.waitForTimeout(300);
    expect(await dialog().count()).toBe(0);
    expect(troubles).toEqual([]);
  });
});

describe('a quiz', () => {
  it('asks step by step with pictures and ends with what fits the answers', async () => {
    await start({
      kind: 'quiz',
      questions: [
        {
          trait: 'coupe',
          kind: 'choice',
          label: { fr: 'Quelle coupe ?' },
          choices: ['close', 'loose'],
          shown: { close: { label: { fr: 'Près du corps' }, picture: '/a.png' }, loose: { label: { fr: 'Ample' } } },
          required: true,
        },
        {
          trait: 'styles',
          kind: 'choices',
          label: { fr: 'Quels styles ?' },
          choices: ['uni', 'sport'],
          required: true,
        },
      ],
      outcomes: [
        { key: 'loose', when: [{ trait: 'coupe', values: ['loose'] }], texts: { fr: { title: 'Une taille de plus' } } },
        { key: 'close', texts: { fr: { title: 'Votre taille' } } },
      ],
    });
    await open();
    await dialog().waitFor();
    expect(await findings(page)).toEqual([]);
    await picture('quiz');
    await page.getByLabel('Ample').check();
    await page.getByRole('button', { name: 'Suivant' }).click();
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await page.getByText('Vérifiez').waitFor();
    await page.getByLabel('sport').check();
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await page.getByRole('heading', { name: 'Une taille de plus' }).waitFor();
    const anonymousId = String(await page.evaluate('vitrail.user().anonymousId()'));
    await poll('the traits', async () => {
      const { coupe, styles } = await traitsOf('anonymous_id', anonymousId);
      return coupe === 'loose' && JSON.stringify(styles) === '["sport"]';
    });
    expect(troubles).toEqual([]);
  });
});

describe('a survey on leaving', () => {
  it('asks once when the pointer leaves, and its answers are reported', async () => {
    const { id } = await start(
      {
        kind: 'survey',
        questions: [
          {
            trait: 'frein',
            kind: 'choice',
            label: { fr: 'Qu’est-ce qui vous arrête ?' },
            choices: ['prix', 'taille'],
            required: true,
          },
        ],
      },
      { trigger: { on: 'exit' } },
    );
    const answered = front.taken.length;
    await open();
    await poll('the decision', () =>
      front.taken.slice(answered).some(({ path, method }) => path === '/v1/decide' && method === 'POST'),
    );
    await poll('the survey', async () => {
      await page.evaluate(`document.dispatchEvent(new MouseEvent('mouseout', { relatedTarget: null, clientY: -1 }))`);
      return (await dialog().count()) > 0;
    });
    expect(await findings(page)).toEqual([]);
    await page.getByLabel('prix').check();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Merci' }).waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    const report = await poll('the answer', async () => {
      const found = await server.api.get(`/api/v1/experiences/${id}/answers`, answersReportSchema);
      return JSON.stringify(found).includes('prix') ? found : null;
    });
    expect(report).toMatchObject({ answers: 1, questions: [{ values: [{ value: 'prix', count: 1 }] }] });
    expect(troubles).toEqual([]);
  });
});

describe('a network that fails', () => {
  it('is said, and the same answer is sent again', async () => {
    await start({ kind: 'form', questions: [email] });
    await open();
    await dialog().waitFor();
    await page.getByLabel('Votre e-mail').fill('max@example.fr');
    let failed = 0;
    await page.route('**/v1/answers', (route) => {
      failed += 1;
      return failed < 3 ? route.abort() : route.continue();
    });
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await page.getByRole('heading', { name: 'Merci' }).waitFor({ timeout: 30_000 });
    await poll('the trait', async () => (await traitsOf('email', 'max@example.fr')).email === 'max@example.fr');
  });
});
