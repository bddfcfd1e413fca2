import { afterEach, describe, expect, it } from 'vitest';
import { openShop, type Shop } from '../../../test/shop.ts';
import { useStores } from '../../../test/stores.ts';
import { readOverview } from './readOverview.ts';
import { readStats } from './readStats.ts';

const stores = useStores();
let shop: Shop;
afterEach(async () => {
  await shop.pipeline.stop();
});

const order = (userId: string, id: string, total: number, timestamp: string) => ({
  type: 'track',
  event: 'Order Completed',
  userId,
  timestamp,
  properties: { order_id: id, total, currency: 'EUR' },
});

describe('the figures of a workspace', () => {
  it('count joined people once, by local day, and set refunds against revenue', async () => {
    shop = await openShop(stores);
    stores.clock.set('2026-05-04T10:00:00Z');
    await shop.send(
      // 23:30 in London is already the next day in Paris.
      { type: 'page', anonymousId: 'a1', timestamp: '2026-05-01T22:30:00Z' },
      { type: 'page', anonymousId: 'a2', timestamp: '2026-05-02T12:00:00Z' },
      {
        type: 'page',
        anonymousId: 'robot',
        timestamp: '2026-05-02T12:00:00Z',
        context: { userAgent: 'Googlebot/2.1' },
      },
      order('u1', 'o1', 40, '2026-05-02T13:00:00Z'),
      order('u1', 'o2', 60, '2026-05-03T13:00:00Z'),
      order('u2', 'o3', 10, '2026-04-20T13:00:00Z'),
      {
        type: 'track',
        event: 'Order Refunded',
        userId: 'u1',
        timestamp: '2026-05-03T14:00:00Z',
        properties: { order_id: 'o2', total: 25 },
      },
    );
    await shop.send(
      { type: 'identify', anonymousId: 'a1', userId: 'u1' },
      { type: 'identify', anonymousId: 'a2', userId: 'u1' },
    );
    const stats = await readStats(stores, shop.id);
    expect(stats).toMatchObject({ orders: 3, revenue: 85, refunded: 25, identified: 2, merges: 2, currency: 'EUR' });

    const overview = await readOverview(stores, shop.id, { from: '2026-05-01', to: '2026-05-03' });
    expect(
      overview.days.map(({ day, visitors, orders, revenue, newCustomers }) => [
        day,
        visitors,
        orders,
        revenue,
        newCustomers,
      ]),
    ).toEqual([
      ['2026-05-01', 0, 0, 0, 0],
      ['2026-05-02', 1, 1, 40, 1],
      ['2026-05-03', 0, 1, 35, 0],
    ]);
    expect(overview.totals).toMatchObject({ visitors: 1, orders: 2, revenue: 75 });
  });

  it('refuse a period that is backwards or endless', async () => {
    shop = await openShop(stores);
    await expect(readOverview(stores, shop.id, { from: '2026-05-03', to: '2026-05-01' })).rejects.toMatchObject({
      code: 'decide.bad_period',
    });
    await expect(readOverview(stores, shop.id, { from: '1990-01-01', to: '2026-05-01' })).rejects.toMatchObject({
      code: 'decide.bad_period',
    });
  });

  it('are zero in an empty workspace', async () => {
    shop = await openShop(stores);
    expect(await readStats(stores, shop.id)).toMatchObject({ profiles: 0, events: 0, orders: 0, revenue: 0 });
  });
});
