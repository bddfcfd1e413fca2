import { type ConsentStanding, profileConsentsSchema } from '@vitrail/contracts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { poll } from '../../server/test/poll.ts';
import { startServer, type TestServer, writeKey } from './harness/startServer.ts';
import { basic } from './hostile/send.ts';
import { openBrowser } from './storefront/browser.ts';

let server: TestServer;
let browser: Browser;
let profile = '';
beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser();
  const call = {
    type: 'identify',
    userId: 'u1',
    messageId: '1',
    traits: { email: 'zoe@example.fr', language: 'fr' },
    context: { consent: { categoryPreferences: { advertising: true } } },
  };
  await fetch(`${server.url}/v1/batch`, {
    method: 'POST',
    headers: { authorization: basic(writeKey), 'sec-gpc': '1' },
    body: JSON.stringify({ batch: [call] }),
  });
  await server.api.waitSettled();
  profile = (await server.api.findProfile('user_id', 'u1')) ?? '';
});
afterAll(async () => {
  await browser.close();
  await server.dispose();
});

const why = async (purpose: string, channel = ''): Promise<ConsentStanding['why'] | undefined> => {
  const { standing } = await server.api.get(`/api/v1/profiles/${profile}/consents`, profileConsentsSchema);
  return standing.find((each) => each.purpose === purpose && each.channel === channel)?.why;
};
const itemsSchema = z.object({ items: z.array(z.object({ id: z.string() })) });
const linkSchema = z.custom<unknown>().transform((mail) => JSON.stringify(mail));

/** The first link of a kind in the newest message of the sandbox. */
async function linkInMail(pattern: RegExp): Promise<string> {
  let found = '';
  await poll('a message with such a link is in the sandbox', async () => {
    const [newest] = (await server.api.get('/api/v1/sandbox-messages', itemsSchema)).items;
    if (newest === undefined) return false;
    const text = await server.api.get(`/api/v1/sandbox-messages/${newest.id}`, linkSchema);
    found = pattern.exec(text)?.[0] ?? '';
    return found !== '';
  });
  return found;
}

it('asks, is confirmed by a button, sends, and stops at one click', async () => {
  expect(await why('advertising')).toBe('refused');
  await server.api.post('/api/v1/consents', {
    identifier: 'email:zoe@example.fr',
    purpose: 'marketing',
    channel: 'email',
    state: 'pending',
  });
  expect(await why('marketing', 'email')).toBe('not_confirmed');
  const page = await (
    await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } })
  ).newPage();
  await page.goto(await linkInMail(/http:\/\/[^"\\ <]*\/m\/[cd]\/[\w-]+/));
  expect(await page.locator('h1').textContent()).toBe('Confirmez votre inscription');
  expect(await why('marketing', 'email')).toBe('not_confirmed');
  await page.click('button');
  expect(await page.locator('h1').textContent()).toBe('Inscription confirmée');
  expect(await why('marketing', 'email')).toBe('granted');

  const idSchema = z.object({ id: z.union([z.string(), z.number()]) });
  const list = idSchema.parse(
    await server.api.post('/api/v1/segments/lists', { name: 'Everyone', profiles: [profile] }),
  );
  const template = idSchema.parse(await server.api.post('/api/v1/templates/ready/win_back', {}));
  const campaign = idSchema.parse(
    await server.api.post('/api/v1/campaigns', {
      name: 'Hello',
      segment: String(list.id),
      template: String(template.id),
    }),
  );
  await server.api.post(`/api/v1/campaigns/${campaign.id}/start`, {});
  const unsubscribe = await linkInMail(/http:\/\/[^"\\ <]*\/m\/u\/[\w-]+/);
  await page.goto(unsubscribe);
  expect(await why('marketing', 'email')).toBe('granted');
  const answer = await fetch(unsubscribe, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  });
  expect(answer.status).toBe(200);
  expect(await why('marketing', 'email')).toBe('refused');
  await page.reload();
  expect(await page.locator('h1').textContent()).toBe('Désinscription enregistrée');
});
