import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, type TestServer, writeKey } from '../harness/startServer.ts';
import { openBrowser } from '../storefront/browser.ts';
import { ownerEnv, signIn } from './signIn.ts';

/** What a first visit may fetch in scripts, in bytes of gzip. The chart engine comes when a chart is shown, after the page. */
const budget = 250_000;
/** It shows something of every room (docs/adr/0016). */
const customerBudget = 300_000;
const chartEngine = /zrender|echarts|ChartCanvas/i;

let server: TestServer;
let browser: Browser;
let profile = '';
beforeAll(async () => {
  server = await startServer({ env: ownerEnv });
  browser = await openBrowser();
  await fetch(`${server.url}/v1/identify`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}` },
    body: JSON.stringify({ userId: 'u1', messageId: 'm1', traits: { firstName: 'Zoé', email: 'zoe@example.fr' } }),
  });
  await server.api.waitSettled();
  profile = (await server.api.findProfile('user_id', 'u1')) ?? '';
});
afterAll(async () => {
  await browser.close();
  await server.dispose();
});

/** Opens a page as a first visit does, and weighs the scripts that came. */
async function weigh(page: Page, path: string): Promise<{ bytes: number; largest: string[] }> {
  const scripts = new Map<string, number>();
  const reading: Promise<void>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return;
    reading.push(
      response.body().then((body) => {
        if (!chartEngine.test(response.url() + body.toString()))
          scripts.set(response.url(), gzipSync(body, { level: 9 }).length);
      }),
    );
  });
  await page.goto(server.url + path);
  await page.locator('h1').waitFor();
  await page.waitForLoadState('networkidle');
  await Promise.all(reading);
  const sorted = [...scripts].toSorted(([, one], [, other]) => other - one);
  return {
    bytes: sorted.reduce((sum, [, size]) => sum + size, 0),
    largest: sorted.slice(0, 12).map(([url, size]) => `${size} ${url.split('/').at(-1)}`),
  };
}

it('a first visit fetches at most 250 kB of script, 300 kB with a customer’s page', async () => {
  const { page: signedIn } = await signIn(browser, server, { locale: 'en-GB', colorScheme: 'light', width: 1440 });
  const state = await signedIn.context().storageState();
  await signedIn.context().close();
  const paths = ['/sign-in', '/', '/customers', `/customers/${profile}`, '/products', '/data/imports'];
  for (const path of paths) {
    const context = await browser.newContext({
      locale: 'fr-FR',
      ...(path === '/sign-in' ? {} : { storageState: state }),
    });
    const { bytes, largest } = await weigh(await context.newPage(), path);
    expect(bytes, `${path} weighs ${bytes}: ${largest.join(', ')}`).toBeLessThanOrEqual(
      path.startsWith('/customers/') ? customerBudget : budget,
    );
    expect(bytes, path).toBeGreaterThan(100_000);
    await context.close();
  }
});
