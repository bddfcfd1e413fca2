import type { Catalogue, CatalogueItem, Variant } from './catalogue.ts';

/** What an answer may hold, apart from what depends on the products themselves (not bought, not looked at). */
export interface Filters {
  readonly site: string | null;
  readonly currency: string | null;
  readonly minPrice: number | null;
  readonly maxPrice: number | null;
  readonly categories: readonly string[];
  readonly withoutCategories: readonly string[];
  readonly brands: readonly string[];
  readonly withoutBrands: readonly string[];
  readonly inStock: boolean;
  /** Lower case; empty: every size. */
  readonly sizes: readonly string[];
}

/** A category and everything below it. */
export const isBelow = (category: string | null, above: string): boolean =>
  category !== null && (category === above || category.startsWith(`${above} > `));

const same = (text: string | null, other: string): boolean => text?.toLowerCase() === other.toLowerCase();

/** The variant of an item that passes, or null. A price without a site is good for every site. */
export function pickVariant(item: CatalogueItem, filters: Filters): Variant | null {
  const { categories, withoutCategories, brands, withoutBrands } = filters;
  if (categories.length > 0 && !categories.some((each) => isBelow(item.category, each))) return null;
  if (withoutCategories.some((each) => isBelow(item.category, each))) return null;
  if (brands.length > 0 && !brands.some((each) => same(item.brand, each))) return null;
  if (withoutBrands.some((each) => same(item.brand, each))) return null;
  const passing = item.variants.filter((variant) => passes(variant, filters));
  return passing.find(({ inStock }) => inStock) ?? passing[0] ?? null;
}

function passes(variant: Variant, { site, currency, minPrice, maxPrice, inStock, sizes }: Filters): boolean {
  if (inStock && !variant.inStock) return false;
  if (sizes.length > 0 && !sizes.includes((variant.size ?? '').toLowerCase())) return false;
  const ofSite =
    site === null ? variant.prices : variant.prices.filter((price) => price.site === site || price.site === '');
  if (site !== null && ofSite.length === 0 && variant.prices.length > 0) return false;
  if (currency === null && minPrice === null && maxPrice === null) return true;
  return ofSite.some(
    (price) =>
      (currency === null || price.currency === currency) &&
      (minPrice === null || price.amount >= minPrice) &&
      (maxPrice === null || price.amount <= maxPrice),
  );
}

/** Which variant of each item passes, and how many items there are. */
export interface Eligible {
  readonly count: number;
  variant(item: number): Variant | null;
}

const cached = 24;

/** Remembers the answers to the filters asked last: the same block asks the same thing for everybody. */
export class EligibleItems {
  readonly #catalogue: Catalogue;
  readonly #answers = new Map<string, Eligible>();

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  find(filters: Filters): Eligible {
    const key = JSON.stringify(filters);
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const places = new Int16Array(this.#catalogue.items.length).fill(-1);
    let count = 0;
    this.#catalogue.items.forEach((item, number) => {
      const variant = pickVariant(item, filters);
      if (variant === null) return;
      places[number] = Math.min(item.variants.indexOf(variant), 32_767);
      count += 1;
    });
    const answer: Eligible = {
      count,
      variant: (number) => this.#catalogue.items[number]?.variants[places[number] ?? -1] ?? null,
    };
    const oldest = this.#answers.keys().next();
    if (this.#answers.size >= cached && !oldest.done) this.#answers.delete(oldest.value);
    this.#answers.set(key, answer);
    return answer;
  }
}
