import { afterAll, expect, it } from 'vitest';
import { useApp } from '../../../test/httpApp.ts';
import { createTestPipeline, openShop, type Shop } from '../../../test/shop.ts';
import { useStores } from '../../../test/stores.ts';
import { pgQuery } from '../../platform/index.ts';
import { importRates } from '../currency/index.ts';
import { createCollectExports, registerExportRoutes } from '../export/index.ts';
import { registerTrackingPlanRoutes } from '../plan/index.ts';
import { registerHealthRoutes } from './index.ts';

const deps = useStores();
let shop: Shop | undefined;
const http = useApp(deps, {
  rooms: (app) => {
    registerTrackingPlanRoutes(app, deps);
    registerExportRoutes(app, deps, createCollectExports(deps));
    registerHealthRoutes(app, {
      ...{ pg: deps.pg, ch: deps.ch, clock: deps.clock, log: deps.log },
      onReplay: () => shop?.pipeline.ring(),
    });
  },
});
afterAll(async () => {
  await shop?.pipeline.stop();
});

const scopes = ['data.read', 'data.write', 'events.read', 'personal.read', 'plan.write', 'export.read'];

it('a blocked order is counted, shown, replayed once the plan is mended, and then exported with its base amount', async () => {
  shop = await openShop(deps, { scopes });
  const headers = { authorization: `Bearer ${shop.secretKey}` };
  const call = async (method: 'GET' | 'PUT' | 'POST', url: string, payload?: object) =>
    http.app.inject({ method, url: `/api/v1/${url}`, headers, ...(payload && { payload }) });
  const plan = (minimum: number) =>
    call('PUT', 'tracking-plan/Order%20Completed', {
      mode: 'block',
      schema: { properties: { total: { type: 'number', minimum } } },
    });
  await importRates(deps.pg, shop.id, `Date,USD\n${deps.clock.now().toISOString().slice(0, 10)},2\n`);
  await plan(100);

  const order = (id: string, total: number) => ({
    type: 'track',
    event: 'Order Completed',
    userId: 'anna',
    messageId: id,
    properties: { order_id: id, total, currency: 'USD', exact: 0.1, list: [{ __proto__: null, 'a.b': 1 }] },
  });
  await shop.send(order('small', 40), order('large', 400));

  const health = (await call('GET', 'health-data?days=1')).json();
  expect(health.sources[0]).toMatchObject({ accepted: 1, violations: 1, dropped: { plan: 1 } });
  expect((await call('GET', 'tracking-plan/violations')).json().items).toMatchObject([
    { event: 'Order Completed', rule: '/total minimum', count: 1, lastMessageId: 'small' },
  ]);
  const [dropped] = (await call('GET', 'drops')).json().items;
  expect(dropped).toMatchObject({ reason: 'plan', detail: '/total minimum', messageId: 'small', replayed: false });
  expect(JSON.parse(dropped.raw)).toMatchObject(order('small', 40));

  // Still blocked: dropped anew, nothing lost.
  expect((await call('POST', 'drops/replay', { ids: [dropped.id] })).json()).toMatchObject({ replayed: 1 });
  await shop.settle();
  expect((await call('GET', 'drops')).json().items).toHaveLength(2);

  await plan(0);
  deps.clock.advance(5_000);
  expect((await call('POST', 'drops/replay', { filter: { reason: 'plan' } })).json()).toMatchObject({ replayed: 1 });
  await shop.settle();
  const lines = (await call('GET', 'export/events?format=ndjson')).body.trim().split('\n');
  const exported = lines.map((line) => JSON.parse(line)).find(({ messageId }) => messageId === 'small');
  expect(lines).toHaveLength(2);
  expect(exported).toMatchObject({ ...order('small', 40), _vitrail: { value: 40, currency: 'USD', baseValue: 20 } });
});

const insertRequest = pgQuery({
  name: 'test.insertBrowserRequest',
  params: { workspace: 'int4', source: 'int4', at: 'timestamptz', hint: 'text?', agent: 'text', payload: 'text' },
  row: {},
  text: `insert into collect.inbox (workspace_id, source_id, received_at, type_hint, ip, user_agent, events, payload)
         values (:workspace, :source, :at, :hint, '192.0.2.7', :agent, 1, :payload)`,
});
const readInbox = pgQuery({
  name: 'test.readReplayed',
  params: { workspace: 'int4' },
  row: { ip: 'text?', agent: 'text?', at: 'timestamptz' },
  text: `select ip, user_agent as agent, received_at as at from collect.inbox where workspace_id = :workspace order by id`,
});

it('a replayed record keeps what its request said: when it was sent and received, the address, the browser, the type', async () => {
  const shop = await openShop(deps, { scopes });
  const headers = { authorization: `Bearer ${shop.secretKey}` };
  const call = async (method: 'GET' | 'PUT' | 'POST', url: string, payload?: object) =>
    http.app.inject({ method, url: `/api/v1/${url}`, headers, ...(payload && { payload }) });
  const plan = (mode: 'block' | 'allow') =>
    call('PUT', 'tracking-plan/Cart%20Viewed', { mode, schema: { required: ['cart_id'] } });
  await plan('block');

  // A clock one hour behind, as `sentAt` of the batch shows.
  const received = deps.clock.now();
  const clientTime = (minutesAgo: number) => new Date(received.getTime() - (60 + minutesAgo) * 60_000).toISOString();
  const cart = { event: 'Cart Viewed', anonymousId: 'a1', timestamp: clientTime(2), properties: {} };
  const agent =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';
  const put = (payload: object, hint: string | null) =>
    deps.pg.run(insertRequest, {
      ...{ workspace: shop.id, source: shop.sourceId, at: received, hint, agent },
      payload: JSON.stringify(payload),
    });
  await put({ sentAt: clientTime(0), batch: [{ ...cart, type: 'track', messageId: 'batched' }] }, null);
  await put({ ...cart, sentAt: clientTime(0), messageId: 'single' }, 'track');
  shop.pipeline.ring();
  await shop.settle();
  expect((await call('GET', 'drops')).json().items).toMatchObject([{ type: 'track' }, { type: 'track' }]);

  await plan('allow');
  deps.clock.advance(86_400_000);
  await shop.pipeline.stop();
  expect((await call('POST', 'drops/replay', { filter: {} })).json()).toMatchObject({ replayed: 2 });
  expect(await deps.pg.rows(readInbox, { workspace: shop.id })).toEqual([
    { ip: '192.0.2.7', agent, at: received },
    { ip: '192.0.2.7', agent, at: received },
  ]);
  const again = createTestPipeline(deps);
  await again.start();
  await shop.settle();
  const lines = (await call('GET', 'export/events?format=ndjson')).body.trim().split('\n');
  const happened = new Date(received.getTime() - 2 * 60_000).toISOString();
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { messageId: 'batched', type: 'track', timestamp: happened, sentAt: clientTime(0) },
    { messageId: 'single', type: 'track', timestamp: happened, sentAt: clientTime(0) },
  ]);
  await again.stop();
});
