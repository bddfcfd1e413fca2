import {
  keyScopes,
  listPeopleChangedSchema,
  profileListSchema,
  segmentSchema,
  selectionCountSchema,
} from '@vitrail/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { useApp } from '../../../../test/httpApp.ts';
import { createKeyHeaders } from '../../../../test/people.ts';
import { poll } from '../../../../test/poll.ts';
import { openShop, type Shop, testSecrets } from '../../../../test/shop.ts';
import { useStores } from '../../../../test/stores.ts';
import { createCustomerKeeper, registerUnifyRoutes } from '../../../unify/index.ts';
import { createSegments, type Segments } from '../createSegments.ts';
import { defineSegmentJobs } from '../jobs.ts';
import { registerSegmentRoutes } from '../routes.ts';
import { createWhoPasses } from '../whoPasses.ts';

const stores = useStores();
let segments: Segments;
let shop: Shop;
const http = useApp(stores, {
  rooms: (app) => {
    segments = createSegments(stores, async () => ({}));
    registerSegmentRoutes(app, { ...stores, ...segments.deps });
    registerUnifyRoutes(app, {
      ...stores,
      secrets: testSecrets,
      stores: [],
      whoPasses: createWhoPasses(segments.deps),
      pipeline: { change: (workspace, work) => shop.pipeline.change(workspace, work) },
    });
  },
});
const keeper = (): ReturnType<typeof createCustomerKeeper> => createCustomerKeeper(stores);

beforeAll(async () => {
  const kept = keeper();
  shop = await openShop(stores, { scopes: keyScopes, reactors: [kept.react, (batch) => segments.react(batch)] });
  kept.start();
  defineSegmentJobs(stores, segments);
  await stores.jobs.start({ workers: false, schedules: false });
  await shop.send(
    ...['Ada', 'Ada', 'Bo', 'Cy'].map((firstName, at) => ({
      type: 'identify',
      userId: `u${at}`,
      traits: { firstName, lastName: 'Roux', email: `u${at}@example.fr` },
    })),
    { type: 'page', anonymousId: 'visitor', name: 'Home' },
  );
  await poll('the list can be sorted', async () => (await list('sort=name')).length === 5);
  await kept.stop();
});
afterAll(async () => {
  await segments.stop();
  await shop.pipeline.stop();
});

const ask = async (method: 'GET' | 'POST', url: string, body?: object, headers?: Record<string, string>) =>
  http.app.inject({
    method,
    url,
    headers: headers ?? { authorization: `Bearer ${shop.secretKey}` },
    ...(body !== undefined && { payload: body }),
  });
const list = async (query: string) =>
  profileListSchema.parse((await ask('GET', `/api/v1/profiles?${query}`)).json()).items;
const change = async (id: string, body: object) =>
  listPeopleChangedSchema.parse((await ask('POST', `/api/v1/segments/lists/${id}/people`, body)).json());
const sizeOf = async (id: string) => segmentSchema.parse((await ask('GET', `/api/v1/segments/${id}`)).json()).size;

it('puts those whom a search finds on a list, once, and tells whom to take off to undo it', async () => {
  const { id } = (await ask('POST', '/api/v1/segments/lists', { name: 'Chosen' })).json();
  const [bo] = await list('q=bo');
  await change(id, { add: { ids: [bo?.id, 'nobody'] } });
  const everybody = { matching: { q: 'roux' } };
  const counted = (await ask('POST', '/api/v1/profiles/selection', everybody)).json();
  expect(selectionCountSchema.parse(counted)).toEqual({ people: 4, unknown: 0 });
  const added = await change(id, { add: everybody });
  expect(added).toMatchObject({ added: 3, removed: 0, unknown: 0 });
  expect(added.addedIds).not.toContain(bo?.id);
  expect(await sizeOf(id)).toBe(4);
  expect(await change(id, { add: everybody })).toMatchObject({ added: 0, addedIds: [] });
  expect(await change(id, { remove: { ids: added.addedIds } })).toMatchObject({ removed: 3 });
  expect(await sizeOf(id)).toBe(1);
});

it('lists, counts and gathers those who pass a definition, with a search, a sort and over pages', async () => {
  const named = { kind: 'trait', trait: 'firstName', test: { type: 'text', op: 'in', values: ['Ada', 'Cy'] } };
  const where = { kind: 'all', of: [named, { kind: 'identifier', namespace: 'email', present: true }] };
  const asked = `where=${encodeURIComponent(JSON.stringify(where))}`;
  const page = async (query: string) =>
    profileListSchema.parse((await ask('GET', `/api/v1/profiles?${asked}&${query}`)).json());
  const first = await page('sort=name&limit=2&known=true');
  expect(first.items.map(({ name }) => name)).toEqual(['Ada Roux', 'Ada Roux']);
  expect(first.total).toBe(3);
  const second = await page(`sort=name&limit=2&known=true&after=${first.next}`);
  expect(second.items.map(({ name }) => name)).toEqual(['Cy Roux']);
  expect(second).toMatchObject({ next: null });
  expect((await page('')).items.map(({ name }) => name)).toEqual(['Cy Roux', 'Ada Roux', 'Ada Roux']);
  expect((await page('q=cy')).items.map(({ name }) => name)).toEqual(['Cy Roux']);
  expect((await page('identifier=user_id:u2')).items).toEqual([]);
  expect((await page('identifier=user_id:u3')).items).toHaveLength(1);
  const counted = async (matching: object) =>
    selectionCountSchema.parse((await ask('POST', '/api/v1/profiles/selection', { matching })).json()).people;
  expect(await counted({ where })).toBe(3);
  expect(await counted({ where, q: 'ada' })).toBe(2);
  const without = { kind: 'identifier', namespace: 'email', present: false };
  expect([await counted({ where: without }), await counted({ where: without, known: false })]).toEqual([0, 1]);
});

it('refuses a definition that cannot be asked, and whoever may not ask one', async () => {
  const code = async (where: string, headers?: Record<string, string>) =>
    (await ask('GET', `/api/v1/profiles?where=${encodeURIComponent(where)}`, undefined, headers)).json().code;
  expect(await code('{')).toBe('http.invalid_request');
  expect(await code('{"kind":"guess"}')).toBe('http.invalid_request');
  const pattern = { kind: 'trait', trait: 'city', test: { type: 'text', op: 'matches', value: '(' } };
  expect(await code(JSON.stringify(pattern))).toBe('decide.pattern_invalid');
  const profilesOnly = await createKeyHeaders(stores, shop.id, ['profiles.read', 'export.read']);
  expect(await code('{"kind":"all","of":[]}', profilesOnly)).toBe('unify.where_forbidden');
  const people = { matching: { where: { kind: 'all', of: [] } } };
  expect((await ask('POST', '/api/v1/profiles/csv', { people }, profilesOnly)).statusCode).toBe(403);
  expect((await ask('POST', '/api/v1/profiles/selection', people, profilesOnly)).statusCode).toBe(403);
});

it('counts everybody, or only those who are known', async () => {
  const count = async (known: boolean) =>
    (await ask('POST', '/api/v1/profiles/selection', { matching: { known } })).json();
  expect(await count(true)).toMatchObject({ people: 4 });
  expect(await count(false)).toMatchObject({ people: 5 });
});

it('writes chosen people as a file, masked for those who may not see them', async () => {
  const body = { people: { matching: { q: 'ada' } }, locale: 'fr' };
  const plain = (await ask('POST', '/api/v1/profiles/csv', body)).body;
  expect(plain.split('\r\n').filter((line) => line.includes('Ada Roux'))).toHaveLength(2);
  expect(plain).toContain('u0@example.fr');
  const masked = await createKeyHeaders(stores, shop.id, ['profiles.read', 'export.read']);
  const hidden = (await ask('POST', '/api/v1/profiles/csv', body, masked)).body;
  expect(hidden.split('\r\n')).toHaveLength(plain.split('\r\n').length);
  expect(hidden).not.toContain('Ada');
  expect(hidden).not.toContain('example.fr');
  expect((await ask('GET', '/api/v1/profiles?sort=name', undefined, masked)).statusCode).toBe(403);
});

it('says what is wrong with a sort it does not know', async () => {
  const answer = await ask('GET', '/api/v1/profiles?sort=shoe-size');
  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toMatchObject({ code: 'http.invalid_request', errors: [{ field: '/sort' }] });
  expect((await ask('GET', '/api/v1/profiles?order=sideways')).statusCode).toBe(400);
});
