import { afterEach, describe, expect, it } from 'vitest';
import { openShop, type Shop } from '../../../test/shop.ts';
import { useStores } from '../../../test/stores.ts';
import { pgQuery } from '../../platform/index.ts';

const stores = useStores();
let shop: Shop;
afterEach(async () => {
  await shop.pipeline.stop();
});

const listProfiles = pgQuery({
  name: 'test.listProfiles',
  params: { workspace: 'int4' },
  row: { id: 'int8', root_id: 'int8', traits: 'jsonb' },
  text: `select id, root_id, traits from unify.profile where workspace_id = :workspace order by id`,
});
const listCounters = pgQuery({
  name: 'test.listCounters',
  params: { workspace: 'int4' },
  row: { name: 'text', reason: 'text', count: 'int8' },
  text: `select name, reason, sum(count)::int8 as count from collect.counter where workspace_id = :workspace group by 1, 2 order by 1, 2`,
});

const rootsOf = async (): Promise<Set<number>> =>
  new Set((await stores.pg.rows(listProfiles, { workspace: shop.id })).map((row) => row.root_id));

describe('from the inbox to both stores', () => {
  it('joins the anonymous history of a visitor who signs in', async () => {
    shop = await openShop(stores);
    await shop.send({ type: 'page', anonymousId: 'a1', name: 'Home' });
    await shop.send({ type: 'identify', anonymousId: 'a1', userId: 'u1', traits: { email: 'Zoe@Example.FR' } });
    await shop.send({ type: 'track', userId: 'u1', event: 'Product Viewed', properties: { product_id: 'p1' } });
    expect(await rootsOf()).toHaveLength(1);
    const events = await shop.events();
    expect(new Set(events.map((event) => event.profile_id)).size).toBe(1);
    expect(events).toHaveLength(3);
  });

  it('keeps a repeated message once, within a batch and across batches', async () => {
    shop = await openShop(stores);
    const call = { type: 'track', event: 'Clicked', userId: 'u1', messageId: 'same' };
    await shop.send(call, call);
    await shop.send(call);
    expect(await shop.events()).toHaveLength(1);
    expect(await stores.pg.rows(listCounters, { workspace: shop.id })).toEqual([
      { name: 'accepted', reason: '', count: 1 },
      { name: 'dropped', reason: 'duplicate', count: 2 },
    ]);
  });

  it('gives the second person on a shared device a profile of their own', async () => {
    shop = await openShop(stores);
    await shop.send({ type: 'identify', anonymousId: 'tablet', userId: 'anna' });
    await shop.send({ type: 'identify', anonymousId: 'tablet', userId: 'bruno' });
    await shop.send({ type: 'page', anonymousId: 'tablet', userId: 'bruno' });
    expect(await rootsOf()).toHaveLength(2);
  });

  it('merges two profiles that one record names, in both stores', async () => {
    shop = await openShop(stores);
    await shop.send({ type: 'identify', anonymousId: 'a1', traits: { email: 'zoe@example.fr' } });
    await shop.send({ type: 'identify', userId: 'u1', traits: { phone: '06 12 34 56 78' } });
    expect(await rootsOf()).toHaveLength(2);
    await shop.send({ type: 'identify', userId: 'u1', traits: { email: 'ZOE@example.fr ' } });
    expect(await rootsOf()).toHaveLength(1);
  });

  it('survives texts that neither store can hold', async () => {
    shop = await openShop(stores);
    await shop.send({
      type: 'identify',
      userId: 'u\u0000-\ud800-1',
      traits: { 'k\u0000': 'v\ud83d', firstName: 'Z\u0000oé', deep: { a: ['\udc00'] } },
      context: { page: { url: 'https://x/\ud800' } },
    });
    await shop.send({
      type: 'track',
      event: 'E\ud800\u0000',
      userId: 'u2',
      properties: { revenue: 1e308, '\u0000': 1, 'a.b': 1, a: { b: 2 } },
    });
    expect(await shop.events()).toHaveLength(2);
  });

  it('dates events by the corrected client clock and falls back to the time of receipt', async () => {
    shop = await openShop(stores);
    stores.clock.set('2026-05-04T10:00:00.000Z');
    const call = { type: 'track', event: 'A', userId: 'u1' };
    await shop.send(
      { ...call, messageId: '1', timestamp: '2026-05-04T11:59:50.000Z', sentAt: '2026-05-04T12:00:00.000Z' },
      { ...call, messageId: '2', timestamp: '1900-01-01T00:00:00.000Z' },
      { ...call, messageId: '3', timestamp: '9999-12-31T23:59:59.000Z' },
      { ...call, messageId: '4', timestamp: 'yesterday' },
    );
    expect((await shop.events()).map((event) => event.timestamp)).toEqual([
      '2026-05-04T09:59:50.000Z',
      '2026-05-04T10:00:00.000Z',
      '2026-05-04T10:00:00.000Z',
      '2026-05-04T10:00:00.000Z',
    ]);
  });
});
