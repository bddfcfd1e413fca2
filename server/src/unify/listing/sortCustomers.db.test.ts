import { type ProfileListItem, type ProfileOrder, type ProfileSort, profileSorts } from '@vitrail/contracts';
import { afterEach, expect, it } from 'vitest';
import { poll } from '../../../test/poll.ts';
import { openShop, type Shop } from '../../../test/shop.ts';
import { useStores } from '../../../test/stores.ts';
import { decodeProfileId } from '../../collect/index.ts';
import type { JsonObject } from '../../platform/index.ts';
import { listMerges } from '../merges/listMerges.ts';
import { undoMerge } from '../merges/undoMerge.ts';
import { listProfiles, type ProfileQuery, whoIsWanted } from '../profiles/listProfiles.ts';
import { createCustomerKeeper, writeNews } from './keepCustomers.ts';
import { listSorted } from './sortCustomers.ts';

const stores = useStores();
let shop: Shop;
afterEach(async () => {
  await shop.pipeline.stop();
});

const open = async (): Promise<void> => {
  shop = await openShop(stores, { reactors: [createCustomerKeeper(stores).react] });
};
const keepUp = async (): Promise<void> => {
  while (await writeNews(stores));
};
const day = (number: number): string => new Date(Date.UTC(2026, 0, number)).toISOString();
const person = (userId: string, name: string | null, at: string): JsonObject => ({
  type: 'identify',
  userId,
  timestamp: at,
  traits: name === null ? { plan: 'none' } : { firstName: name, lastName: 'Rivière' },
});
const order = (userId: string, id: string, total: number, at: string): JsonObject => ({
  type: 'track',
  event: 'Order Completed',
  userId,
  timestamp: at,
  properties: { order_id: id, total, currency: 'EUR', products: [{ product_id: 'p', price: total, quantity: 1 }] },
});

/** Every page of a list, two by two. */
async function walk(query: Omit<ProfileQuery, 'limit' | 'after'>, between?: () => Promise<void>) {
  const items: ProfileListItem[] = [];
  for (let after: string | undefined; ; ) {
    const page = await listProfiles(stores.pg, shop.id, { ...query, limit: 2, after });
    items.push(...page.items);
    if (page.next === null) return items;
    after = page.next;
    await between?.();
  }
}
const names = (items: readonly ProfileListItem[]): string[] => items.map(({ name }) => name?.split(' ')[0] ?? '–');

/** Seven people: equal names and figures, nobody’s name, no orders, a visitor. */
async function fill(): Promise<void> {
  await open();
  await shop.send(
    person('1', 'Zoé', day(1)),
    person('2', 'Élodie', day(2)),
    person('3', 'Anna', day(3)),
    person('4', 'Anna', day(3)),
    person('5', null, day(5)),
    person('6', 'Bruno', day(6)),
    { type: 'page', anonymousId: 'visitor', timestamp: day(7), name: 'Home' },
  );
  await shop.send(
    order('1', 'a', 30, day(10)),
    order('1', 'b', 30, day(11)),
    order('2', 'c', 60, day(12)),
    order('5', 'd', 10, day(12)),
    order('6', 'e', 5, day(13)),
    { type: 'track', event: 'Order Cancelled', userId: '6', timestamp: day(14), properties: { order_id: 'e' } },
  );
  await keepUp();
}

const keyOf: Readonly<Record<ProfileSort, (item: ProfileListItem) => string | number | null>> = {
  created: ({ id }) => decodeProfileId(id),
  name: ({ name }) => name?.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase() ?? null,
  firstSeen: ({ firstSeenAt }) => firstSeenAt,
  lastSeen: ({ lastSeenAt }) => lastSeenAt,
  orders: ({ orders }) => orders,
  revenue: ({ revenue }) => revenue,
  lastOrder: ({ lastOrderAt }) => lastOrderAt,
};

/** The same list sorted here: ties by id, those without a value last. */
function sortedHere(items: readonly ProfileListItem[], sort: ProfileSort, order: ProfileOrder): string[] {
  const direction = order === 'asc' ? 1 : -1;
  const compare = (a: string | number | null, b: string | number | null): number =>
    a === b ? 0 : a === null ? 2 : b === null ? -2 : a < b ? -1 : 1;
  return items
    .toSorted((a, b) => {
      const byKey = compare(keyOf[sort](a), keyOf[sort](b));
      return Math.abs(byKey) === 2 ? byKey : (byKey || compare(keyOf.created(a), keyOf.created(b))) * direction;
    })
    .map(({ id }) => id);
}

it('sorts by every column in both directions over pages, equal values and none included', async () => {
  await fill();
  const everybody = await walk({});
  expect(everybody).toHaveLength(7);
  for (const sort of profileSorts) {
    for (const order of ['asc', 'desc'] as const) {
      const listed = await walk({ sort, order });
      expect([sort, order, ...listed.map(({ id }) => id)]).toEqual([
        sort,
        order,
        ...sortedHere(everybody, sort, order),
      ]);
      const known = await walk({ sort, order, known: true });
      expect(known.map(({ id }) => id)).toEqual(
        listed.map(({ id }) => id).filter((id) => known.some((k) => k.id === id)),
      );
      expect(known).toHaveLength(6);
    }
  }
  expect(names(await walk({ sort: 'name', known: true }))).toEqual(['Anna', 'Anna', 'Bruno', 'Élodie', 'Zoé', '–']);
  const byRevenue = await walk({ sort: 'revenue', known: true });
  expect(byRevenue.map(({ orders, revenue }) => [orders, revenue])).toEqual([
    [1, 60],
    [2, 60],
    [1, 10],
    // A cancelled order does not count: like nobody who never bought.
    [null, null],
    [null, null],
    [null, null],
  ]);
});

it('sorts what a search finds, whether it is gathered or met on the way', async () => {
  await fill();
  expect(names(await walk({ q: 'riviere', sort: 'name' }))).toEqual(['Anna', 'Anna', 'Bruno', 'Élodie', 'Zoé']);
  expect(names(await walk({ q: 'riviere', sort: 'name', order: 'desc' }))).toEqual([
    'Zoé',
    'Élodie',
    'Bruno',
    'Anna',
    'Anna',
  ]);
  expect(names(await walk({ q: 'anna riv', sort: 'lastSeen' }))).toEqual(['Anna', 'Anna']);
  expect(await walk({ q: 'nobody', sort: 'revenue' })).toEqual([]);
  expect(names(await walk({ identifier: 'user_id:2', sort: 'orders' }))).toEqual(['Élodie']);
  const wanted = await whoIsWanted(stores.pg, shop.id, { q: 'riviere' });
  for (const sort of profileSorts) {
    for (const order of ['asc', 'desc'] as const) {
      const query = { sort, order, known: false, limit: 50 };
      const onTheWay = await listSorted(stores.pg, shop.id, query, wanted, 1);
      expect(onTheWay.ids).toHaveLength(5);
      expect(onTheWay).toEqual(await listSorted(stores.pg, shop.id, query, wanted));
    }
  }
});

it('lists nobody twice and loses nobody when people come and change between pages', async () => {
  await fill();
  let turn = 0;
  const listed = await walk({ sort: 'revenue', known: true }, async () => {
    turn += 1;
    await shop.send(
      person(`new-${turn}`, 'Nouveau', day(20 + turn)),
      order(`new-${turn}`, `new-${turn}`, 1_000, day(20 + turn)),
    );
    await keepUp();
  });
  expect(turn).toBeGreaterThan(1);
  expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length);
  expect(names(listed)).toEqual(expect.arrayContaining(['Zoé', 'Élodie', 'Anna', 'Bruno', '–']));
});

it('refuses a cursor of another column, another direction or of the list without a sort', async () => {
  await fill();
  const { next } = await listProfiles(stores.pg, shop.id, { sort: 'name', limit: 2 });
  const plain = await listProfiles(stores.pg, shop.id, { limit: 2 });
  const after = next ?? '';
  const refused = { kind: 'invalid', code: 'http.bad_cursor' };
  await expect(listProfiles(stores.pg, shop.id, { sort: 'revenue', limit: 2, after })).rejects.toMatchObject(refused);
  await expect(
    listProfiles(stores.pg, shop.id, { sort: 'name', order: 'desc', limit: 2, after }),
  ).rejects.toMatchObject(refused);
  await expect(listProfiles(stores.pg, shop.id, { limit: 2, after })).rejects.toMatchObject(refused);
  await expect(
    listProfiles(stores.pg, shop.id, { sort: 'name', limit: 2, after: plain.next ?? '' }),
  ).rejects.toMatchObject(refused);
});

it('follows merges, their undoing and new orders', async () => {
  await fill();
  await shop.send(
    { type: 'identify', userId: '6', anonymousId: 'visitor', timestamp: day(31), traits: {} },
    order('3', 'f', 500, day(32)),
  );
  await keepUp();
  const merged = await walk({ sort: 'revenue' });
  expect(merged).toHaveLength(6);
  expect(merged[0]).toMatchObject({ name: 'Anna Rivière', revenue: 500 });
  const { items } = await listMerges(stores.pg, shop.id, { profiles: null, limit: 5 });
  const actor = { kind: 'user', id: 'test' } as const;
  await undoMerge({ ...stores, pipeline: shop.pipeline }, { workspace: shop.id, merge: items[0]?.id ?? 0, actor });
  await poll('both are listed again', async () => {
    await keepUp();
    return (await walk({ sort: 'revenue' })).length === 7;
  });
});
