import { householdTraits, segmentDefinitionSchema } from '@vitrail/contracts';
import { afterEach, describe, expect, test } from 'vitest';
import { type MatchShop, openMatchShop, personTraits, silos } from '../../../../test/matching.ts';
import { useStores } from '../../../../test/stores.ts';
import { createSegments } from '../../../decide/index.ts';
import { previewSegment } from '../../../decide/segments/askSegment.ts';
import { listProfiles } from '../../profiles/listProfiles.ts';
import { listHouseholds } from './listHouseholds.ts';
import { readHousehold } from './readHousehold.ts';

const stores = useStores();
let shop: MatchShop;
afterEach(async () => {
  await shop.pipeline.stop();
});

const idOf = async (identifier: string): Promise<string> =>
  (await listProfiles(stores.pg, shop.id, { identifier, limit: 1 })).items[0]?.id ?? '';

/** Couples: a second person at the same address, of the same surname and landline, born otherwise and called otherwise. */
const partner = (number: number) => {
  const traits = personTraits(number);
  const other = personTraits(number + 5_000);
  return {
    type: 'identify',
    userId: `partner-${number}`,
    traits: { ...other, lastName: traits.lastName ?? null, address: traits.address ?? null },
  };
};

async function openHomes(): Promise<void> {
  shop = await openMatchShop(stores);
  await shop.send(...silos(300, 90), ...Array.from({ length: 80 }, (_, number) => partner(number)), {
    type: 'track',
    event: 'Order Completed',
    userId: 'partner-3',
    properties: { order_id: 'o1', total: 90, currency: 'EUR', products: [] },
  });
  const run = await shop.match();
  expect(run.state).toBe('done');
}

describe('a household', () => {
  test('is who shares a home, seen from either of them, with what they share', async () => {
    await openHomes();
    const household = await readHousehold(stores.pg, shop.id, await idOf('user_id:web-3'));
    expect(household.size).toBe(2);
    expect(household.members.map(({ shared }) => shared)).toEqual([['address'], ['address']]);
    // Who has spent most stands for it.
    expect(household.members.map(({ first }) => first)).toEqual([false, true]);
    expect(household.address).toMatchObject({ country: 'FR' });
    const other = await readHousehold(stores.pg, shop.id, await idOf('user_id:partner-3'));
    expect(other.id).toBe(household.id);
    // Whoever lives alone is a household of one.
    expect(await readHousehold(stores.pg, shop.id, await idOf('user_id:web-250'))).toMatchObject({ id: null, size: 1 });
  });

  test('stands in the list with its people, home and worth, page by page in both orders', async () => {
    await openHomes();
    const page = async (query: { sort: 'value' | 'size'; size?: number; limit: number; after?: string }) =>
      listHouseholds(stores.pg, shop.id, { size: 2, ...query });
    const first = await page({ sort: 'value', limit: 3 });
    expect(first.households).toBeGreaterThanOrEqual(70);
    expect(first.items).toHaveLength(3);
    const [richest] = first.items;
    expect(richest).toMatchObject({ size: 2, value: 90, currency: 'EUR', address: { country: 'FR' } });
    // Who has spent most stands for it, and comes first.
    expect(richest?.members.map((member) => [member.first, member.profile.id])).toEqual([
      [true, await idOf('user_id:partner-3')],
      [false, await idOf('user_id:web-3')],
    ]);
    for (const sort of ['value', 'size'] as const) {
      const seen: string[] = [];
      for (let after: string | undefined, more = true; more; ) {
        const part = await page({ sort, limit: 20, ...(after !== undefined && { after }) });
        seen.push(...part.items.map(({ id }) => id));
        more = part.next !== null;
        after = part.next ?? undefined;
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toHaveLength(first.households);
    }
    expect(await page({ sort: 'size', size: 9, limit: 5 })).toMatchObject({ items: [], next: null, households: 0 });
  });

  test('is not one person: nobody of it is merged with another', async () => {
    await openHomes();
    for (const number of [0, 7, 33, 60])
      expect(await idOf(`user_id:web-${number}`)).not.toBe(await idOf(`user_id:partner-${number}`));
  });

  test('can be asked about in segments: its size, and one of each', async () => {
    await openHomes();
    await shop.settle();
    const segments = createSegments(stores, async () => ({}));
    const count = async (definition: unknown): Promise<number> =>
      (
        await previewSegment(segments.deps, {
          workspace: shop.id,
          definition: segmentDefinitionSchema.parse(definition),
          sql: false,
        })
      ).count;
    const couples = await count({
      kind: 'trait',
      trait: householdTraits.size,
      test: { type: 'number', op: 'gte', value: 2 },
    });
    expect(couples).toBeGreaterThanOrEqual(140);
    const everybody = await count({ kind: 'identifier', namespace: 'user_id', present: true });
    const one = await count({
      kind: 'trait',
      trait: householdTraits.first,
      test: { type: 'text', op: 'is_not', value: 'false' },
    });
    expect(everybody - one).toBe(couples / 2);
    await segments.stop();
  });
});
