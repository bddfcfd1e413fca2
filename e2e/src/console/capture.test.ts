import { answerAnswerSchema, experiencePageSchema } from '@vitrail/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startServer, type TestServer, writeKey } from '../harness/startServer.ts';
import { openBrowser } from '../storefront/browser.ts';
import { findings } from './axe.ts';
import { ownerEnv, signIn } from './signIn.ts';

/** Wheels, forms and quizzes made in the console, and what visitors answered. */
let server: TestServer;
let browser: Browser;
/** Where pictures of what was seen are put, for a person to look at. */
const pictures = process.env.VITRAIL_PICTURES;

const english = { locale: 'en-GB', colorScheme: 'light', width: 1440 } as const;
const french = { locale: 'fr-FR', colorScheme: 'dark', width: 320 } as const;
const key = 'wheel-of-fortune-with-codes';

beforeAll(async () => {
  server = await startServer({ env: ownerEnv });
  browser = await openBrowser();
  const { id } = z.object({ id: z.number() }).parse(await server.api.post('/api/v1/coupon-pools', { name: 'Wheel' }));
  await server.api.post(`/api/v1/coupon-pools/${id}/codes`, { count: 5, prefix: 'W-', length: 8 });
  const offer = { state: 'active', texts: { en: { title: 'Off' } } };
  await server.api.post('/api/v1/offers', {
    ...offer,
    key: 'ten',
    name: 'Ten per cent',
    code: { kind: 'unique', pool: id },
  });
  await server.api.post('/api/v1/offers', { ...offer, key: 'five', name: 'Five per cent' });
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

const isTooWide = (page: Page) => page.evaluate('document.documentElement.scrollWidth > window.innerWidth');
const picture = async (page: Page, name: string): Promise<void> => {
  if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
};
const spin = async (person: number): Promise<void> => {
  const answer = await fetch(`${server.url}/v1/answers`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', 'user-agent': 'Mozilla/5.0 Firefox/140.0' },
    body: JSON.stringify({
      writeKey,
      messageId: `message-${person}`,
      anonymousId: `device-${person}`,
      experience: key,
      variant: 'a',
      answers: { email: `p${person}@example.com` },
    }),
  });
  answerAnswerSchema.parse(await answer.json());
};

describe('a wheel', () => {
  it('begins ready-made, says when its chances do not add up, and is started', async () => {
    const { page, errors } = await signIn(browser, server, english);
    await page.goto(`${server.url}/website/experiences/new?start=wheel`);
    await page.getByRole('group', { name: 'Segments of the wheel' }).waitFor();
    const first = page.getByRole('group', { name: 'Segment 1', exact: true });
    await first.getByRole('combobox', { name: 'Offer' }).click();
    await page.getByRole('option', { name: 'Ten per cent' }).click();
    const second = page.getByRole('group', { name: 'Segment 2', exact: true });
    await second.getByRole('combobox', { name: 'Offer' }).click();
    await page.getByRole('option', { name: 'Five per cent' }).click();
    await first.getByRole('textbox', { name: 'Chance' }).fill('10');
    await page.getByText('Together: 105%').waitFor();
    await page.getByRole('button', { name: 'Save the draft' }).click();
    await page.getByText('The chances add up to 100 %, and one segment wins nothing.').waitFor();
    await first.getByRole('textbox', { name: 'Chance' }).fill('5');
    expect(await findings(page)).toEqual([]);
    await picture(page, 'console-wheel');
    await page.getByRole('button', { name: 'Save the draft' }).click();
    await page.getByRole('heading', { level: 1, name: 'Wheel of fortune with codes' }).waitFor();
    expect(await page.getByTestId('sentence').textContent()).toContain('Shows a wheel of fortune to everybody');
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click();
    await page.getByText('Running', { exact: true }).waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('tells in French on a phone what was drawn, and that a prize has no codes', async () => {
    for (let person = 0; person < 8; person += 1) await spin(person);
    const [one] = (await server.api.get('/api/v1/experiences', experiencePageSchema)).items;
    const { page, errors } = await signIn(browser, server, french);
    await page.goto(`${server.url}/website/experiences/${one?.id}?tab=results`);
    await page.getByText(/^Les codes de five sont épuisés/).waitFor();
    const drawn = page.getByRole('group', { name: 'Ce qui a été tiré' });
    await drawn.getByRole('row', { name: /^Rien cette fois/ }).waitFor();
    expect(await findings(page)).toEqual([]);
    expect(await isTooWide(page)).toBe(false);
    await picture(page, 'console-drawn-phone');
    expect(errors).toEqual([]);
    await page.context().close();
  });
});

describe('ready-made beginnings', () => {
  it.each(['newsletter-code', 'size-quiz', 'one-question', 'exit-survey'])(
    '%s can be looked at and kept',
    async (from) => {
      const { page, errors } = await signIn(browser, server, french);
      await page.goto(`${server.url}/website/experiences/new?start=${from}`);
      await page.getByTestId('preview').waitFor();
      expect(await findings(page)).toEqual([]);
      expect(await isTooWide(page)).toBe(false);
      await picture(page, `console-${from}-phone`);
      await page.getByRole('button', { name: 'Enregistrer le brouillon' }).click();
      await page.getByTestId('sentence').waitFor();
      expect(errors).toEqual([]);
      await page.context().close();
    },
  );
});
