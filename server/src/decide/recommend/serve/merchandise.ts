import type { RecommendationStrategy, SavedMerchandisingRule } from '@vitrail/contracts';
import type { Catalogue, CatalogueItem } from './catalogue.ts';
import { isBelow } from './filters.ts';

/** What merchandisers say of one answer. */
export interface Merchandising {
  /** First, in this order. */
  readonly pinned: readonly number[];
  /** Multiplies the score; 0 never shows. */
  factor(item: number): number;
}

const dayMs = 86_400_000;

export function applyRules(
  catalogue: Catalogue,
  rules: readonly SavedMerchandisingRule[],
  { strategy, site, now }: { strategy: RecommendationStrategy; site: string | null; now: number },
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
