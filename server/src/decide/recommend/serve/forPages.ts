import {
  type ProductSummary,
  type RecommendationStrategy,
  type Recommendations,
  recommendationQuerySchema,
} from '@vitrail/contracts';
import { encodeProfileId } from '../../../collect/index.ts';
import type { Assigner } from '../../assigner.ts';
import { type ChosenStrategy, createStrategyChooser, type StrategyPurpose } from './chooseStrategy.ts';
import { type LinkedRecommendations, type RecommendDeps, recommend, usualStrategy } from './recommend.ts';
import type { ShownItem } from './showItems.ts';

/** What a page of the shop knows when it asks for products. */
export interface PageAsk {
  /** The customer; null: nobody we may know. */
  readonly root: number | null;
  /** Names of the place, the narrowest first: an experiment may decide what it shows. */
  readonly slots: readonly string[];
  readonly purpose: StrategyPurpose;
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
export function createPageRecommender(deps: RecommendDeps & { readonly assigner: Assigner }): PageRecommender {
  const chooser = createStrategyChooser(deps);
  return {
    async recommend(workspace, ask) {
      const { root, slots, purpose, fallback, query } = ask;
      const place = { slots, strategy: ask.strategy ?? usualStrategy(queryOf(ask)) };
      const chosenBy = root === null ? null : await chooser.forOne(workspace, purpose)(root, place);
      const strategy = chosenBy?.strategy ?? ask.strategy;
      // Without words there is nothing to find, and what stands in for it is the fallback's to say.
      const lacksWords = strategy === 'search' && query === null;
      const first = lacksWords ? null : await answer(deps, workspace, ask, { strategy, chosenBy });
      if (first !== null && fallback === null) return { arm: first.arm, items: first.items.map(toPage) };
      const own = first?.items.filter(({ strategy: source }) => source === first.strategy) ?? [];
      const enough = own.length >= ask.count || fallback === null || fallback === 'none';
      if (first !== null && enough) return { arm: first.arm, items: own.map(toPage) };
      if (fallback === null || fallback === 'none') return none;
      const taken = own.map(({ product }) => product.productId);
      // What fills up is not what an experiment tries: it fills up in every variation alike.
      const rest = await answer(deps, workspace, ask, { strategy: fallback, chosenBy: null, taken });
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

/** What the page gives to go by. */
function queryOf({ root, product, cart, query }: PageAsk) {
  // What is in the cart speaks for what goes with it where no product is looked at.
  const anchors = product === null ? cart.slice(0, 20) : [product];
  return {
    ...(root === null ? {} : { profile: encodeProfileId(root) }),
    ...(anchors.length === 0 ? {} : { product: anchors }),
    ...(query === null ? {} : { query }),
  };
}

interface Source {
  readonly strategy: RecommendationStrategy | null;
  readonly chosenBy: ChosenStrategy | null;
  readonly taken?: readonly string[];
}

function answer(
  deps: RecommendDeps,
  workspace: number,
  ask: PageAsk,
  { strategy, chosenBy, taken = [] }: Source,
): Promise<LinkedRecommendations> {
  const { cart, site, lang, count } = ask;
  const asked = {
    ...recommendationQuerySchema.parse({}),
    ...queryOf(ask),
    limit: count,
    lang,
    exclude: [...cart, ...taken],
    ...(strategy === null ? {} : { strategy }),
    ...(site === null ? {} : { site }),
  };
  return recommend(deps, workspace, asked, async () => chosenBy);
}

const toPage = ({ product: summary, link, strategy, reason }: ShownItem): PageProduct => ({
  summary,
  link,
  strategy,
  reason: reason.text,
});
