import {
  keyScopes,
  recommendationReportSchema,
  recommendationsSchema,
  savedMerchandisingRuleSchema,
} from '@vitrail/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace, type TestWorkspace } from '../../../test/builders.ts';
import { useApp } from '../../../test/httpApp.ts';
import { useStores } from '../../../test/stores.ts';
import { createAssigner } from '../../experience/index.ts';
import { pgQuery } from '../../platform/index.ts';
import { defineRecommendationJobs } from './jobs.ts';
import { registerRecommendationRoutes } from './routes.ts';
import { createRecommendDeps } from './serve/recommend.ts';

const insertProducts = pgQuery({
  name: 'test.insertRoutedProducts',
  params: { workspace: 'int4', ids: 'text[]', at: 'timestamptz' },
  row: {},
  text: `insert into collect.product (workspace_id, product_id, title, category, availability, search, updated_at)
    select :workspace, id, 'Boots ' || id, 'Shoes', 'in_stock', lower('boots ' || id), :at from unnest(:ids) as row (id)`,
});

const deps = useStores();
const http = useApp(deps, {
  rooms: (app) =>
    registerRecommendationRoutes(app, { ...deps, ...createRecommendDeps(deps), assigner: createAssigner(deps) }),
});
let shop: TestWorkspace;
beforeAll(async () => {
  shop = await createWorkspace(deps, { scopes: [...keyScopes] });
  defineRecommendationJobs(deps);
  // Only enqueues: what a build does has tests of its own.
  await deps.jobs.start({ workers: false, schedules: false });
  await deps.pg.run(insertProducts, { workspace: shop.id, ids: ['one', 'two'], at: deps.clock.now() });
});

async function send(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object, key = shop.secretKey) {
  const answer = await http.app.inject({
    method,
    url: `/api/v1/${path}`,
    headers: { authorization: `Bearer ${key}` },
    ...(body !== undefined && { payload: body }),
  });
  return { status: answer.statusCode, json: () => answer.json() };
}

describe('the routes of recommendations', () => {
  it('answer everybody, for words and with filters', async () => {
    const all = await send('GET', 'recommendations');
    expect(all.status).toBe(200);
    expect(recommendationsSchema.parse(all.json())).toMatchObject({ strategy: 'popular', eligible: 2, builtAt: null });
    const found = await send('GET', 'recommendations?query=boots+two&limit=1&lang=fr');
    expect(found.json()).toMatchObject({
      strategy: 'search',
      items: [{ product: { productId: 'two' }, reason: { kind: 'searched', text: 'Correspond à votre recherche' } }],
    });
    expect((await send('GET', 'recommendations?exclude=one&exclude=two')).json()).toMatchObject({
      items: [],
      eligible: 0,
    });
  });

  it('refuse what cannot be asked', async () => {
    expect((await send('GET', 'recommendations?strategy=magic')).status).toBe(400);
    expect((await send('GET', 'recommendations?profile=nobody')).status).toBe(404);
    const weak = await createWorkspace(deps, { scopes: ['analytics.read'] });
    expect((await send('GET', 'recommendations?profile=nobody', undefined, weak.secretKey)).status).toBe(403);
    expect((await send('POST', 'recommendations/build', {}, weak.secretKey)).status).toBe(403);
  });

  it('keep merchandising rules, of the own workspace only', async () => {
    const rule = { name: 'First', effect: { kind: 'pin', products: ['two'] } };
    const made = await send('POST', 'recommendations/rules', rule);
    expect(made.status).toBe(201);
    const { id } = savedMerchandisingRuleSchema.parse(made.json());
    expect((await send('GET', 'recommendations?limit=1')).json().items[0].product.productId).toBe('two');
    const changed = await send('PUT', `recommendations/rules/${id}`, { ...rule, enabled: false });
    expect(changed.json()).toMatchObject({ id, enabled: false });
    const other = await createWorkspace(deps, { scopes: [...keyScopes] });
    expect((await send('PUT', `recommendations/rules/${id}`, rule, other.secretKey)).status).toBe(404);
    expect((await send('DELETE', `recommendations/rules/${id}`, undefined, other.secretKey)).status).toBe(404);
    expect((await send('DELETE', `recommendations/rules/${id}`)).status).toBe(204);
    expect((await send('GET', 'recommendations/rules')).json()).toEqual({ items: [] });
  });

  it('keep settings, start one build at a time and stop it', async () => {
    const { weights, ...settings } = (await send('GET', 'recommendations/settings')).json();
    const wanted = { ...settings, weights: { ...weights, viewed: 2 }, brandCap: 3 };
    expect((await send('PUT', 'recommendations/settings', wanted)).json()).toEqual(wanted);
    expect((await send('PUT', 'recommendations/settings', { ...wanted, popularArm: 0.9 })).status).toBe(400);
    expect((await send('DELETE', 'recommendations/build')).status).toBe(404);
    expect((await send('POST', 'recommendations/build', {})).status).toBe(202);
    expect((await send('POST', 'recommendations/build', {})).status).toBe(409);
    const report = recommendationReportSchema.parse((await send('GET', 'recommendations/report')).json());
    expect(report.running).toMatchObject({ step: 'queued' });
    expect((await send('DELETE', 'recommendations/build')).status).toBe(204);
  });

  it('say what goes with a product', async () => {
    expect((await send('GET', 'products/one/audience?lang=fr')).json()).toMatchObject({
      similar: [{ product: { productId: 'two' }, reason: { text: 'Semblable à Boots one' } }],
      buyers: { customers: 0, currency: 'EUR' },
    });
    expect((await send('GET', 'products/none/audience')).status).toBe(404);
  });
});
