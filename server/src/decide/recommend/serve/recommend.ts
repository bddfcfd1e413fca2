import type { RecommendationQuery, RecommendationStrategy, Recommendations } from '@vitrail/contracts';
import type { Deps } from '../../../platform/index.ts';
import { armOf } from './arm.ts';
import type { Catalogue } from './catalogue.ts';
import type { Eligible, Filters } from './filters.ts';
import { applyRules } from './merchandise.ts';
import { type Person, readPerson } from './person.ts';
import type { Shelf, Shelves } from './shelf.ts';
import { type Chosen, showItems } from './showItems.ts';
import { type Ask, type Candidate, candidatesOf, fallbacks } from './sources.ts';

export type RecommendDeps = Pick<Deps, 'pg' | 'ch' | 'clock'> & { readonly shelves: Pick<Shelves, 'get'> };

const dayMs = 86_400_000;
/** A new product stands before others whose score is at most so many times its own. */
const newFactor = 1.25;
/** Those that a comparison with popular products is made for. */
const compared: ReadonlySet<RecommendationStrategy> = new Set(['for_you', 'similar', 'bought_together', 'trending']);

/** Products for somebody, for a product, for words, or for everybody. Throws `not_found` for an unknown profile. */
export async function recommend(
  deps: RecommendDeps,
  workspace: number,
  query: RecommendationQuery,
): Promise<Recommendations> {
  const shelf = await deps.shelves.get(workspace);
  const { catalogue } = shelf;
  const sizes = query.mySize === true || query.strategy === 'back_in_stock' ? sizesIn(catalogue) : null;
  const person =
    query.profile === undefined
      ? null
      : await readPerson(deps, workspace, { catalogue, profile: query.profile, sizesOf: sizes });
  const asked = query.strategy ?? usualStrategy(query);
  const arm =
    person !== null && compared.has(asked) ? armOf(workspace, person.root, shelf.settings.popularArm) : 'recommended';
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
  const takenOut = [...left].filter((item) => eligible.variant(item) !== null).length;
  return {
    items: await showItems(deps.pg, workspace, { catalogue, chosen, lang: query.lang }),
    strategy,
    sources,
    arm,
    eligible: Math.max(0, eligible.count - takenOut),
    builtAt: shelf.builtAt?.toISOString() ?? null,
  };
}

const usualStrategy = ({ product, query, profile }: RecommendationQuery): RecommendationStrategy => {
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

function toFilters(query: RecommendationQuery, asked: RecommendationStrategy, person: Person | null): Filters {
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
function leftOut(
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

interface Choice {
  readonly query: RecommendationQuery;
  readonly strategy: RecommendationStrategy;
  readonly eligible: Eligible;
  readonly left: ReadonlySet<number>;
}

/** Asks one source after another until there is enough. */
async function choose(ask: Ask, { query, strategy, eligible, left }: Choice) {
  const { shelf, now } = ask;
  const { items } = shelf.catalogue;
  const merchandising = applyRules(shelf.catalogue, shelf.rules, { strategy, site: ask.site, now });
  const basket = new Basket(shelf, query, { eligible, left });
  const isNew = (item: number): boolean => {
    const added = items[item]?.addedAt ?? 0;
    return added > 0 && now - added <= shelf.settings.newDays * dayMs;
  };
  for (const item of merchandising.pinned) {
    if (merchandising.factor(item) > 0)
      basket.offer(item, { score: 0, strategy, reason: 'pinned', because: null, ranked: true });
  }
  const sources: RecommendationStrategy[] = [];
  const weigh = ({ item, score }: Candidate): number =>
    score * merchandising.factor(item) * (query.newFirst === true && isNew(item) ? newFactor : 1);
  for (const source of fallbacks[strategy]) {
    if (basket.full) break;
    sources.push(source);
    const ranked = (await candidatesOf(source, ask))
      .map((candidate) => ({ ...candidate, score: weigh(candidate) }))
      .filter(({ item }) => merchandising.factor(item) > 0)
      .sort((one, other) => other.score - one.score || one.item - other.item);
    for (const { item, score, reason, because } of ranked) {
      if (basket.full) break;
      basket.offer(item, { score, strategy: source, reason, because, ranked: true });
    }
  }
  if (!basket.full) {
    // Nothing more is known: the newest of what is there.
    const rest = items.map((_, item) => item).filter((item) => eligible.variant(item) !== null);
    rest.sort((one, other) => (items[other]?.addedAt ?? 0) - (items[one]?.addedAt ?? 0) || one - other);
    for (const item of rest) {
      if (basket.full) break;
      if (merchandising.factor(item) === 0) continue;
      const reason = isNew(item) ? 'new' : 'popular';
      basket.offer(item, { score: 0, strategy: 'popular', reason, because: null, ranked: false });
    }
  }
  return { chosen: basket.chosen, sources };
}

/** What is chosen so far, within the caps for each brand and category. */
class Basket {
  readonly chosen: Chosen[] = [];
  readonly #shelf: Shelf;
  readonly #taken: Set<number>;
  readonly #eligible: Eligible;
  readonly #limit: number;
  readonly #brandCap: number;
  readonly #categoryCap: number;
  readonly #brands = new Map<string, number>();
  readonly #categories = new Map<string, number>();

  constructor(shelf: Shelf, query: RecommendationQuery, { eligible, left }: Pick<Choice, 'eligible' | 'left'>) {
    this.#shelf = shelf;
    this.#taken = new Set(left);
    this.#eligible = eligible;
    this.#limit = query.limit;
    this.#brandCap = query.brandCap ?? shelf.settings.brandCap ?? Number.POSITIVE_INFINITY;
    this.#categoryCap = query.categoryCap ?? Number.POSITIVE_INFINITY;
  }

  get full(): boolean {
    return this.chosen.length >= this.#limit;
  }

  offer(number: number, as: Omit<Chosen, 'variant'>): void {
    const variant = this.#eligible.variant(number);
    if (this.full || variant === null || this.#taken.has(number)) return;
    const item = this.#shelf.catalogue.items[number];
    const [brand, category] = [item?.brand ?? null, item?.category ?? null];
    if (brand !== null && (this.#brands.get(brand) ?? 0) >= this.#brandCap) return;
    if (category !== null && (this.#categories.get(category) ?? 0) >= this.#categoryCap) return;
    this.#taken.add(number);
    if (brand !== null) this.#brands.set(brand, (this.#brands.get(brand) ?? 0) + 1);
    if (category !== null) this.#categories.set(category, (this.#categories.get(category) ?? 0) + 1);
    this.chosen.push({ variant, ...as });
  }
}
