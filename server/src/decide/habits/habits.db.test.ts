import { afterEach, describe, expect, it } from 'vitest';
import { openShop, type Shop } from '../../../test/shop.ts';
import { useStores } from '../../../test/stores.ts';
import { chQuery, pgQuery } from '../../platform/index.ts';
import { refreshHabits } from './refreshHabits.ts';

const stores = useStores();
/** Jobs are carried out by the tests themselves. */
const deps = () => ({
  ...stores,
  pg: stores.pg,
  ch: stores.ch,
  clock: stores.clock,
  jobs: { ...stores.jobs, send: async () => undefined },
});
let shop: Shop;
afterEach(async () => {
  await shop.pipeline.stop();
});

const findProfile = pgQuery({
  name: 'test.habits.findProfile',
  params: { workspace: 'int4', user: 'text' },
  row: { profile_id: 'int8' },
  text: `select profile_id from unify.identifier
    where workspace_id = :workspace and namespace = 'user_id' and value = :user`,
});

const readHabits = chQuery({
  name: 'test.readHabits',
  params: { workspace: 'UInt32' },
  row: {
    email: 'String',
    best_hour: 'UInt8',
    channel: 'LowCardinality(String)',
    discount_affinity: 'Float64',
    discount_orders: 'UInt32',
  },
  text: `
    select traits['email'] as email, best_hour, toString(channel) as channel,
      toFloat64(habits.discount_affinity) as discount_affinity, discount_orders
    from habits final inner join (select * from customers final) as customers using (workspace_id, profile_id)
    where workspace_id = {workspace:UInt32} order by email`,
});

const readTastes = chQuery({
  name: 'test.readTastes',
  params: { workspace: 'UInt32' },
  row: { email: 'String', value: 'LowCardinality(String)', place: 'UInt8', share: 'Float64' },
  text: `
    select traits['email'] as email, toString(value) as value, place, toFloat64(share) as share
    from appetences final inner join (select * from customers final) as customers using (workspace_id, profile_id)
    where workspace_id = {workspace:UInt32} and dimension = 'category' order by email, place`,
});

const identify = (userId: string, traits: object = {}) => ({
  type: 'identify',
  userId,
  timestamp: '2026-05-01T08:00:00Z',
  traits: { email: `${userId}@example.org`, ...traits },
});
const track = (userId: string, event: string, timestamp: string, properties: object = {}) => ({
  type: 'track',
  event,
  userId,
  timestamp,
  properties: { ...properties },
});
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe('habits', () => {
  it('find the local hour of answers, leave out what mail programs opened, and know a zone of one’s own', async () => {
    shop = await openShop(stores, { timeZone: 'Europe/Paris' });
    stores.clock.set('2026-05-20T12:00:00Z');
    const clicks = (user: string, hour: string) =>
      many(30, (day) =>
        track(user, 'Email Link Clicked', `2026-05-${String(1 + (day % 19)).padStart(2, '0')}T${hour}:${10 + day}:00Z`),
      );
    await shop.send(
      identify('eve'),
      identify('tokyo', { timezone: 'Asia/Tokyo' }),
      identify('robot'),
      // 19:00 in Paris in summer.
      ...clicks('eve', '17'),
      // 7:00 in Tokyo.
      ...clicks('tokyo', '22'),
      ...clicks('robot', '17').slice(0, 25),
      ...many(200, (index) =>
        track('robot', 'Email Opened', `2026-05-10T03:${String(index % 60).padStart(2, '0')}:00Z`, {
          machine_open: true,
        }),
      ),
    );
    expect(await refreshHabits(deps(), shop.id)).toBe(3);
    const rows = await stores.ch.rows(readHabits, { workspace: shop.id });
    expect(rows.map(({ email, best_hour, channel }) => [email, best_hour, channel])).toEqual([
      ['eve@example.org', 19, 'email'],
      ['robot@example.org', 19, 'email'],
      ['tokyo@example.org', 7, 'email'],
    ]);
  });

  it('know answers to messages of ours, and where they went; what a machine clicked says nothing', async () => {
    shop = await openShop(stores, { timeZone: 'UTC' });
    stores.clock.set('2026-05-20T12:00:00Z');
    await shop.send(identify('reader'), identify('texter'));
    const profileOf = async (user: string): Promise<number> =>
      (await stores.pg.row(findProfile, { workspace: shop.id, user }))?.profile_id ?? 0;
    const answered = (profile_id: number, event: string, hour: number, properties: object) =>
      many(30, (index) => {
        const timestamp = Date.UTC(2026, 4, 10, hour, index);
        const message_id = `answer-${profile_id}-${event}-${hour}-${index}`;
        return JSON.stringify({
          workspace_id: shop.id,
          profile_id,
          timestamp,
          message_id,
          type: 'message',
          event,
          source_id: 0,
          received_at: timestamp,
          properties,
          batch_id: 0,
        });
      });
    const [reader, texter] = [await profileOf('reader'), await profileOf('texter')];
    const rows = [
      ...answered(reader, 'Email Link Clicked', 8, { channel: 'email', machine: false }),
      ...answered(reader, 'Email Link Clicked', 3, { channel: 'email', machine: true }),
      ...answered(reader, 'Email Opened', 3, { channel: 'email', machine: true }),
      ...answered(reader, 'Email Sent', 5, { channel: 'email' }),
      ...answered(texter, 'Message Link Clicked', 20, { channel: 'sms', machine: false }),
    ];
    await stores.ch.insert('events', Buffer.from(rows.join('\n')), { token: `answers-${shop.id}` });
    await refreshHabits(deps(), shop.id);
    const found = await stores.ch.rows(readHabits, { workspace: shop.id });
    expect(found.map(({ email, best_hour, channel }) => [email, best_hour, channel])).toEqual([
      ['reader@example.org', 8, 'email'],
      ['texter@example.org', 20, 'sms'],
    ]);
  });

  it('draw the discounts of few orders to everyone’s, and say where people buy', async () => {
    shop = await openShop(stores);
    stores.clock.set('2026-05-20T12:00:00Z');
    const order = (user: string, id: number, more: object) =>
      track(user, 'Order Completed', `2026-05-${String(1 + (id % 18)).padStart(2, '0')}T10:00:00Z`, {
        order_id: `${user}-${id}`,
        total: 50,
        currency: 'EUR',
        ...more,
      });
    await shop.send(
      identify('bargain'),
      identify('full'),
      identify('once'),
      ...many(12, (id) => order('bargain', id, { coupon: 'SALE' })),
      ...many(11, (id) => order('full', id, {})),
      order('once', 1, { coupon: 'SALE' }),
    );
    await refreshHabits(deps(), shop.id);
    const [bargain, full, once] = await stores.ch.rows(readHabits, { workspace: shop.id });
    // 13 of 24 orders are reduced.
    expect(bargain?.discount_affinity).toBeCloseTo((12 + 3 * (13 / 24)) / 15, 5);
    expect(full?.discount_affinity).toBeCloseTo((3 * (13 / 24)) / 14, 5);
    expect(once?.discount_affinity).toBeCloseTo((1 + 3 * (13 / 24)) / 4, 5);
    expect([bargain, full, once].map((row) => row?.channel)).toEqual(['web', 'web', 'web']);
  });
});

describe('appetence', () => {
  it('puts what was bought before what was looked at, shares drawn to everyone’s', async () => {
    shop = await openShop(stores);
    stores.clock.set('2026-05-20T12:00:00Z');
    const now = '2026-05-20T12:00:00Z';
    const seen = (user: string, category: string) =>
      track(user, 'Product Viewed', now, { product_id: category, category });
    await shop.send(
      identify('ana'),
      identify('ben'),
      ...many(3, () => seen('ana', 'Boots')),
      track('ana', 'Order Completed', now, {
        order_id: 'o1',
        total: 90,
        currency: 'EUR',
        products: [{ product_id: 'h1', category: 'Hats', price: 90, quantity: 1 }],
      }),
      ...many(8, () => seen('ben', 'Hats')),
    );
    await refreshHabits(deps(), shop.id);
    const rows = await stores.ch.rows(readTastes, { workspace: shop.id });
    expect(rows.map(({ email, value, place }) => [email, value, place])).toEqual([
      ['ana@example.org', 'Hats', 1],
      ['ana@example.org', 'Boots', 2],
      ['ben@example.org', 'Hats', 1],
    ]);
    // Of 16 signals 13 are hats.
    expect(rows[0]?.share).toBeCloseTo((5 + 5 * (13 / 16)) / 13, 4);
    expect(rows[1]?.share).toBeCloseTo((3 + 5 * (3 / 16)) / 13, 4);
  });

  it('is nothing where products have neither brand nor category, and keeps nobody else from theirs', async () => {
    shop = await openShop(stores);
    stores.clock.set('2026-05-20T12:00:00Z');
    await shop.send(
      identify('vague'),
      identify('clear'),
      track('vague', 'Product Viewed', '2026-05-19T10:00:00Z', { product_id: 'p1' }),
      track('clear', 'Product Viewed', '2026-05-19T10:00:00Z', { product_id: 'p2', category: 'Hats' }),
    );
    expect(await refreshHabits(deps(), shop.id)).toBe(2);
    const rows = await stores.ch.rows(readTastes, { workspace: shop.id });
    expect(rows.map(({ email, value }) => [email, value])).toEqual([['clear@example.org', 'Hats']]);
  });

  it('is of a joined person as of one', async () => {
    shop = await openShop(stores);
    stores.clock.set('2026-05-20T12:00:00Z');
    await shop.send(track('cleo', 'Product Viewed', '2026-05-20T10:00:00Z', { product_id: 'b', category: 'Boots' }), {
      type: 'track',
      event: 'Product Viewed',
      anonymousId: 'device',
      timestamp: '2026-05-20T10:00:00Z',
      properties: { product_id: 'h', category: 'Hats' },
    });
    await shop.send({ ...identify('cleo'), anonymousId: 'device' });
    await refreshHabits(deps(), shop.id);
    const rows = await stores.ch.rows(readTastes, { workspace: shop.id });
    expect(rows.map(({ email, value }) => [email, value])).toEqual([
      ['cleo@example.org', 'Boots'],
      ['cleo@example.org', 'Hats'],
    ]);
  });
});
