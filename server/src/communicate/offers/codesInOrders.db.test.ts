import { afterEach, describe, expect, it } from 'vitest';
import { type OfferShop, openOfferShop, offerWish as wish } from '../../../test/offers.ts';
import { useStores } from '../../../test/stores.ts';
import { createOffer, getOffer } from './changeOffers.ts';
import { takeAllOrders } from './takeOrders.ts';

const stores = useStores();
let shop: OfferShop;
afterEach(async () => {
  await shop.pipeline.stop();
});
const open = async (): Promise<void> => {
  shop = await openOfferShop(stores);
};

describe('codes in orders', () => {
  it('are noted as used, once, with what is odd about them', async () => {
    await open();
    const [zoe] = [await shop.person('zoe'), await shop.person('leo')];
    const id = await shop.pool(3);
    const offer = await createOffer(
      stores,
      shop.by(),
      wish({ code: { kind: 'unique', pool: id }, limits: { perPerson: null, codeDays: 7 } }),
    );
    const [a, b] = [
      (await shop.claim(offer.id, zoe, '1')).code ?? '',
      (await shop.claim(offer.id, zoe, '2')).code ?? '',
    ];
    await shop.order('zoe', 'o1', { coupon: ` ${a.toLowerCase()} ` });
    await shop.order('zoe', 'o2', { coupon: a });
    await shop.order('leo', 'o3', { coupon: b });
    await shop.order('zoe', 'o4', { coupon: 'UNKNOWN' });
    const after = await getOffer(stores.pg, shop.id, offer.id);
    expect(after).toMatchObject({ claimed: 2, redeemed: 3, revenue: 120, problems: 2 });
    expect(await shop.remaining(id)).toEqual({ codes: 3, remaining: 1, redeemed: 2 });
    const problems = await stores.pg.pool.query(
      'select order_id, problem from communicate.redemption where workspace_id = $1 order by 1',
      [shop.id],
    );
    expect(problems.rows).toEqual([
      { order_id: 'o1', problem: null },
      { order_id: 'o2', problem: 'used_before' },
      { order_id: 'o3', problem: 'not_theirs' },
    ]);
  });

  it('are free again when the order is cancelled, and follow its refunds', async () => {
    await open();
    const zoe = await shop.person('zoe');
    const id = await shop.pool(1);
    const offer = await createOffer(stores, shop.by(), wish({ code: { kind: 'unique', pool: id } }));
    const { code } = await shop.claim(offer.id, zoe, '1');
    await shop.order('zoe', 'o1', { coupon: code });
    stores.clock.advance(60_000);
    await shop.order('zoe', 'o1', { total: 15 }, 'Order Refunded');
    expect(await getOffer(stores.pg, shop.id, offer.id)).toMatchObject({ redeemed: 1, revenue: 25 });
    stores.clock.advance(60_000);
    await shop.order('zoe', 'o1', {}, 'Order Cancelled');
    expect(await getOffer(stores.pg, shop.id, offer.id)).toMatchObject({ redeemed: 0 });
    expect((await shop.remaining(id)).redeemed).toBe(0);
    stores.clock.advance(60_000);
    await shop.order('zoe', 'o2', { coupon: code });
    expect(await getOffer(stores.pg, shop.id, offer.id)).toMatchObject({ redeemed: 1, revenue: 40, problems: 0 });
  });

  it('count for a code for all, within its time', async () => {
    await open();
    await shop.order('zoe', 'before', { coupon: 'noel10' });
    const offer = await createOffer(
      stores,
      shop.by(),
      wish({ startsAt: '2026-05-05T00:00:00.000Z', code: { kind: 'shared', code: 'NOEL10' } }),
    );
    await takeAllOrders(stores, shop.id, new AbortController().signal);
    expect(await getOffer(stores.pg, shop.id, offer.id)).toMatchObject({ redeemed: 1, problems: 1 });
    stores.clock.set('2026-05-06T10:00:00.000Z');
    await shop.order('leo', 'later', { coupon: 'NOEL10;other' });
    expect(await getOffer(stores.pg, shop.id, offer.id)).toMatchObject({ redeemed: 2, problems: 1 });
  });
});
