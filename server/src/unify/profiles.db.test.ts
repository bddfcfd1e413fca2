import { orderListQuerySchema } from '@vitrail/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { openShop, type Shop, testSecrets } from '../../test/shop.ts';
import { useStores } from '../../test/stores.ts';
import { createCollectedData } from '../collect/index.ts';
import type { Actor } from '../govern/index.ts';
import { Fault } from '../platform/index.ts';
import { listMerges } from './merges/listMerges.ts';
import { undoMerge } from './merges/undoMerge.ts';
import { listProfiles } from './profiles/listProfiles.ts';
import { getCustomer, readProfile } from './profiles/readProfile.ts';
import { listCustomerOrders, listEvents } from './profiles/readTimeline.ts';
import { eraseProfile, getSubject } from './rights/eraseProfile.ts';
import { createUnifiedData } from './rights/personalData.ts';

const stores = useStores();
let shop: Shop;
afterEach(async () => {
  await shop.pipeline.stop();
});

const steward: Actor = { kind: 'user', id: 'steward' };
const find = async (identifier: string) => (await listProfiles(stores.pg, shop.id, { identifier, limit: 10 })).items;
const idOf = async (identifier: string): Promise<string> => (await find(identifier))[0]?.id ?? '';
const timeline = async (id: string) => {
  const { rowIds } = await getCustomer(stores.pg, shop.id, id);
  const page = await listEvents(stores, shop.id, rowIds, { limit: 100, types: [], sources: [] }, new Map());
  return page.items;
};
const order = (userId: string, orderId: string, properties: object = {}) => ({
  type: 'track',
  event: 'Order Completed',
  userId,
  properties: {
    order_id: orderId,
    total: 50,
    currency: 'EUR',
    products: [{ product_id: 'p1', price: 25, quantity: 2 }],
    ...properties,
  },
});

describe('a profile', () => {
  it('shows normalised traits with their source and former values, and keeps what cannot be read', async () => {
    shop = await openShop(stores);
    stores.clock.set('2026-05-04T10:00:00Z');
    await shop.send({
      type: 'identify',
      userId: 'u1',
      timestamp: '2026-05-01T10:00:00Z',
      traits: {
        email: ' ZOE@Example.fr',
        phone: '06 12 34 56 78',
        firstName: 'ZOÉ',
        birthday: '04/05/1990',
        plan: 'free',
      },
    });
    await shop.send({
      type: 'identify',
      userId: 'u1',
      timestamp: '2026-05-02T10:00:00Z',
      traits: { plan: 'gold', phone: '12' },
    });
    await shop.send({ type: 'identify', userId: 'u1', timestamp: '2026-04-01T10:00:00Z', traits: { plan: 'trial' } });
    const profile = await readProfile(stores, shop.id, await idOf('email:zoe@example.fr'));
    expect(profile.name).toBe('Zoé');
    expect(profile.traits.email).toMatchObject({
      value: 'zoe@example.fr',
      raw: ' ZOE@Example.fr',
      source: shop.sourceId,
    });
    expect(profile.traits.birthday?.value).toBe('1990-05-04');
    expect(profile.traits.plan).toMatchObject({ value: 'gold', at: '2026-05-02T10:00:00.000Z' });
    expect(profile.traits.plan?.former?.map((entry) => entry.value)).toEqual(['free', 'trial']);
    expect(profile.traits.phone).toMatchObject({ value: '12', problem: 'invalid_phone' });
    expect(profile.identifiers.map(({ namespace, value }) => `${namespace}:${value}`)).toEqual([
      'user_id:u1',
      'email:zoe@example.fr',
      'phone:+33612345678',
    ]);
  });

  it('is found by any identifier, by name without accents, and by the beginning of a card number', async () => {
    shop = await openShop(stores);
    await shop.send({
      type: 'identify',
      userId: 'u1',
      traits: { firstName: 'Zoé', lastName: 'Müller', loyaltyCard: 'LC-778899', phone: '0612345678' },
    });
    const id = await idOf('user_id:u1');
    for (const q of ['zoe muller', 'MULLER', 'LC-77', '06 12 34 56 78', 'u1']) {
      const found = await listProfiles(stores.pg, shop.id, { q, limit: 10 });
      expect(
        found.items.map((item) => item.id),
        q,
      ).toEqual([id]);
    }
    expect((await listProfiles(stores.pg, shop.id, { q: '100%_', limit: 10 })).items).toEqual([]);
  });

  it('adds up its orders in the base currency, counts an unknown currency apart, and lets refunds reduce', async () => {
    shop = await openShop(stores);
    await shop.send(
      {
        type: 'track',
        event: 'Order Refunded',
        userId: 'u1',
        properties: { order_id: 'o1', total: 10, currency: 'EUR' },
      },
      order('u1', 'o1'),
      order('u1', 'o2', { total: 30 }),
      order('u1', 'o3', { total: 9, currency: 'XXQ' }),
      order('u1', 'o4', { total: 70 }),
      { type: 'track', event: 'Order Cancelled', userId: 'u1', properties: { order_id: 'o4' } },
      { type: 'track', event: 'Order Refunded', userId: 'u1', properties: { order_id: 'o2' } },
    );
    const id = await idOf('user_id:u1');
    const { totals } = await readProfile(stores, shop.id, id);
    expect(totals).toMatchObject({ orders: 3, revenue: 40, refunded: 40, withoutRate: 1, currency: 'EUR' });
    const { rowIds } = await getCustomer(stores.pg, shop.id, id);
    const { items } = await listCustomerOrders(stores.pg, shop.id, rowIds, { limit: 10 });
    expect(items.find((item) => item.id === 'o1')).toMatchObject({
      total: 50,
      refunded: 10,
      lines: [{ quantity: 2, price: 25 }],
    });
  });

  it('lists the orders that pass every filter, page by page; days are those of the shop', async () => {
    shop = await openShop(stores, { timeZone: 'Europe/Paris' });
    stores.clock.set('2026-05-04T10:00:00Z');
    const at = (timestamp: string, ...rest: [string, object?]) => ({ ...order('u1', ...rest), timestamp });
    await shop.send(
      at('2026-05-01T21:59:00Z', 'evening', { total: 10 }),
      at('2026-05-01T22:01:00Z', 'midnight', { total: 20 }),
      at('2026-05-02T12:00:00Z', 'noon', { total: 30 }),
      at('2026-05-03T12:00:00Z', 'late', { total: 40 }),
      { type: 'track', event: 'Order Cancelled', userId: 'u1', properties: { order_id: 'noon' } },
      { type: 'track', event: 'Order Refunded', userId: 'u1', properties: { order_id: 'late', total: 5 } },
      { type: 'track', event: 'Order Refunded', userId: 'u1', properties: { order_id: 'unseen', total: 5 } },
    );
    const { rowIds } = await getCustomer(stores.pg, shop.id, await idOf('user_id:u1'));
    const page = (query: object) =>
      listCustomerOrders(stores.pg, shop.id, rowIds, orderListQuerySchema.parse({ limit: 10, ...query }));
    const ids = async (query: object) => (await page(query)).items.map(({ id }) => id);
    expect((await ids({})).toSorted()).toEqual(['evening', 'late', 'midnight', 'noon', 'unseen']);
    expect(await ids({ status: 'cancelled' })).toEqual(['noon']);
    expect(await ids({ status: 'completed' })).toEqual(['late', 'midnight', 'evening']);
    expect((await ids({ status: 'refunded' })).toSorted()).toEqual(['late', 'unseen']);
    expect(await ids({ status: 'unknown' })).toEqual(['unseen']);
    // In Paris it was past midnight.
    expect(await ids({ from: '2026-05-02', to: '2026-05-02' })).toEqual(['noon', 'midnight']);
    expect(await ids({ to: '2026-05-01' })).toEqual(['evening']);
    expect(await ids({ min: '20', max: '30' })).toEqual(['noon', 'midnight']);
    expect(await ids({ source: String(shop.sourceId), min: '40' })).toEqual(['late']);
    expect(await ids({ source: String(shop.sourceId + 1) })).toEqual([]);
    expect(await ids({ site: 'nowhere' })).toEqual([]);
    const first = await page({ status: 'completed', limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual(['late', 'midnight']);
    expect(await ids({ status: 'completed', limit: 2, before: first.next })).toEqual(['evening']);
    for (const wrong of [{ status: 'lost' }, { from: '2026-13-01' }, { min: 'much' }, { source: '0' }])
      expect(orderListQuerySchema.safeParse(wrong).success).toBe(false);
  });

  it('keeps the newest content of an order whatever the order of arrival', async () => {
    shop = await openShop(stores);
    stores.clock.set('2026-05-04T10:00:00Z');
    await shop.send({ ...order('u1', 'o1', { total: 80 }), event: 'Order Updated', timestamp: '2026-05-03T10:00:00Z' });
    await shop.send({ ...order('u1', 'o1', { total: 50 }), timestamp: '2026-05-02T10:00:00Z' });
    expect((await readProfile(stores, shop.id, await idOf('user_id:u1'))).totals).toMatchObject({
      orders: 1,
      revenue: 80,
    });
  });
});

describe('undoing a merge', () => {
  it('gives both people their own history back, with what arrived since, and keeps them apart', async () => {
    shop = await openShop(stores);
    const traits = { email: 'zoe@example.fr', firstName: 'Zoé' };
    await shop.send({ type: 'identify', anonymousId: 'a1', traits }, { ...order('', 'o1'), anonymousId: 'a1' });
    await shop.send({ type: 'identify', userId: 'u2', traits: { firstName: 'Yann' } }, order('u2', 'o2', { total: 7 }));
    const evidence = { type: 'identify', userId: 'u2', traits: { email: 'zoe@example.fr' } };
    await shop.send(evidence);
    await shop.send(
      { type: 'page', anonymousId: 'a1', name: 'Since' },
      { type: 'page', userId: 'u2', name: 'SinceToo' },
    );
    const joined = await readProfile(stores, shop.id, await idOf('user_id:u2'));
    expect(joined.totals).toMatchObject({ orders: 2, revenue: 57 });
    expect(joined.parts).toBe(2);
    const { rowIds } = await getCustomer(stores.pg, shop.id, joined.id);
    const [merge] = (await listMerges(stores.pg, shop.id, { profiles: rowIds, limit: 10 })).items;
    expect(merge?.evidence.identifiers).toHaveLength(2);

    const deps = { clock: stores.clock, pipeline: shop.pipeline };
    await undoMerge(deps, { workspace: shop.id, merge: merge?.id ?? 0, actor: steward });
    await shop.settle();
    const zoe = await readProfile(stores, shop.id, await idOf('email:zoe@example.fr'));
    const yann = await readProfile(stores, shop.id, await idOf('user_id:u2'));
    expect(zoe.totals).toMatchObject({ orders: 1, revenue: 50 });
    expect(yann.totals).toMatchObject({ orders: 1, revenue: 7 });
    expect([zoe.name, yann.name]).toEqual(['Zoé', 'Yann']);
    expect((await timeline(zoe.id)).map((event) => event.event)).toContain('Since');
    expect((await timeline(yann.id)).map((event) => event.event)).toContain('SinceToo');

    await shop.send(evidence);
    expect(await idOf('user_id:u2')).not.toBe(await idOf('email:zoe@example.fr'));
    await expect(undoMerge(deps, { workspace: shop.id, merge: merge?.id ?? 0, actor: steward })).rejects.toMatchObject({
      code: 'unify.merge_undone',
    });
  });
});

describe('erasing a person', () => {
  it('leaves no trace in either store and keeps the person out of later imports', async () => {
    shop = await openShop(stores);
    const record = {
      event: {
        type: 'identify',
        userId: 'u1',
        messageId: 'file-1',
        traits: { email: 'zoe@example.fr', firstName: 'Zoé' },
      },
      receivedAt: stores.clock.now(),
      keep: true,
    };
    const outcomes: unknown[] = [];
    // Dropped records are kept for 90 days of the real time.
    stores.clock.set(new Date().toISOString());
    const importOnce = () =>
      shop.pipeline.ingest({
        workspaceId: shop.id,
        sourceId: shop.sourceId,
        records: [record],
        also: async (_tx, given) => {
          outcomes.push(...given);
        },
      });
    await importOnce();
    await shop.send(order('u1', 'o1'));
    await shop.send(
      { type: 'track', event: '', anonymousId: 'zoe-device', traits: { email: 'zoe@example.fr' } },
      { type: 'track', event: '', anonymousId: 'other-device', traits: { email: 'mazoe@example.fr' } },
    );
    await importOnce();
    const id = await idOf('user_id:u1');
    const deps = {
      ...stores,
      pg: stores.pg,
      clock: stores.clock,
      log: stores.log,
      secrets: testSecrets,
      pipeline: shop.pipeline,
      stores: [
        createCollectedData({ pg: stores.pg, ch: stores.ch }),
        createUnifiedData({ pg: stores.pg, ch: stores.ch }),
      ],
    };
    const subject = await getSubject(stores, shop.id, id);
    const copy = JSON.stringify(await Promise.all(deps.stores.map((store) => store.export(subject))));
    expect(copy).toContain('zoe@example.fr');
    expect(copy).toContain('o1');
    // A record that was refused names her as well; that of a longer address does not.
    expect(copy).toContain('zoe-device');
    expect(copy).not.toContain('other-device');

    const receipt = await eraseProfile(deps, { workspace: shop.id, id, actor: steward });
    expect(receipt).toMatchObject({ state: 'done', removed: { profiles: 1, orders: 1, events: 2 } });
    expect(await shop.events()).toEqual([]);
    expect(await find('email:zoe@example.fr')).toEqual([]);
    await expect(readProfile(stores, shop.id, id)).rejects.toBeInstanceOf(Fault);

    await importOnce();
    await shop.send({ type: 'page', userId: 'u1' });
    expect(outcomes).toMatchObject([
      { kind: 'accepted' },
      { kind: 'duplicate' },
      { kind: 'dropped', reason: 'erased' },
    ]);
    expect(await shop.events()).toEqual([]);
    expect(await find('user_id:u1')).toEqual([]);
  });
});
