import { describe, expect, it } from 'vitest';
import { ask, build, fresh, openShop } from '../../../test/recommendShop.ts';
import { useStores } from '../../../test/stores.ts';
import { encodeProfileId } from '../../collect/index.ts';
import { createRecommendMany } from './serve/recommendMany.ts';

const deps = useStores();

describe('recommending to many at once', () => {
  it('says to each of them what they are told when asked alone, and what is popular to who is unknown', async () => {
    const shop = await openShop(deps, 60, 120);
    await build(deps, shop.workspace);
    const recommendMany = createRecommendMany(fresh(deps));
    const people = shop.people.slice(0, 40);
    const stranger = 999_999_999;
    const many = await recommendMany(shop.workspace, {
      profiles: [...people, stranger],
      limit: 6,
      site: null,
      language: 'fr-FR',
    });
    const asking = fresh(deps);
    for (const person of people) {
      const alone = await ask(deps, shop.workspace, { profile: encodeProfileId(person), limit: 6, lang: 'fr' }, asking);
      const expected = alone.items.map(({ product, reason }) => ({ product: product.productId, reason: reason.text }));
      expect(many.get(person)).toEqual(expected);
    }
    const popular = await ask(deps, shop.workspace, { limit: 6 }, asking);
    expect(many.get(stranger)?.map(({ product }) => product)).toEqual(
      popular.items.map(({ product }) => product.productId),
    );
  });
});
