import { beforeAll, describe, expect, it } from 'vitest';
import { insertRows } from '../../../test/buyers.ts';
import {
  actor,
  addPeople,
  ask,
  build,
  eventRow,
  fresh,
  hour,
  openShop,
  placeOrders,
  type Shop,
  start,
} from '../../../test/recommendShop.ts';
import { useStores } from '../../../test/stores.ts';
import { encodeProfileId } from '../../collect/index.ts';
import { readAudience } from './audience.ts';
import { eraseFromRecommendations, exportFromRecommendations } from './personalData.ts';
import { readReport } from './report.ts';
import { createRule, removeRule, saveSettings } from './saveSettings.ts';
import { armOf } from './serve/arm.ts';
import { readSettings } from './settings.ts';

const deps = useStores();
const numberOf = (id: string): number => Number(id.slice(1));
const recommended = (shop: Shop): number[] =>
  shop.people.filter((person) => armOf(shop.workspace, person, 0.1) === 'recommended');

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(deps, 80, 240);
  await build(deps, shop.workspace);
});

describe('recommendations of a shop', () => {
  it('find products of the same kind similar', async () => {
    const { items, strategy, sources } = await ask(deps, shop.workspace, { product: ['p4'], limit: 8 });
    expect(strategy).toBe('similar');
    expect(sources[0]).toBe('similar');
    expect(items).toHaveLength(8);
    const alike = items.filter(({ product }) => numberOf(product.productId) % 4 === 0);
    expect(alike.length).toBeGreaterThanOrEqual(6);
    expect(items[0]).toMatchObject({ reason: { kind: 'similar_to', product: 'p4', text: 'Similar to Product p4' } });
    expect(items[0]?.rating).toEqual({ average: 4.5, reviews: 12 });
  });

  it('foresee what a person likes, without what they have, and say why in both languages', async () => {
    const [person = 0] = recommended(shop);
    const taste = shop.people.indexOf(person) % 4;
    const profile = encodeProfileId(person);
    const { items, arm, strategy } = await ask(deps, shop.workspace, { profile, limit: 10, lang: 'fr' });
    expect({ arm, strategy, length: items.length }).toEqual({ arm: 'recommended', strategy: 'for_you', length: 10 });
    expect(items.filter(({ product }) => numberOf(product.productId) % 4 === taste).length).toBeGreaterThanOrEqual(5);
    expect(items[0]?.reason.text).toMatch(/^(Parce que vous avez|Va avec) /);
    expect(new Set(items.map(({ product }) => product.productId)).size).toBe(10);
  });

  it('keep what is asked after scoring and before the cut', async () => {
    const all = await ask(deps, shop.workspace, { limit: 50 });
    expect(all.eligible).toBe(80);
    const { items, eligible } = await ask(deps, shop.workspace, {
      limit: 5,
      category: ['Women > Kind 2'],
      minPrice: 20,
      maxPrice: 60,
      currency: 'EUR',
      exclude: ['p14'],
    });
    const expected = shop.products.map(numberOf).filter((id) => id % 4 === 2 && id >= 10 && id <= 50 && id !== 14);
    expect(eligible).toBe(expected.length);
    expect(items).toHaveLength(5);
    for (const { product } of items) expect(expected).toContain(numberOf(product.productId));
    const above = await ask(deps, shop.workspace, { category: ['Women'], size: ['l'], limit: 50 });
    expect(above.eligible).toBe(40);
    const capped = await ask(deps, shop.workspace, { brandCap: 1, limit: 50 });
    expect(capped.items.map(({ product }) => product.brand).sort()).toEqual([0, 1, 2, 3, 4].map((n) => `Brand ${n}`));
  });

  it('fall back to the next source, and to anything at last: never an empty block', async () => {
    const [stranger = 0] = await addPeople(deps, shop.workspace, 1);
    const strategies = ['for_you', 'similar', 'bought_together', 'recently_viewed', 'back_in_stock', 'search'] as const;
    for (const strategy of strategies) {
      const { items } = await ask(deps, shop.workspace, {
        profile: encodeProfileId(stranger),
        strategy,
        query: 'zzz',
        limit: 50,
      });
      expect(items).toHaveLength(50);
    }
    await expect(ask(deps, shop.workspace, { profile: encodeProfileId(999_999_999) })).rejects.toMatchObject({
      kind: 'not_found',
    });
  });

  it('follow pins, boosts and what is buried', async () => {
    const { workspace } = shop;
    const usual = await ask(deps, workspace, { strategy: 'popular', limit: 10 });
    const first = usual.items[0]?.product.productId ?? '';
    const match = { products: [], categories: [], brands: [] };
    const base = { match, strategies: [], enabled: true };
    const rules = await Promise.all([
      createRule(deps, workspace, actor, { ...base, name: 'pin', effect: { kind: 'pin', products: ['p77'] } }),
      createRule(deps, workspace, actor, {
        ...base,
        name: 'bury',
        effect: { kind: 'bury' },
        match: { ...match, products: [first] },
      }),
      createRule(deps, workspace, actor, {
        ...base,
        name: 'boost',
        effect: { kind: 'boost', factor: 10 },
        match: { ...match, categories: ['Women > Kind 3'] },
      }),
    ]);
    const { items } = await ask(deps, workspace, { strategy: 'popular', limit: 6 });
    expect(items[0]).toMatchObject({ product: { productId: 'p77' }, reason: { kind: 'pinned', text: 'Our choice' } });
    expect(items.map(({ product }) => product.productId)).not.toContain(first);
    expect(items.slice(1).filter(({ product }) => numberOf(product.productId) % 4 === 3).length).toBeGreaterThanOrEqual(
      3,
    );
    for (const { id } of rules) await removeRule(deps, workspace, actor, Number(id));
  });

  it('answer with popular products to a stable part of the people, when settings say so', async () => {
    const { workspace, people } = shop;
    const settings = await readSettings(deps.pg, workspace);
    await saveSettings(deps, workspace, actor, { ...settings, popularArm: 0.5 });
    const asking = fresh(deps);
    const arms = await Promise.all(
      people
        .slice(0, 40)
        .map(
          async (person) => (await ask(deps, workspace, { profile: encodeProfileId(person), limit: 2 }, asking)).arm,
        ),
    );
    expect(new Set(arms)).toEqual(new Set(['recommended', 'popular']));
    await saveSettings(deps, workspace, actor, settings);
  });
});

describe('what is known beside the answers', () => {
  it('reports what was built, how well it foresees, and what people did by arm', async () => {
    const { workspace, people } = shop;
    const [one = 0, two = 0] = people;
    const shown = (profile: number, arm: string, event: string, product: string, at: number) =>
      eventRow(workspace, profile, event, at, {
        product_id: product,
        properties: JSON.stringify({ arm, product_id: product }),
      });
    await insertRows(deps, 'events', [
      shown(one, 'recommended', 'Recommendation Shown', 'p1', start - 3 * hour),
      shown(one, 'recommended', 'Recommendation Clicked', 'p1', start - 2 * hour),
      shown(two, 'popular', 'Recommendation Shown', 'p2', start - 3 * hour),
    ]);
    const order = { id: 'after-click', profile: one, at: start - hour, products: ['p1'], quantity: 2, price: 20 };
    await placeOrders(deps, workspace, [order]);
    const report = await readReport(fresh(deps), workspace);
    expect(report).toMatchObject({ items: 80, people: 240, running: null, catalogue: { products: 80, alarm: null } });
    expect(report.online.arms).toEqual([
      { arm: 'recommended', people: 1, shown: 1, clicked: 1, ordered: 1, revenue: 40 },
      { arm: 'popular', people: 1, shown: 1, clicked: 0, ordered: 0, revenue: 0 },
    ]);
    expect(report.evaluations.map(({ protocol }) => protocol)).toEqual(['time', 'user']);
    const user = report.evaluations[1]?.rankings ?? [];
    const ndcg = (method: string): number => user.find((ranking) => ranking.method === method)?.ndcg10 ?? 0;
    expect(ndcg('cosine')).toBeGreaterThan(ndcg('popular'));
  });

  it('says what goes with a product and who buys it', async () => {
    const audience = await readAudience(fresh(deps), shop.workspace, 'p4', 'en');
    expect(audience.similar.length).toBeGreaterThan(0);
    expect(audience.buyers.customers).toBeGreaterThan(0);
    expect(audience.buyers.orders).toBeGreaterThanOrEqual(audience.buyers.customers);
    await expect(readAudience(fresh(deps), shop.workspace, 'nothing', 'en')).rejects.toMatchObject({
      kind: 'not_found',
    });
  });

  it('shows what is kept of one person, and forgets it', async () => {
    const [person = 0] = shop.people.slice(-1);
    const held = await exportFromRecommendations(deps, shop.workspace, [person]);
    expect(held.recommendationInterests).toContainEqual({
      product: expect.stringMatching(/^p\d+$/),
      weight: expect.any(Number),
      at: expect.stringMatching(/^2026-/),
    });
    await eraseFromRecommendations(deps, shop.workspace, [person]);
    await eraseFromRecommendations(deps, shop.workspace, [person]);
    expect(await exportFromRecommendations(deps, shop.workspace, [person])).toEqual({ recommendationInterests: [] });
  });
});
