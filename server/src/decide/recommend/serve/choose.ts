import type { RecommendationQuery, RecommendationStrategy } from '@vitrail/contracts';
import { bestFirst } from './bestFirst.ts';
import type { Eligible } from './filters.ts';
import type { Shelf } from './shelf.ts';
import type { Chosen } from './showItems.ts';
import { type Ask, type Candidate, candidatesOf, fallbacks } from './sources.ts';

const dayMs = 86_400_000;
/** A new product stands before others whose score is at most so many times its own. */
const newFactor = 1.25;

interface Choice {
  readonly query: RecommendationQuery;
  readonly strategy: RecommendationStrategy;
  readonly eligible: Eligible;
  readonly left: ReadonlySet<number>;
}

/** Asks one source after another until there is enough. */
export async function choose(ask: Ask, { query, strategy, eligible, left }: Choice) {
  const { shelf, now } = ask;
  const { items } = shelf.catalogue;
  const merchandising = shelf.merchandiser.of({ strategy, site: ask.site, now });
  const basket = new Basket(shelf, query, { eligible, left });
  const isNew = (item: number): boolean => {
    const added = shelf.addedAt[item] ?? 0;
    return added > 0 && now - added <= shelf.settings.newDays * dayMs;
  };
  for (const item of merchandising.pinned) {
    if (merchandising.factor(item) > 0)
      basket.offer(item, { score: 0, strategy, reason: 'pinned', because: null, ranked: true });
  }
  const sources: RecommendationStrategy[] = [];
  const factorOf = (item: number): number =>
    merchandising.factor(item) * (query.newFirst === true && isNew(item) ? newFactor : 1);
  for (const source of fallbacks[strategy]) {
    if (basket.full) break;
    sources.push(source);
    const open: Candidate[] = [];
    for (const candidate of await candidatesOf(source, ask)) {
      const { item, score } = candidate;
      if (!basket.mayTake(item)) continue;
      const factor = factorOf(item);
      // Of thousands most are as they came: copying them took a third of the choice.
      if (factor > 0) open.push(factor === 1 ? candidate : { ...candidate, score: score * factor });
    }
    for (const { item, score, reason, because } of bestFirst(open, (one, other) => one.item - other.item)) {
      if (basket.full) break;
      basket.offer(item, { score, strategy: source, reason, because, ranked: true });
    }
  }
  if (!basket.full) {
    // Nothing more is known: the newest of what is there.
    const rest = items
      .map(({ addedAt }, item) => ({ item, score: addedAt }))
      .filter(({ item }) => basket.mayTake(item) && merchandising.factor(item) > 0);
    for (const { item } of bestFirst(rest, (one, other) => one.item - other.item)) {
      if (basket.full) break;
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

  /** Eligible and not taken yet; a cap may still keep it out. */
  mayTake(number: number): boolean {
    return this.#eligible.has(number) && !this.#taken.has(number);
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
