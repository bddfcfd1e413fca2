import type { Pg, PgRow } from '../../../platform/index.ts';
import { pageCatalogue, readCatalogueVersion } from '../sql/products.pg.ts';

export interface Price {
  readonly site: string;
  readonly currency: string;
  readonly amount: number;
}

/** One product of the feed, with what filters ask of it. */
export interface Variant {
  readonly id: string;
  readonly size: string | null;
  /** Can be ordered now. */
  readonly inStock: boolean;
  readonly prices: readonly Price[];
}

/** What is recommended: a group of variants, or a product without a group. */
export interface CatalogueItem {
  readonly key: string;
  readonly brand: string | null;
  readonly category: string | null;
  /** On sale now; those that are gone stay known because people had them. */
  readonly variants: readonly Variant[];
  /** Milliseconds; 0 when unknown. */
  readonly addedAt: number;
  readonly backAt: number;
}

/** A workspace's catalogue in memory: without texts and pictures, which are read for what is shown. */
export interface Catalogue {
  /** Of the same catalogue always the same. */
  readonly version: string;
  readonly items: readonly CatalogueItem[];
  readonly byKey: ReadonlyMap<string, number>;
  /** Product → item, also of products that are gone. */
  readonly byProduct: ReadonlyMap<string, number>;
  /** Items of exactly this category. */
  readonly byCategory: ReadonlyMap<string, readonly number[]>;
  /** Items of which a variant came back into stock at some time. */
  readonly cameBack: readonly number[];
  readonly onSale: number;
  readonly inStock: number;
  /** Products on sale fell to less than half of what they were: those that left since are kept. */
  readonly alarm: string | null;
}

const pageSize = 5_000;
/** Below so many products a fall to the half is no sign of a bad feed. */
const fewProducts = 10;

/** What the last build took the catalogue for. */
export interface LastGood {
  readonly products: number;
  readonly builtAt: Date | null;
}

export async function catalogueVersion(
  pg: Pg,
  workspace: number,
): Promise<{ version: string; products: number; onSale: number }> {
  const row = await pg.row(readCatalogueVersion, { workspace });
  const parts = [row?.products, row?.on_sale, row?.changed_at?.getTime(), row?.priced_at?.getTime(), row?.prices];
  return { version: parts.join(' '), products: row?.products ?? 0, onSale: row?.on_sale ?? 0 };
}

/** Why the catalogue of today is not followed; null when it can be. */
export const alarmOf = (onSale: number, { products, builtAt }: LastGood): string | null =>
  builtAt !== null && products >= fewProducts && onSale * 2 < products
    ? `The catalogue fell from ${products} products to ${onSale}. A feed may have gone wrong: the products that left are kept until it is whole again, or until a build is started by hand, which takes it as it is.`
    : null;

/**
 * Reads the whole catalogue in pages. Texts that repeat (brands, categories, sites) are kept once. Items of a `former` one
 * keep their numbers, so that what is known by number stays true.
 */
export async function loadCatalogue(
  pg: Pg,
  workspace: number,
  lastGood: LastGood,
  former?: Catalogue,
): Promise<Catalogue> {
  const { version, onSale } = await catalogueVersion(pg, workspace);
  const alarm = alarmOf(onSale, lastGood);
  const builder = new CatalogueBuilder(alarm === null ? null : lastGood.builtAt, former);
  for (let after = ''; ; ) {
    const rows = await pg.rows(pageCatalogue, { workspace, after, limit: pageSize });
    for (const row of rows) builder.add(row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) break;
    after = last.product_id;
  }
  return builder.done(`${version} ${alarm === null ? '' : 'kept'}`, alarm);
}

type Row = PgRow<(typeof pageCatalogue)['row']>;
interface Growing {
  readonly key: string;
  brand: string | null;
  category: string | null;
  readonly variants: Variant[];
  addedAt: number;
  backAt: number;
}

class CatalogueBuilder {
  readonly #kept: Date | null;
  readonly #items: Growing[] = [];
  readonly #byKey = new Map<string, number>();
  readonly #byProduct = new Map<string, number>();
  readonly #texts = new Map<string, string>();

  /** `kept`: what left after this moment counts as on sale. */
  constructor(kept: Date | null, former?: Catalogue) {
    this.#kept = kept;
    for (const { key } of former?.items ?? []) this.#numberOf(key);
  }

  #numberOf(key: string): number {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const number = this.#items.length;
    this.#byKey.set(key, number);
    this.#items.push({ key, brand: null, category: null, variants: [], addedAt: 0, backAt: 0 });
    return number;
  }

  add(row: Row): void {
    const key = row.group_id === null || row.group_id === '' ? row.product_id : row.group_id;
    const number = this.#numberOf(key);
    this.#byProduct.set(row.product_id, number);
    const item = this.#items[number];
    if (item === undefined) return;
    item.brand ??= this.#once(row.brand);
    item.category ??= this.#once(row.category);
    const gone = row.removed_at !== null && (this.#kept === null || row.removed_at <= this.#kept);
    if (gone) return;
    item.addedAt = Math.max(item.addedAt, row.added_at?.getTime() ?? 0);
    item.backAt = Math.max(item.backAt, row.back_at?.getTime() ?? 0);
    item.variants.push({
      id: row.product_id,
      size: this.#once(row.size),
      inStock: row.availability !== 'out_of_stock',
      prices: row.prices.map((amount, index) => ({
        site: this.#once(row.sites[index] ?? '') ?? '',
        currency: this.#once(row.currencies[index] ?? '') ?? '',
        amount,
      })),
    });
  }

  done(version: string, alarm: string | null): Catalogue {
    const variants = this.#items.flatMap((item) => item.variants);
    const byCategory = new Map<string, number[]>();
    this.#items.forEach(({ category }, number) => {
      if (category === null) return;
      const own = byCategory.get(category);
      if (own === undefined) byCategory.set(category, [number]);
      else own.push(number);
    });
    return {
      version,
      items: this.#items,
      byKey: this.#byKey,
      byProduct: this.#byProduct,
      byCategory,
      cameBack: this.#items.flatMap(({ backAt }, number) => (backAt > 0 ? [number] : [])),
      onSale: variants.length,
      inStock: variants.filter(({ inStock }) => inStock).length,
      alarm,
    };
  }

  #once(text: string | null): string | null {
    if (text === null) return null;
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }
}
