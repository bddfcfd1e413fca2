import { companyListSchema } from '@vitrail/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { useApp } from '../../../test/httpApp.ts';
import { createKeyHeaders } from '../../../test/people.ts';
import { openShop, type Shop, testSecrets } from '../../../test/shop.ts';
import { useStores } from '../../../test/stores.ts';
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

it('finds companies by words of their name or id, whatever the accents, page by page', async () => {
  const group = (groupId: string, name: string, userId: string) => ({
    type: 'group',
    userId,
    groupId,
    traits: { name },
  });
  await shop.send(
    group('c-1', 'Crémerie Élan', 'u1'),
    group('c-2', 'Cremerie du Port', 'u2'),
    group('c-3', 'Garage 100%', 'u3'),
    group('z-9', 'Élan Sports', 'u1'),
  );
  const headers = await createKeyHeaders(stores, shop.id, ['profiles.read', 'personal.read']);
  const ask = async (query: Record<string, string>) => {
    const answer = await served.app.inject({ url: `/api/v1/companies?${new URLSearchParams(query)}`, headers });
    return companyListSchema.parse(answer.json());
  };
  const find = async (q: string) => (await ask({ q })).items.map(({ groupId }) => groupId);

  expect(await find('')).toEqual(['c-1', 'c-2', 'c-3', 'z-9']);
  expect(await find('CREMERIE')).toEqual(['c-1', 'c-2']);
  expect(await find('élan')).toEqual(['c-1', 'z-9']);
  expect(await find('elan crem')).toEqual(['c-1']);
  expect(await find('z-9')).toEqual(['z-9']);
  expect(await find('100%')).toEqual(['c-3']);
  expect(await find('100_')).toEqual([]);
  const first = await ask({ q: 'cremerie', limit: '1' });
  expect(first.items.map(({ groupId, members }) => [groupId, members])).toEqual([['c-1', 1]]);
  const second = await ask({ q: 'cremerie', limit: '1', after: first.next ?? '' });
  expect(second.items.map(({ groupId }) => groupId)).toEqual(['c-2']);
  expect(second.next).toBeNull();

  const walk = async (query: Record<string, string>) => {
    const seen: string[] = [];
    for (let after: string | null = ''; after !== null; ) {
      const page: Awaited<ReturnType<typeof ask>> = await ask({ ...query, limit: '1', ...(after !== '' && { after }) });
      seen.push(...page.items.map(({ groupId }) => groupId));
      after = page.next;
    }
    return seen;
  };
  expect(await walk({ sort: 'name', q: 'e' })).toEqual(['c-2', 'c-1', 'z-9', 'c-3']);
  expect(await walk({ sort: 'name', order: 'desc', q: 'cremerie' })).toEqual(['c-1', 'c-2']);
  expect(new Set(await walk({ sort: 'members', order: 'desc' })).size).toBe(4);
  expect(await walk({ sort: 'lastSeen' })).toHaveLength(4);
  const { next } = await ask({ sort: 'name', limit: '1' });
  const refused = await served.app.inject({ url: `/api/v1/companies?sort=members&after=${next}`, headers });
  expect(refused.statusCode).toBe(400);
});
