import { pointsTraits, type SegmentNode } from '@vitrail/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { type OfferShop, openOfferShop, offerWish as wish } from '../../../test/offers.ts';
import { useStores } from '../../../test/stores.ts';
import { createSegments } from '../../decide/index.ts';
import { previewSegment } from '../../decide/segments/askSegment.ts';
import { createOffer } from './changeOffers.ts';
import { eraseOffers, exportOffers } from './personalData.ts';
import { endPoints } from './points.ts';
import { takeAllOrders } from './takeOrders.ts';
import { tellAllPoints, tellFallenTiers } from './tellPoints.ts';

const stores = useStores();
let shop: OfferShop;
afterEach(async () => {
  await shop.pipeline.stop();
});
const open = async (): Promise<void> => {
  shop = await openOfferShop(stores);
};

describe('points', () => {
  it('are earned by orders, corrected with them and never counted twice', async () => {
    await open();
    await shop.programme();
    const zoe = await shop.person('zoe');
    await shop.order('zoe', 'o1', { total: 40.9 });
    await shop.order('zoe', 'o1', { total: 40.9 });
    expect(await shop.pointsOf(zoe)).toMatchObject({
      balance: 40,
      tier: 'Silver',
      nextTier: { name: 'Gold', missing: 60 },
    });
    stores.clock.advance(60_000);
    await shop.order('zoe', 'o1', { total: 15 }, 'Order Refunded');
    expect((await shop.pointsOf(zoe)).balance).toBe(25);
    stores.clock.advance(60_000);
    await shop.order('zoe', 'o1', {}, 'Order Cancelled');
    const { balance, entries } = await shop.pointsOf(zoe);
    expect(balance).toBe(0);
    expect(entries.items.map(({ kind, points }) => `${kind} ${points}`)).toEqual([
      'correct -25',
      'correct -15',
      'earn 40',
    ]);
    expect(await takeAllOrders(stores, shop.id, new AbortController().signal)).toBe(0);
  });

  it('come for earlier orders when the programme begins, and change with its rules', async () => {
    await open();
    const zoe = await shop.person('zoe');
    await shop.order('zoe', 'o1');
    await shop.programme();
    const { signal } = new AbortController();
    await takeAllOrders(stores, shop.id, signal);
    expect((await shop.pointsOf(zoe)).balance).toBe(40);
    await shop.programme({ pointsPerUnit: 2 });
    await takeAllOrders(stores, shop.id, signal);
    expect((await shop.pointsOf(zoe)).balance).toBe(80);
  });

  it('are spent once by key and never below nothing', async () => {
    await open();
    await shop.programme();
    const zoe = await shop.person('zoe');
    await shop.order('zoe', 'o1');
    const spend = (points: number, key: string) => shop.change(zoe, points, key);
    await spend(-30, 'a');
    await spend(-30, 'a');
    expect((await shop.pointsOf(zoe)).balance).toBe(10);
    await expect(spend(-11, 'b')).rejects.toMatchObject({ code: 'communicate.not_enough_points' });
    const both = await Promise.allSettled([spend(-10, 'c'), spend(-10, 'd')]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await shop.pointsOf(zoe)).balance).toBe(0);
  });

  it('end after their months, the oldest spent first', async () => {
    await open();
    await shop.programme();
    const zoe = await shop.person('zoe');
    await shop.order('zoe', 'o1', { total: 100 });
    stores.clock.set('2026-08-04T10:00:00.000Z');
    await shop.order('zoe', 'o2', { total: 50 });
    await shop.change(zoe, -30, 'a');
    expect(await shop.pointsOf(zoe)).toMatchObject({
      balance: 120,
      expiring: { points: 70, at: '2027-05-04T10:00:00.000Z' },
    });
    stores.clock.set('2027-05-05T00:40:00.000Z');
    await endPoints(shop.deps);
    await endPoints(shop.deps);
    expect(await shop.pointsOf(zoe)).toMatchObject({
      balance: 50,
      expiring: { points: 50, at: '2027-08-04T10:00:00.000Z' },
    });
    stores.clock.set('2027-05-06T00:40:00.000Z');
    await endPoints(shop.deps);
    expect((await shop.pointsOf(zoe)).balance).toBe(50);
    stores.clock.set('2027-08-05T00:40:00.000Z');
    await endPoints(shop.deps);
    expect((await shop.pointsOf(zoe)).balance).toBe(0);
  });

  it('join when two profiles become one customer, and are one balance', async () => {
    await open();
    await shop.programme();
    const zoe = await shop.person('zoe');
    await shop.send({ type: 'identify', anonymousId: 'till', traits: { phone: '+33612345678' } });
    await shop.send({
      type: 'track',
      event: 'Order Completed',
      anonymousId: 'till',
      timestamp: stores.clock.now().toISOString(),
      properties: { order_id: 'till-1', total: 60, currency: 'EUR' },
    });
    await shop.order('zoe', 'o1');
    await shop.send({ type: 'identify', userId: 'zoe', anonymousId: 'till', traits: { phone: '+33612345678' } });
    expect(await shop.pointsOf(zoe)).toMatchObject({ balance: 100, tier: 'Gold' });
  });

  it('and codes go with the person who is erased', async () => {
    await open();
    await shop.programme();
    const zoe = await shop.person('zoe');
    await shop.order('zoe', 'o1');
    const id = await shop.pool(1);
    const offer = await createOffer(stores, shop.by(), wish({ code: { kind: 'unique', pool: id } }));
    await shop.claim(offer.id, zoe, '1');
    const subject = { workspaceId: shop.id, profileIds: [zoe], identifiers: [], orderIds: ['o1'] };
    expect(await exportOffers(stores, subject)).toMatchObject({
      coupons: [{ code: expect.any(String) }],
      points: [{ points: 40 }],
    });
    expect(await eraseOffers(stores, subject)).toEqual({ coupons: 1, redemptions: 0, points: 1 });
    expect(await exportOffers(stores, subject)).toEqual({ coupons: [], points: [] });
    expect((await shop.remaining(id)).remaining).toBe(0);
  });
});

describe('points in segments', () => {
  const traits = pointsTraits;
  const enough = (value: number): SegmentNode => ({
    kind: 'trait',
    trait: traits.balance,
    test: { type: 'number', op: 'gte', value },
  });
  const ofTier = (value: string): SegmentNode => ({
    kind: 'trait',
    trait: traits.tier,
    test: { type: 'text', op: 'is', value },
  });
  const count = async (definition: SegmentNode): Promise<number> => {
    const segments = createSegments(stores, async () => ({}));
    const answer = await previewSegment(segments.deps, { workspace: shop.id, definition, sql: false });
    await segments.stop();
    return answer.count;
  };
  /** Changes reach ClickHouse a little after they were made. */
  const expectCounts = async (expected: readonly (readonly [SegmentNode, number])[]): Promise<void> => {
    await expect
      .poll(
        async () => {
          const counts: number[] = [];
          for (const [definition] of expected) counts.push(await count(definition));
          return counts;
        },
        { timeout: 20_000 },
      )
      .toEqual(expected.map(([, people]) => people));
  };

  it('are asked for as two traits, which follow orders, tills and the end of points', async () => {
    await open();
    await shop.programme();
    const zoe = await shop.person('zoe');
    await shop.person('leo');
    await expectCounts([[enough(0), 0]]);
    await shop.order('zoe', 'o1', { total: 120 });
    await expectCounts([
      [enough(120), 1],
      [enough(121), 0],
      [ofTier('gold'), 1],
      [ofTier('silver'), 0],
    ]);
    await shop.change(zoe, -100, 'a');
    // Tiers count what was earned, not what is left.
    await expectCounts([
      [enough(21), 0],
      [enough(20), 1],
      [ofTier('gold'), 1],
    ]);
    stores.clock.set('2027-05-05T00:40:00.000Z');
    await endPoints(shop.deps);
    await tellFallenTiers(shop.deps);
    await expectCounts([
      [enough(1), 0],
      [enough(0), 1],
      [ofTier('gold'), 0],
    ]);
  });

  it('are one balance when two profiles become one customer', async () => {
    await open();
    await shop.programme();
    await shop.person('zoe');
    await shop.send({ type: 'identify', anonymousId: 'till', traits: { phone: '+33612345678' } });
    await shop.send({
      type: 'track',
      event: 'Order Completed',
      anonymousId: 'till',
      timestamp: stores.clock.now().toISOString(),
      properties: { order_id: 'till-1', total: 60, currency: 'EUR' },
    });
    await shop.order('zoe', 'o1');
    await expectCounts([
      [enough(100), 0],
      [enough(40), 2],
    ]);
    await shop.send({ type: 'identify', userId: 'zoe', anonymousId: 'till', traits: { phone: '+33612345678' } });
    await expectCounts([
      [enough(100), 1],
      [ofTier('gold'), 1],
      [enough(40), 1],
    ]);
  });

  it('change for everybody with the rules of the programme', async () => {
    await open();
    await shop.programme();
    await shop.person('zoe');
    await shop.order('zoe', 'o1');
    await expectCounts([[ofTier('silver'), 1]]);
    await shop.programme({ tiers: [{ name: 'Amber', from: 10 }] });
    const { signal } = new AbortController();
    await takeAllOrders(stores, shop.id, signal);
    await tellAllPoints(shop.deps, shop.id, signal);
    await expectCounts([
      [ofTier('silver'), 0],
      [ofTier('amber'), 1],
    ]);
  });
});
