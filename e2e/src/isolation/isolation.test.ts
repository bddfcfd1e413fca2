import {
  inviteResponseSchema,
  keyResponseSchema,
  keyScopes,
  savedViewSchema,
  workspaceHeader,
  workspaceSchema,
} from '@vitrail/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { ApiClient } from '../harness/apiClient.ts';
import { secretKey, startServer, type TestServer } from '../harness/startServer.ts';
import { readAnswer, send, text } from '../hostile/send.ts';
import { attackRoutes } from './attackRoutes.ts';
import { fillHiddenShop, type HiddenShop, mark } from './hiddenShop.ts';
import { signIn } from './signIn.ts';

const owner = { email: 'owner@both.example', password: 'correct horse battery staple' };
const nosy = { email: 'nosy@neighbour.example', password: 'another horse battery staple' };

let server: TestServer;
let hidden: HiddenShop;
let document: unknown;
let neighbour: { id: number; key: string; api: ApiClient; session: Record<string, string> };

beforeAll(async () => {
  server = await startServer({ env: { VITRAIL_ADMIN_EMAIL: owner.email, VITRAIL_ADMIN_PASSWORD: owner.password } });
  document = await (await fetch(`${server.url}/api/openapi.json`)).json();
  const first = await signIn(server.url, owner);
  const ask = async <T>(
    path: string,
    schema: z.ZodType<T>,
    headers: Record<string, string>,
    body?: object,
  ): Promise<T> => {
    const init =
      body === undefined
        ? { headers }
        : { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: text(body) };
    const response = await fetch(server.url + path, init);
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return schema.parse(await response.json());
  };
  const colleague = { name: mark, email: `colleague@${mark}.example`, role: 'viewer' };
  const { user } = await ask('/api/v1/users', inviteResponseSchema, first, colleague);
  const view = { list: 'customers', name: mark, search: {}, columns: {} };
  const { id: viewId } = await ask('/api/v1/views', savedViewSchema, first, view);
  hidden = await fillHiddenShop(server, { colleagueId: user.id, viewId });

  // A second workspace, with a key that may do everything in it and an owner who belongs to no other.
  const settings = { name: 'Neighbour', baseCurrency: 'EUR', country: 'FR', timeZone: 'Europe/Paris', language: 'fr' };
  const { id } = await ask('/api/v1/workspaces', workspaceSchema, first, settings);
  const there = { ...first, [workspaceHeader]: String(id) };
  const made = await ask('/api/v1/keys', keyResponseSchema, there, { kind: 'secret', name: 'Nosy', scopes: keyScopes });
  const { invitation } = await ask('/api/v1/users', inviteResponseSchema, there, {
    name: 'Nosy',
    email: nosy.email,
    role: 'owner',
  });
  const token = new URLSearchParams(new URL(invitation?.url ?? server.url).hash.slice(1)).get('token');
  await ask('/api/auth/reset-password', z.unknown(), first, { token, newPassword: nosy.password });
  const key = made.secret ?? '';
  neighbour = { id, key, api: new ApiClient(server.url, key), session: await signIn(server.url, nosy) };
});
afterAll(() => server?.dispose());

/** Everything of the hidden shop that can be read, as its own key reads it. */
async function readHiddenShop(): Promise<Record<string, unknown>> {
  const lists = [
    'sites',
    'sources',
    'tracking-plan',
    'products',
    'merges',
    'imports',
    'companies',
    'identity/namespaces',
    'identity/blocked-values',
    'workspace',
    'drops',
    'segments',
    'scores',
    'reports/saved',
  ];
  const exports = ['events', 'profiles', 'orders', 'order-lines', 'products', 'product-prices'];
  const found: Record<string, unknown> = {};
  for (const name of lists) found[name] = await server.api.get(`/api/v1/${name}`, z.unknown());
  // Rows of an export come in no promised order.
  for (const name of exports) {
    const rows = await server.api.exported(name, z.unknown());
    found[`export of ${name}`] = rows.map((row) => JSON.stringify(row)).toSorted();
  }
  found.stats = { ...(await server.api.stats()), at: '' };
  return found;
}

const attack = () => ({
  url: server.url,
  ids: hidden.ids,
  idOf: hidden.idOf,
  marks: [mark, mark.toLowerCase()],
});

it('no route shows or changes anything of another workspace, by key or by session', async () => {
  const before = await readHiddenShop();
  expect(JSON.stringify(before)).toContain(mark);
  for (const headers of [{ authorization: `Bearer ${neighbour.key}` }, neighbour.session]) {
    const { called, leaks } = await attackRoutes(document, { ...attack(), headers });
    expect(leaks).toEqual([]);
    expect(called).toBeGreaterThan(60);
  }
  expect(await readHiddenShop()).toEqual(before);
});

it('naming the other workspace in a header or an address is refused', async () => {
  for (const headers of [{ authorization: `Bearer ${neighbour.key}` }, neighbour.session]) {
    const named = await fetch(`${server.url}/api/v1/stats`, { headers: { ...headers, [workspaceHeader]: '1' } });
    expect(await readAnswer(named)).toMatchObject({ status: 403, code: 'govern.other_workspace' });
    const asked = await fetch(`${server.url}/api/v1/stats?workspace=1`, { headers });
    expect(await readAnswer(asked)).toMatchObject({ status: 403, code: 'govern.other_workspace' });
  }
});

it('the same identifiers, message ids, orders and files in two workspaces are two people, events, orders and imports', async () => {
  const before = await readHiddenShop();
  const sources = await neighbour.api.get(
    '/api/v1/sources',
    z.object({ items: z.array(z.object({ writeKey: z.string().nullable() })) }),
  );
  const writeKey = sources.items[0]?.writeKey ?? '';
  const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`;
  const email = `jeanne@${mark}.example`.toLowerCase();
  const calls = [
    { type: 'identify', userId: `${mark}-1`, traits: { email, lastName: 'Autre' } },
    {
      type: 'track',
      event: 'Order Completed',
      userId: `${mark}-1`,
      messageId: `${mark}-message`,
      properties: { order_id: `${mark}-order`, total: 7 },
    },
  ];
  expect(await send(server.url, '/v1/batch', text({ batch: calls }), { authorization })).toMatchObject({ status: 200 });
  const file = {
    as: 'products',
    name: `${mark}.csv`,
    content: `product_id,title,price\n${mark}-lamp,${mark} lamp,20.00 EUR\n`,
  } as const;
  expect(await neighbour.api.importFile(file)).toMatchObject({ state: 'done', accepted: 1, duplicates: 0 });
  const id = await neighbour.api.findProfile('email', email);
  const profile = await neighbour.api.profile(id ?? '');
  expect(profile.traits.lastName?.value).toBe('Autre');
  expect(profile.totals).toMatchObject({ orders: 1, revenue: 7 });
  expect(profile.eventCount).toBe(2);
  expect(await readHiddenShop()).toEqual(before);

  // Erasing theirs leaves ours.
  expect((await neighbour.api.request(`/api/v1/profiles/${id}`, { method: 'DELETE' })).status).toBeLessThan(300);
  expect(await readHiddenShop()).toEqual(before);
});

it('the same search with a key of the shop itself finds plenty, so it looks in the right places', async () => {
  const headers = { authorization: `Bearer ${secretKey}` };
  const { leaks } = await attackRoutes(document, { ...attack(), headers, harmless: true });
  const shown = leaks.filter((leak) => leak.includes(' shows '));
  expect(shown.length, leaks.join('\n')).toBeGreaterThan(20);
});
