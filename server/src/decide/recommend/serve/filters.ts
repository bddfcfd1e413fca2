import { LRUCache } from 'lru-cache';
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
  has(item: number): boolean;
  /** Null when it has none that passes. */
  variant(item: number): Variant | null;
}

/** What passes everything but the size, which is another one for everybody. */
interface Passing extends Eligible {
  /** Items that have a size, by size in lower case; found when it is first asked for. */
  bySize(): ReadonlyMap<string, readonly number[]>;
}

const cached = 24;

/** Remembers the answers to the filters asked last: the same block asks the same thing for everybody. */
export class EligibleItems {
  readonly #catalogue: Catalogue;
  readonly #answers = new LRUCache<string, Passing>({ max: cached });

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  find(filters: Filters): Eligible {
    const all = this.#passing({ ...filters, sizes: [] });
    return filters.sizes.length === 0 ? all : this.#inSizes(all, filters);
  }

  /** Sizes differ from person to person, so that remembering would not help; who has which is known. */
  #inSizes(all: Passing, filters: Filters): Eligible {
    const { items } = this.#catalogue;
    const bySize = all.bySize();
    const marks = new Uint8Array(items.length);
    let count = 0;
    for (const size of filters.sizes) {
      for (const number of bySize.get(size) ?? []) {
        count += 1 - (marks[number] ?? 0);
        marks[number] = 1;
      }
    }
    const has = (number: number): boolean => marks[number] === 1;
    return {
      count,
      has,
      variant: (number) => {
        const item = has(number) ? items[number] : undefined;
        return item === undefined ? null : pickVariant(item, filters);
      },
    };
  }

  #passing(filters: Filters): Passing {
    const key = JSON.stringify(filters);
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const { items } = this.#catalogue;
    const places = new Int16Array(items.length).fill(-1);
    let count = 0;
    items.forEach((item, number) => {
      const variant = pickVariant(item, filters);
      if (variant === null) return;
      places[number] = Math.min(item.variants.indexOf(variant), 32_767);
      count += 1;
    });
    let sizes: ReadonlyMap<string, readonly number[]> | null = null;
    const answer: Passing = {
      count,
      has: (number) => (places[number] ?? -1) >= 0,
      variant: (number) => items[number]?.variants[places[number] ?? -1] ?? null,
      bySize: () => {
        sizes ??= sizesOf(items, filters, places);
        return sizes;
      },
    };
    this.#answers.set(key, answer);
    return answer;
  }
}

function sizesOf(items: readonly CatalogueItem[], filters: Filters, places: Int16Array): Map<string, number[]> {
  const bySize = new Map<string, number[]>();
  items.forEach(({ variants }, number) => {
    if ((places[number] ?? -1) < 0) return;
    for (const variant of variants) {
      if (!passes(variant, filters)) continue;
      const size = (variant.size ?? '').toLowerCase();
      const own = bySize.get(size);
      if (own === undefined) bySize.set(size, [number]);
      else if (own.at(-1) !== number) own.push(number);
    }
  });
  return bySize;
}
