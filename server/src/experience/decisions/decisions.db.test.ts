import { readFileSync } from 'node:fs';
import type { DecideAnswer, DecisionsAnswer } from '@vitrail/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestCaptures } from '../../../test/captures.ts';
import { openTestApp, type TestApp } from '../../../test/httpApp.ts';
import { openShop, type Shop } from '../../../test/shop.ts';
import { useStores } from '../../../test/stores.ts';
import { encodeProfileId } from '../../collect/index.ts';
import { followConsents } from '../../communicate/consent/deriveConsents.ts';
import { createReadAllowances } from '../../communicate/consent/readAllowances.ts';
import { createShopBenefits } from '../../communicate/offers/shopBenefits.ts';
import { createRecommendDeps } from '../../decide/index.ts';
import { createLoadOthers } from '../../decide/references/loadOthers.ts';
import { createSegments, type Segments } from '../../decide/segments/createSegments.ts';
import { createKeys } from '../../govern/keys/findKeys.ts';
import type { JsonObject } from '../../platform/index.ts';
import { createAssigner } from '../assigner/createAssigner.ts';
import { createExperiences } from '../createExperiences.ts';
import { createExperiencedData } from '../personalData.ts';
import { registerExperienceRoom } from '../routes.ts';
import { followViews } from './followViews.ts';

const stores = useStores();
let shop: Shop;
let segments: Segments;
let web: TestApp;

beforeEach(async () => {
  stores.clock.set('2026-05-20T12:00:00Z');
  segments = createSegments(stores, createLoadOthers(stores.pg));
  shop = await openShop(stores, {
    reactors: [followConsents(stores), segments.react],
    follow: followViews,
    timeZone: 'Europe/Paris',
    scopes: ['experience.read', 'experience.write', 'profiles.read'],
  });
  const experiences = createExperiences(stores, {
    readAllowances: createReadAllowances(stores),
    captures: createTestCaptures(stores),
    benefits: createShopBenefits(stores),
    recommending: createRecommendDeps(stores),
    assigner: createAssigner(stores),
  });
  web = await openTestApp(stores, {
    rooms: (app) => registerExperienceRoom(app, { ...stores, keys: createKeys(stores) }, experiences),
  });
});
afterEach(async () => {
  await web.close();
  await segments.stop();
  await shop.pipeline.stop();
});

const bar = { kind: 'bar', texts: { en: { title: 'Free delivery' } } };
const request = (fields: object = {}) => ({
  key: 'delivery',
  name: 'Free delivery',
  variants: [{ key: 'a', name: 'A', weight: 1, content: bar }],
  ...fields,
});
const call = (method: 'POST' | 'PUT' | 'GET' | 'DELETE', path: string, body?: object) =>
  web.app.inject({
    method,
    url: `/api/v1/experiences${path}`,
    headers: { authorization: `Bearer ${shop.secretKey}` },
    ...(body === undefined ? {} : { payload: body }),
  });
const start = async (fields: object = {}): Promise<string> => {
  const made = await call('POST', '', request(fields));
  expect(made.body).toContain('"state":"draft"');
  const { id } = made.json<{ id: string }>();
  expect((await call('POST', `/${id}/start`)).json()).toMatchObject({ state: 'running' });
  return id;
};
const granted = { consent: { personalisation: true } };
const decide = (body: object) =>
  web.app.inject({
    method: 'POST',
    url: '/v1/decide',
    headers: { 'content-type': 'text/plain', origin: 'https://shop.example' },
    payload: JSON.stringify({ writeKey: shop.writeKey, ...body }),
  });
const variantsFor = async (body: object): Promise<string[]> => {
  const answer = (await decide(body)).json<DecideAnswer>();
  return answer.decisions.map(({ key, variant }) => `${key}:${variant}`);
};
const ask = (body: JsonObject) =>
  web.app.inject({
    method: 'POST',
    url: '/api/v1/decisions',
    headers: { authorization: `Bearer ${shop.secretKey}` },
    payload: body,
  });
const consented = { consent: { categoryPreferences: { personalisation: true } } };
const saw = (name: string, anonymousId: string, properties: JsonObject = {}, context: JsonObject = {}) =>
  shop.send({
    type: 'track',
    event: name,
    anonymousId,
    timestamp: stores.clock.now().toISOString(),
    properties: { experience: 'delivery', variant: 'a', ...properties },
    context,
  });

describe('a page asks', () => {
  it('as plain text, without a preflight, and gets what runs: nothing of drafts, nothing of what was stopped', async () => {
    await call('POST', '', request({ key: 'draft' }));
    const id = await start();
    const answer = await decide({ anonymousId: 'd1', page: { path: '/' } });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['access-control-allow-origin']).toBe('https://shop.example');
    expect(answer.json()).toEqual({
      decisions: [
        {
          key: 'delivery',
          variant: 'a',
          version: 1,
          trigger: { on: 'load' },
          payload: expect.objectContaining({ kind: 'bar' }),
        },
      ],
      ttl: 60,
    });
    await call('POST', `/${id}/stop`);
    await expect.poll(() => variantsFor({ anonymousId: 'd1' }), { timeout: 10_000 }).toEqual([]);
  });

  it('again with what it has and is told that nothing changed', async () => {
    await start();
    const first = await decide({ anonymousId: 'd1' });
    const again = await web.app.inject({
      method: 'POST',
      url: '/v1/decide',
      headers: { 'content-type': 'text/plain', 'if-none-match': String(first.headers.etag) },
      payload: JSON.stringify({ writeKey: shop.writeKey, anonymousId: 'd1' }),
    });
    expect(again.statusCode).toBe(304);
  });

  it('without a key, with a wrong one, with nonsense, and is told so', async () => {
    const post = (payload: string, headers: object = {}) =>
      web.app.inject({
        method: 'POST',
        url: '/v1/decide',
        headers: { 'content-type': 'text/plain', ...headers },
        payload,
      });
    expect((await post('{}')).json()).toMatchObject({ status: 401, code: 'experience.no_key' });
    expect((await post('{"writeKey":"nobody"}')).json()).toMatchObject({ status: 401, code: 'experience.unknown_key' });
    expect((await post('{"writeKey":')).statusCode).toBe(400);
    expect((await post('{"writeKey":"x","page":{"path":7}}')).statusCode).toBe(400);
    expect((await post(`{"writeKey":"${shop.writeKey}","anonymousId":"${'a'.repeat(40_000)}"}`)).statusCode).toBe(413);
  });
});

describe('who a visitor is', () => {
  it('is what the anonymous id says, never what the page calls its user', async () => {
    await shop.send({ type: 'identify', userId: 'ada', anonymousId: 'ada-phone', context: consented });
    await start({ audience: { visitors: 'known' } });
    expect(await variantsFor({ anonymousId: 'ada-phone' })).toEqual(['delivery:a']);
    expect(await variantsFor({ anonymousId: 'stranger', userId: 'ada', context: granted })).toEqual([]);
    expect(await variantsFor({ userId: 'ada', context: granted })).toEqual([]);
  });
});

describe('without a yes', () => {
  it('nothing personal shows; a no on record outweighs the page, and a no of the page is not even looked up', async () => {
    await start({ control: 0.00001 });
    expect(await variantsFor({ anonymousId: 'd1' })).toEqual([]);
    expect(await variantsFor({ anonymousId: 'd1', context: granted })).toEqual(['delivery:a']);
    await shop.send({ type: 'page', anonymousId: 'd1', context: consented });
    expect(await variantsFor({ anonymousId: 'd1' })).toEqual(['delivery:a']);
    expect(await variantsFor({ anonymousId: 'd1', context: { consent: { personalisation: false } } })).toEqual([]);
    stores.clock.advance(60_000);
    const refused = { consent: { categoryPreferences: { personalisation: false } } };
    await shop.send({ type: 'page', anonymousId: 'd1', context: refused });
    expect(await variantsFor({ anonymousId: 'd1', context: granted })).toEqual([]);
  });

  it('of a browser that says Global Privacy Control, nothing personal shows', async () => {
    await start({ control: 0.00001 });
    const answer = await web.app.inject({
      method: 'POST',
      url: '/v1/decide',
      headers: { 'content-type': 'text/plain', 'sec-gpc': '1' },
      payload: JSON.stringify({ writeKey: shop.writeKey, anonymousId: 'd1', context: granted }),
    });
    expect(answer.json<DecideAnswer>().decisions).toEqual([]);
  });
});

describe('what was seen', () => {
  it('is counted once with its batch, bounds how often it shows, and is remembered across devices', async () => {
    await start({ caps: { perPerson: 2, afterClose: { days: 7 } } });
    const me = { anonymousId: 'd1', context: granted };
    await saw('Experience Viewed', 'd1', {}, consented);
    expect(await variantsFor(me)).toEqual(['delivery:a']);
    await saw('Experience Viewed', 'd1');
    expect(await variantsFor(me)).toEqual([]);
    expect(await variantsFor({ anonymousId: 'd2', context: granted })).toEqual(['delivery:a']);
    await shop.send({ type: 'identify', userId: 'ada', anonymousId: 'd1' });
    await shop.send({ type: 'identify', userId: 'ada', anonymousId: 'd2' });
    expect(await variantsFor({ anonymousId: 'd2', context: granted })).toEqual([]);
  });

  it('and closed stays away for its days', async () => {
    await start({ caps: { afterClose: { days: 7 } } });
    const me = { anonymousId: 'd1', context: granted };
    await saw('Experience Viewed', 'd1', {}, consented);
    await saw('Experience Closed', 'd1');
    expect(await variantsFor(me)).toEqual([]);
    stores.clock.advance(8 * 86_400_000);
    expect(await variantsFor(me)).toEqual(['delivery:a']);
  });

  it('is in a person’s copy of everything and goes with them', async () => {
    await start();
    await saw('Experience Viewed', 'd1', {}, consented);
    const told = (await ask({ identifier: 'anonymous_id:d1' })).json<DecisionsAnswer>();
    const data = createExperiencedData(stores);
    const [profile] = (await shop.events()).map(({ profile_id }) => profile_id);
    const person = { workspaceId: shop.id, profileIds: [profile ?? 0], identifiers: [], orderIds: [] };
    expect(told.profile).toBe(encodeProfileId(profile ?? 0));
    expect(await data.export(person)).toMatchObject({
      experiences: [{ experience: 'delivery', variant: 'a', views: 1 }],
    });
    expect(await data.erase(person)).toEqual({
      answers: 0,
      draws: 0,
      questionsClosed: 0,
      experiencesSeen: 1,
      experimentsGiven: 0,
    });
    expect(await data.export(person)).toEqual({ answers: [], draws: [], experiences: [], experiments: [] });
  });

  it('makes a report by variant, with orders after the first view and the control group apart', async () => {
    const id = await start({ control: 0.3 });
    await saw('Experience Viewed', 'd1', {}, consented);
    await saw('Experience Clicked', 'd1');
    await saw('Experience Viewed', 'd2', { variant: '' }, consented);
    stores.clock.advance(3_600_000);
    await shop.send({
      type: 'track',
      event: 'Order Completed',
      anonymousId: 'd1',
      timestamp: stores.clock.now().toISOString(),
      properties: { order_id: 'o1', total: 80, currency: 'EUR' },
    });
    const asked = await call('GET', `/${id}/report`);
    expect(asked.body).toContain('variants');
    const report = asked.json<{ variants: object[] }>();
    expect(report.variants).toEqual([
      { variant: '', people: 1, views: 1, clicks: 0, closes: 0, answers: 0, buyers: 0, orders: 0, revenue: 0 },
      { variant: 'a', people: 1, views: 1, clicks: 1, closes: 0, answers: 0, buyers: 1, orders: 1, revenue: 80 },
    ]);
  });
});

describe('a server asks', () => {
  it('by any identifier and hears why the rest does not show', async () => {
    await shop.send({ type: 'identify', userId: 'ada', traits: { email: 'ada@example.fr' }, context: consented });
    await start({
      key: 'cart',
      when: [{ field: 'cart.value', op: 'at_least', value: 50 }],
      variants: request().variants,
    });
    await start();
    const answer = await ask({ identifier: 'email:ADA@example.fr', page: { path: '/' } });
    expect(answer.json()).toMatchObject({
      profile: expect.any(String),
      decisions: [{ key: 'delivery' }],
      leftOut: [{ key: 'cart', reason: 'condition', detail: 'cart.value' }],
    });
    const profile = answer.json<DecisionsAnswer>().profile;
    expect((await ask({ profile, page: {} })).json<DecisionsAnswer>().profile).toBe(profile);
    expect((await ask({ identifier: 'email:nobody@example.fr' })).statusCode).toBe(404);
    expect((await ask({ profile: 'nonsense' })).statusCode).toBe(404);
  });
});

describe('an experience', () => {
  it('is refused with a segment or a site that is not there, a key taken, shares that do not add up, or a link that runs code', async () => {
    await start();
    const refused = async (fields: object) => (await call('POST', '', request({ key: 'other', ...fields }))).json();
    expect(await refused({ audience: { segments: ['77'] } })).toMatchObject({ code: 'experience.segment_unknown' });
    expect(await refused({ site: 'nowhere' })).toMatchObject({ code: 'experience.site_unknown' });
    expect(await refused({ key: 'delivery' })).toMatchObject({ status: 409, code: 'experience.key_taken' });
    const half = [{ key: 'a', name: 'A', weight: 0.5, content: bar }];
    expect(await refused({ variants: half })).toMatchObject({ status: 400 });
    const bad = [{ key: 'a', name: 'A', weight: 1, content: { ...bar, link: 'javascript:alert(1)' } }];
    expect(await refused({ variants: bad })).toMatchObject({ status: 400 });
    const away = [{ key: 'a', name: 'A', weight: 1, content: { ...bar, link: '//evil.example' } }];
    expect(await refused({ variants: away })).toMatchObject({ status: 400 });
  });

  it('keeps its key, counts its versions and goes only where it may', async () => {
    const id = await start();
    expect((await call('PUT', `/${id}`, request({ key: 'new' }))).json()).toMatchObject({
      code: 'experience.key_fixed',
    });
    expect((await call('PUT', `/${id}`, request({ name: 'Second' }))).json()).toMatchObject({
      version: 2,
      state: 'running',
    });
    expect((await call('DELETE', `/${id}`)).json()).toMatchObject({ code: 'experience.was_shown' });
    expect((await call('POST', `/${id}/archive`)).json()).toMatchObject({ code: 'experience.wrong_state' });
    await call('POST', `/${id}/stop`);
    expect((await call('POST', `/${id}/archive`)).json()).toMatchObject({ state: 'archived' });
    expect((await call('PUT', `/${id}`, request())).json()).toMatchObject({ code: 'experience.archived' });
    expect((await call('GET', '/999')).statusCode).toBe(404);
  });
});

describe('the reference', () => {
  const text = readFileSync(new URL('../../../../docs/reference/experiences.md', import.meta.url), 'utf8');
  const example = (name: string): JsonObject =>
    JSON.parse(new RegExp(`\`\`\`json ${name}\\n([^]*?)\\n\`\`\``).exec(text)?.[1] ?? '');

  it('shows an experience that can be made, and a question that is answered with it', async () => {
    stores.clock.set('2026-11-27T12:00:00Z');
    const made = await call('POST', '', example('experience'));
    expect(made.statusCode).toBe(201);
    await call('POST', `/${made.json<{ id: string }>().id}/start`);
    const { writeKey: _, ...asked } = { writeKey: '', ...example('decide') };
    expect(await variantsFor(asked)).toEqual([expect.stringMatching(/^free-delivery:/)]);
  });
});
