import { type ProductAudience, recommendationQuerySchema } from '@vitrail/contracts';
import { Fault } from '../../platform/index.ts';
import { getWorkspace } from '../rfm/readRfm.ts';
import { type RecommendDeps, recommend } from './serve/recommend.ts';
import { readBuyerPersonas, readBuyers } from './sql/freshness.ch.ts';

const shown = 8;

/** What goes with a product (all variants of it), and who buys it. */
export async function readAudience(
  deps: RecommendDeps,
  workspace: number,
  product: string,
  lang: 'en' | 'fr',
): Promise<ProductAudience> {
  const { catalogue } = await deps.shelves.get(workspace);
  const item = catalogue.byProduct.get(product);
  if (item === undefined) throw new Fault('not_found', 'collect.no_such_product', 'There is no product with this id.');
  const products = [...catalogue.byProduct].filter(([, each]) => each === item).map(([id]) => id);
  const ask = (strategy: 'bought_together' | 'similar') =>
    recommend(
      deps,
      workspace,
      recommendationQuerySchema.parse({ product, strategy, limit: shown, lang, inStock: 'false' }),
    );
  const [together, similar, { currency }, [buyers], personas] = await Promise.all([
    ask('bought_together'),
    ask('similar'),
    getWorkspace(deps, workspace),
    deps.ch.rows(readBuyers, { workspace, products }),
    deps.ch.rows(readBuyerPersonas, { workspace, products }),
  ]);
  const customers = buyers?.customers ?? 0;
  return {
    // Only what was seen together: what fills a block on a site would say nothing here.
    boughtTogether: together.items.filter(({ strategy }) => strategy === 'bought_together'),
    similar: similar.items.filter(({ strategy }) => strategy === 'similar'),
    buyers: {
      customers,
      orders: buyers?.orders ?? 0,
      revenue: Math.round((buyers?.revenue ?? 0) * 100) / 100,
      currency,
      personas: personas.map(({ persona, customers: count }) => ({ key: persona, customers: count })),
      repeatShare: customers === 0 ? 0 : (buyers?.repeat ?? 0) / customers,
    },
  };
}
