import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer, writeKey } from '../harness/startServer.ts';
import { openBrowser } from '../storefront/browser.ts';
import { findings } from './axe.ts';
import { ownerEnv, signIn } from './signIn.ts';

let server: TestServer;
let browser: Browser;
let profile = '';

beforeAll(async () => {
  server = await startServer({ env: ownerEnv });
  browser = await openBrowser();
  const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`;
  const batch = [
    { type: 'page', anonymousId: 'a1', messageId: '1', context: { page: { url: 'https://shop.example/' } } },
    {
      type: 'identify',
      anonymousId: 'a1',
      userId: 'u1',
      messageId: '2',
      traits: { firstName: 'Zoé', lastName: 'Müller', email: 'zoe@example.fr' },
    },
    {
      type: 'track',
      event: 'Order Completed',
      userId: 'u1',
      messageId: '3',
      properties: { order_id: 'o1', total: 59.9, currency: 'EUR' },
    },
  ];
  await fetch(`${server.url}/v1/batch`, {
    method: 'POST',
    headers: { authorization },
    body: JSON.stringify({ batch }),
  });
  await server.api.waitSettled();
  profile = (await server.api.findProfile('user_id', 'u1')) ?? '';
});
afterAll(async () => {
  await browser.close();
  await server.dispose();
});

const pages = [
  '/',
  '/customers',
  '/merges',
  '/households',
  '/companies',
  '/products',
  '/predictions',
  '/lookalikes',
  '/recommendations',
  '/analytics/dashboard',
  '/analytics/trends',
  '/analytics/funnels',
  '/analytics/retention',
  '/analytics/attribution',
  '/analytics/paths',
  '/analytics/values',
  '/analytics/saved',
  '/data/live',
  '/data/sources',
  '/data/imports',
  '/data/imports/new',
  '/data/plan',
  '/data/health',
  '/data/drops',
  '/data/export',
  '/messages/sandbox',
  '/messages/deliverability',
  '/segments/outside',
  '/website/experiences/new',
  '/website/experiments/holdout',
  '/website/experiments/learnings',
  '/website/flags',
  '/settings/channels',
  '/settings/workspace',
  '/settings/sites',
  '/settings/users',
  '/settings/keys',
  '/settings/identity',
  '/settings/rates',
  '/settings/audit',
  '/settings/profile',
];

describe.each([
  { locale: 'en-GB', colorScheme: 'light', width: 1440 },
  { locale: 'fr-FR', colorScheme: 'dark', width: 320 },
] as const)('the console in $locale, $colorScheme, $width px', (options) => {
  it('shows every page without an error, a serious finding of axe or a sideways scroll', async () => {
    const { page, errors } = await signIn(browser, server, options);
    const problems: string[] = [];
    for (const path of [...pages, `/customers/${profile}`]) {
      await page.goto(`${server.url}${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForTimeout(500);
      problems.push(...(await findings(page)).map((finding) => `${path} ${finding}`));
      const wide = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth');
      if (wide === true) problems.push(`${path} scrolls sideways`);
      problems.push(...errors.splice(0).map((error) => `${path} ${error}`));
    }
    expect(problems, problems.join('\n')).toEqual([]);
    await page.context().close();
  });
});
