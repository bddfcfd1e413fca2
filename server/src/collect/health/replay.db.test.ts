import { afterAll, expect, it } from 'vitest';
import { useApp } from '../../../test/httpApp.ts';
import { openShop, type Shop } from '../../../test/shop.ts';
import { useStores } from '../../../test/stores.ts';
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

it('a blocked order is counted, shown, replayed once the plan is mended, and then exported with its base amount', async () => {
  const scopes = ['data.read', 'data.write', 'events.read', 'personal.read', 'plan.write', 'export.read'];
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
