import type { RecommendationStrategy, SavedMerchandisingRule } from '@vitrail/contracts';
import { LRUCache } from 'lru-cache';
import type { Catalogue, CatalogueItem } from './catalogue.ts';
import { isBelow } from './filters.ts';

/** What merchandisers say of one answer. */
export interface Merchandising {
  /** First, in this order. */
  readonly pinned: readonly number[];
  /** Multiplies the score; 0 never shows. */
  factor(item: number): number;
}

export interface AskedOf {
  readonly strategy: RecommendationStrategy;
  readonly site: string | null;
  /** Milliseconds. */
  readonly now: number;
}

const dayMs = 86_400_000;
/** Products grow older: what was found is found again after so long, or when a rule begins or ends. */
const keptMs = 60_000;
const keptAnswers = 32;

/** Follows the rules of a workspace, and remembers what they say of an item: there may be hundreds of them. */
export class Merchandiser {
  readonly #catalogue: Catalogue;
  readonly #rules: readonly SavedMerchandisingRule[];
  readonly #kept = new LRUCache<string, { from: number; to: number; answer: Merchandising }>({ max: keptAnswers });

  constructor(catalogue: Catalogue, rules: readonly SavedMerchandisingRule[]) {
    this.#catalogue = catalogue;
    this.#rules = rules;
  }

  of(asked: AskedOf): Merchandising {
    const { strategy, site, now } = asked;
    const key = `${strategy} ${site ?? ''}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined && now >= kept.from && now < kept.to) return kept.answer;
    const moments = this.#rules.flatMap(({ from, to }) => [Date.parse(from ?? ''), Date.parse(to ?? '')]);
    const answer = remember(this.#catalogue.items.length, applyRules(this.#catalogue, this.#rules, asked));
    this.#kept.set(key, { from: now, to: Math.min(now + keptMs, ...moments.filter((at) => at > now)), answer });
    return answer;
  }
}

/** Computes the factor of an item when it is asked for the first time. */
function remember(items: number, { pinned, factor }: Merchandising): Merchandising {
  const factors = new Float64Array(items).fill(Number.NaN);
  return {
    pinned,
    factor(item) {
      const known = factors[item] ?? Number.NaN;
      if (!Number.isNaN(known)) return known;
      const found = factor(item);
      factors[item] = found;
      return found;
    },
  };
}

export function applyRules(
  catalogue: Catalogue,
  rules: readonly SavedMerchandisingRule[],
  { strategy, site, now }: AskedOf,
): Merchandising {
  const active = rules.filter(
    (rule) =>
      rule.enabled &&
      (rule.strategies.length === 0 || rule.strategies.includes(strategy)) &&
      (rule.site === undefined || rule.site === site) &&
      (rule.from === undefined || Date.parse(rule.from) <= now) &&
      (rule.to === undefined || Date.parse(rule.to) > now),
  );
  const itemOf = (product: string): number | undefined =>
    catalogue.byProduct.get(product) ?? catalogue.byKey.get(product);
  const pinned = active.flatMap(({ effect }) =>
    effect.kind === 'pin' ? effect.products.map(itemOf).filter((item) => item !== undefined) : [],
  );
  const weighing = active
    .filter(({ effect }) => effect.kind !== 'pin')
    .map((rule) => ({
      effect: rule.effect,
      match: rule.match,
      items: new Set(rule.match.products.map(itemOf)),
    }));
  return {
    pinned: [...new Set(pinned)],
    factor(number) {
      const item = catalogue.items[number];
      let factor = 1;
      for (const { effect, match, items } of weighing) {
        if (item === undefined || !(items.has(number) || matches(item, match, now))) continue;
        if (effect.kind === 'bury') return 0;
        if (effect.kind === 'boost') factor *= effect.factor;
      }
      return factor;
    },
  };
}

/** One of the categories, of the brands, or new enough; a rule that names nothing matches nothing. */
function matches(item: CatalogueItem, match: SavedMerchandisingRule['match'], now: number): boolean {
  return (
    match.categories.some((category) => isBelow(item.category, category)) ||
    match.brands.some((brand) => item.brand?.toLowerCase() === brand.toLowerCase()) ||
    (match.newerThanDays !== undefined && item.addedAt > 0 && now - item.addedAt <= match.newerThanDays * dayMs)
  );
}
