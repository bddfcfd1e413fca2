import { afterAll, beforeAll, expect, it } from 'vitest';
import { useApp } from '../../../test/httpApp.ts';
import { createKeyHeaders } from '../../../test/people.ts';
import { openShop, type Shop, testSecrets } from '../../../test/shop.ts';
import { useStores } from '../../../test/stores.ts';
import { type Json, objectOf } from '../../platform/index.ts';
import { registerUnifyRoutes } from '../routes.ts';

const stores = useStores();
let shop: Shop;
beforeAll(async () => {
  shop = await openShop(stores);
});
afterAll(async () => {
  await shop.pipeline.stop();
});
const served = useApp(stores, {
  rooms: (app) =>
    registerUnifyRoutes(app, {
      ...stores,
      secrets: testSecrets,
      stores: [],
      pipeline: shop.pipeline,
      whoPasses: async () => [],
    }),
});

it('the timeline answers properties, traits and context as they were sent, whatever their names', async () => {
  const odd = '{"__proto__":{"admin":true},"constructor":1,"a.b":{"__proto__":2},"":[null]}';
  const call: Json = JSON.parse(
    `{"type":"track","event":"Odd","userId":"u1","messageId":"odd","properties":${odd},"context":${odd}}`,
  );
  await shop.send(objectOf(call));
  const headers = await createKeyHeaders(stores, shop.id, ['profiles.read', 'events.read', 'personal.read']);
  const ask = async (url: string) => served.app.inject({ url: `/api/v1/profiles${url}`, headers });
  const [profile] = (await ask('?identifier=user_id:u1')).json<{ items: { id: string }[] }>().items;
  const { body, statusCode } = await ask(`/${profile?.id}/events`);
  expect(statusCode).toBe(200);
  expect(body).toContain(`"properties":${odd}`);
  expect(body).toContain(`"context":${odd}`);
});
