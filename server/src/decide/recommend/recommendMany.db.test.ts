import { recommendationQuerySchema } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { runExperiment } from '../../../test/experiments.ts';
import { ask, build, fresh, openShop } from '../../../test/recommendShop.ts';
import { useStores } from '../../../test/stores.ts';
import { encodeProfileId } from '../../collect/index.ts';
import { createAssigner } from '../../experience/index.ts';
import { pgQuery } from '../../platform/index.ts';
import { createStrategyChooser } from './serve/chooseStrategy.ts';
import { recommend } from './serve/recommend.ts';
import { createRecommendMany } from './serve/recommendMany.ts';

const deps = useStores();
const readKept = pgQuery({
  name: 'test.recommendMany.readKept',
  params: { workspace: 'int4' },
  row: { profile_id: 'int8', variation: 'text', exposed: 'bool' },
  text: `select profile_id, variation, exposed_at is not null as exposed from experience.assigned
    where workspace_id = :workspace order by profile_id`,
});

describe('recommending to many at once', () => {
  it('says to each of them what they are told when asked alone, and what is popular to who is unknown', async () => {
    const shop = await openShop(deps, 60, 120);
    await build(deps, shop.workspace);
    const recommendMany = createRecommendMany({ ...fresh(deps), assigner: createAssigner(deps) });
    const people = shop.people.slice(0, 40);
    const stranger = 999_999_999;
    const many = await recommendMany(shop.workspace, {
      profiles: [...people, stranger],
      limit: 6,
      site: null,
      language: 'fr-FR',
      slots: ['messages'],
      purpose: 'kept',
    });
    const asking = fresh(deps);
    for (const person of people) {
      const alone = await ask(deps, shop.workspace, { profile: encodeProfileId(person), limit: 6, lang: 'fr' }, asking);
      const expected = alone.items.map(({ product, reason }) => ({ product: product.productId, reason: reason.text }));
      expect(many.get(person)).toEqual({ products: expected, experiment: null });
    }
    const popular = await ask(deps, shop.workspace, { limit: 6 }, asking);
    expect(many.get(stranger)?.products.map(({ product }) => product)).toEqual(
      popular.items.map(({ product }) => product.productId),
    );
  });

  it('goes by the experiment that decides the place: as alone, kept and not told before it is handed over', async () => {
    const shop = await openShop(deps, 40, 60);
    await build(deps, shop.workspace);
    const variations = ['bought_together', 'trending'].map((key) => ({ key, name: key, weight: 0.5 }));
    const experiment = { key: 'mails', kind: 'recommendation', target: 'messages', holdout: 0.2, variations };
    await runExperiment(deps, { id: shop.workspace }, experiment);
    const assigner = createAssigner(deps);
    const recommendMany = createRecommendMany({ ...fresh(deps), assigner });
    const list = (slots: readonly string[], purpose: 'kept' | 'preview') =>
      recommendMany(shop.workspace, { profiles: shop.people, limit: 4, site: null, language: 'en', slots, purpose });
    const given = () => deps.pg.rows(readKept, { workspace: shop.workspace });
    const foreseen = await list(['template-7', 'messages'], 'preview');
    expect(await given()).toEqual([]);
    const many = await list(['template-7', 'messages'], 'kept');
    expect(many).toEqual(foreseen);
    const kept = new Map((await given()).map((row) => [row.profile_id, row]));
    expect(kept.size).toBeGreaterThan(30);
    expect(kept.size).toBeLessThan(60);
    const [asking, chooser] = [fresh(deps), createStrategyChooser({ ...deps, assigner })];
    for (const person of shop.people) {
      const query = { ...recommendationQuerySchema.parse({}), profile: encodeProfileId(person), limit: 4 };
      const place = { ...query, slot: 'messages' };
      const alone = await recommend(asking, shop.workspace, place, chooser.forOne(shop.workspace, 'preview'));
      expect(alone.experiment?.variation).toBe(kept.get(person)?.variation);
      expect(many.get(person)).toEqual({
        products: alone.items.map(({ product, reason }) => ({ product: product.productId, reason: reason.text })),
        experiment: kept.has(person) ? 'mails' : null,
      });
    }
    expect([...kept.values()].some(({ exposed }) => exposed)).toBe(false);
    expect(new Set([...kept.values()].map(({ variation }) => variation)).size).toBe(2);
    for (const { experiment: other } of (await list(['elsewhere'], 'kept')).values()) expect(other).toBeNull();
  });
});
