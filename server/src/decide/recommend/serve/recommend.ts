import type { RecommendationQuery, RecommendationStrategy, Recommendations } from '@vitrail/contracts';
import type { Deps } from '../../../platform/index.ts';
import { armOf } from './arm.ts';
import type { Catalogue } from './catalogue.ts';
import { choose } from './choose.ts';
import type { ChooseStrategy } from './chooseStrategy.ts';
import type { Filters } from './filters.ts';
import { People, type Person, toPerson } from './person.ts';
import { Shelves } from './shelf.ts';
import { type ShownItem, showItems } from './showItems.ts';
import { ShownProducts } from './shownProducts.ts';
import type { Ask } from './sources.ts';

/** What answers are made of, and what is remembered between them. */
export interface RecommendDeps extends Pick<Deps, 'pg' | 'ch' | 'clock'> {
  readonly shelves: Shelves;
  readonly people: People;
  readonly products: ShownProducts;
}

/** One for each process: what is the same for everybody takes up to 90 MB of each workspace. */
export const createRecommendDeps = (deps: Pick<Deps, 'pg' | 'ch' | 'clock' | 'log'>): RecommendDeps => ({
  pg: deps.pg,
  ch: deps.ch,
  clock: deps.clock,
  shelves: new Shelves(deps),
  people: new People(deps),
  products: new ShownProducts(deps.pg),
});

const dayMs = 86_400_000;
/** Those that a comparison with popular products is made for. */
const compared: ReadonlySet<RecommendationStrategy> = new Set(['for_you', 'similar', 'bought_together', 'trending']);

/** An answer whose items know where they lead. */
export interface LinkedRecommendations extends Recommendations {
  readonly items: ShownItem[];
}

/** Products for somebody, for a product, for words, or for everybody. Throws `not_found` for an unknown profile. */
export async function recommend(
  deps: RecommendDeps,
  workspace: number,
  query: RecommendationQuery,
  chooseStrategy: ChooseStrategy = async () => null,
): Promise<LinkedRecommendations> {
  const shelf = await deps.shelves.get(workspace);
  const { catalogue } = shelf;
  const sizes = query.mySize === true || query.strategy === 'back_in_stock' ? sizesIn(catalogue) : null;
  const person =
    query.profile === undefined
      ? null
      : toPerson(await deps.people.read(workspace, query.profile, sizes !== null), catalogue, sizes);
  const usual = query.strategy ?? usualStrategy(query);
  const slots = query.slot === undefined ? [] : [query.slot];
  const chosenBy = person === null ? null : await chooseStrategy(person.root, { slots, strategy: usual });
  const asked = chosenBy?.strategy ?? usual;
  // An experiment compares by itself: who is in one is not drawn once more.
  const arm =
    person !== null && chosenBy === null && compared.has(asked)
      ? armOf(workspace, person.root, shelf.settings.popularArm)
      : 'recommended';
  const strategy = arm === 'popular' ? 'popular' : asked;
  const anchors = (query.product ?? []).flatMap(
    (product) => catalogue.byProduct.get(product) ?? catalogue.byKey.get(product) ?? [],
  );
  const ask: Ask = {
    pg: deps.pg,
    workspace,
    shelf,
    person,
    anchors,
    query: query.query ?? null,
    site: query.site ?? null,
    now: deps.clock.now().getTime(),
  };
  const eligible = shelf.eligible.find(toFilters(query, asked, person));
  const left = leftOut(ask, query, asked);
  const { chosen, sources } = await choose(ask, { query, strategy, eligible, left });
  const takenOut = [...left].filter((item) => eligible.has(item)).length;
  return {
    items: await showItems(deps.products, workspace, { catalogue, chosen, lang: query.lang }),
    strategy,
    sources,
    arm,
    experiment: chosenBy && { key: chosenBy.experiment, variation: chosenBy.strategy },
    eligible: Math.max(0, eligible.count - takenOut),
    builtAt: shelf.builtAt?.toISOString() ?? null,
  };
}

/** The best for what is given. */
export const usualStrategy = ({
  product,
  query,
  profile,
}: Pick<RecommendationQuery, 'product' | 'query' | 'profile'>): RecommendationStrategy => {
  if (query !== undefined && query !== '') return 'search';
  if (product !== undefined && product.length > 0) return 'similar';
  return profile === undefined ? 'popular' : 'for_you';
};

function sizesIn(catalogue: Catalogue): (product: string) => string | null {
  return (product) => {
    const item = catalogue.items[catalogue.byProduct.get(product) ?? -1];
    return item?.variants.find(({ id }) => id === product)?.size ?? null;
  };
}

export function toFilters(query: RecommendationQuery, asked: RecommendationStrategy, person: Person | null): Filters {
  const own = query.mySize === true || asked === 'back_in_stock' ? (person?.sizes ?? []) : [];
  return {
    site: query.site ?? null,
    currency: query.currency ?? null,
    minPrice: query.minPrice ?? null,
    maxPrice: query.maxPrice ?? null,
    categories: query.category ?? [],
    withoutCategories: query.excludeCategory ?? [],
    brands: query.brand ?? [],
    withoutBrands: query.excludeBrand ?? [],
    inStock: query.inStock ?? true,
    sizes: (query.size ?? own).map((size) => size.toLowerCase()),
  };
}

/** What this answer may not hold: what is looked at, what is named, what was bought not long ago. */
export function leftOut(
  { shelf, person, anchors, now }: Ask,
  query: RecommendationQuery,
  asked: RecommendationStrategy,
): Set<number> {
  const { byProduct, byKey } = shelf.catalogue;
  const left = new Set(anchors);
  for (const product of query.exclude ?? []) {
    const item = byProduct.get(product) ?? byKey.get(product);
    if (item !== undefined) left.add(item);
  }
  const days = query.notBoughtDays ?? (asked === 'recently_viewed' ? 0 : shelf.settings.notBoughtDays);
  for (const { item, kind, at } of person?.signals ?? [])
    if (kind === 'bought' && now - at <= days * dayMs) left.add(item);
  return left;
}
