import {
  type ProductSummary,
  type RecommendationStrategy,
  type Recommendations,
  recommendationQuerySchema,
} from '@vitrail/contracts';
import { type LinkedRecommendations, type RecommendDeps, recommend } from './recommend.ts';
import type { ShownItem } from './showItems.ts';

/** What a page of the shop knows when it asks for products. */
export interface PageAsk {
  /** Any profile of the visitor, as answers name it; null: nobody we may know. */
  readonly profile: string | null;
  readonly strategy: RecommendationStrategy | null;
  /** Fills up what the strategy finds by itself, or nothing does; null: the strategy's own fallbacks. */
  readonly fallback: RecommendationStrategy | 'none' | null;
  readonly count: number;
  /** Looked at on this page. */
  readonly product: string | null;
  readonly cart: readonly string[];
  /** Words that were searched. */
  readonly query: string | null;
  readonly site: string | null;
  readonly lang: 'en' | 'fr';
}

export interface PageProduct {
  readonly summary: ProductSummary;
  readonly link: string | null;
  readonly strategy: RecommendationStrategy;
  readonly reason: string;
}

export interface PageProducts {
  readonly arm: Recommendations['arm'];
  readonly items: readonly PageProduct[];
}

/** A product as pages speak of it: its variants are the same product to whoever looks at it. */
export interface ProductInView {
  readonly variants: readonly string[];
  readonly rating: { readonly average: number; readonly reviews: number } | null;
}

export interface PageRecommender {
  recommend(workspace: number, ask: PageAsk): Promise<PageProducts>;
  /** Null: the catalogue does not have it. */
  look(workspace: number, product: string): Promise<ProductInView | null>;
}

const none: PageProducts = { arm: 'recommended', items: [] };

/** Recommendations and products for pages of the shop. */
export function createPageRecommender(deps: RecommendDeps): PageRecommender {
  return {
    async recommend(workspace, ask) {
      const { strategy, fallback, query } = ask;
      // Without words there is nothing to find, and what stands in for it is the fallback's to say.
      const lacksWords = strategy === 'search' && query === null;
      const first = lacksWords ? null : await answer(deps, workspace, ask, strategy, []);
      if (first !== null && fallback === null) return { arm: first.arm, items: first.items.map(toPage) };
      const own = first?.items.filter(({ strategy: source }) => source === first.strategy) ?? [];
      const enough = own.length >= ask.count || fallback === null || fallback === 'none';
      if (first !== null && enough) return { arm: first.arm, items: own.map(toPage) };
      if (fallback === null || fallback === 'none') return none;
      const taken = own.map(({ product }) => product.productId);
      const rest = await answer(deps, workspace, ask, fallback, taken);
      return { arm: first?.arm ?? rest.arm, items: [...own, ...rest.items].slice(0, ask.count).map(toPage) };
    },

    async look(workspace, product) {
      const { catalogue } = await deps.shelves.get(workspace);
      const item = catalogue.items[catalogue.byProduct.get(product) ?? catalogue.byKey.get(product) ?? -1];
      if (item === undefined) return null;
      const variants = item.variants.map(({ id }) => id);
      const shown = await deps.products.find(
        workspace,
        catalogue,
        variants.includes(product) ? [product] : variants.slice(0, 1),
      );
      return { variants, rating: [...shown.values()][0]?.rating ?? null };
    },
  };
}

function answer(
  deps: RecommendDeps,
  workspace: number,
  ask: PageAsk,
  strategy: RecommendationStrategy | null,
  taken: readonly string[],
): Promise<LinkedRecommendations> {
  const { profile, product, cart, query, site, lang, count } = ask;
  // What is in the cart speaks for what goes with it where no product is looked at.
  const anchors = product === null ? cart.slice(0, 20) : [product];
  return recommend(deps, workspace, {
    ...recommendationQuerySchema.parse({}),
    limit: count,
    lang,
    exclude: [...cart, ...taken],
    ...(profile === null ? {} : { profile }),
    ...(strategy === null ? {} : { strategy }),
    ...(anchors.length === 0 ? {} : { product: anchors }),
    ...(query === null ? {} : { query }),
    ...(site === null ? {} : { site }),
  });
}

const toPage = ({ product: summary, link, strategy, reason }: ShownItem): PageProduct => ({
  summary,
  link,
  strategy,
  reason: reason.text,
});
