import { availabilitySchema, type ProductSummary, productPriceSchema } from '@vitrail/contracts';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Pg, PgRow } from '../../../platform/index.ts';
import { readShownProducts } from '../sql/products.pg.ts';
import type { Catalogue } from './catalogue.ts';
import { gather } from './gather.ts';
import { readRating } from './rating.ts';

/** A product as an answer shows it. */
export interface ShownProduct {
  readonly summary: ProductSummary;
  /** Its page in the shop. */
  readonly link: string | null;
  readonly rating: { readonly average: number; readonly reviews: number } | null;
}

/** Products of one catalogue in memory: 30 MB. */
const mostShown = 20_000;
type Memory = LRUCache<string, ShownProduct>;

interface Asked {
  readonly workspace: number;
  readonly ids: readonly string[];
}

/**
 * Texts, pictures and prices of what is shown. Kept as long as the catalogue is the same; what several answers lack is read
 * together. One for each process.
 */
export class ShownProducts {
  readonly #pg: Pg;
  readonly #memories = new WeakMap<Catalogue, Memory>();
  readonly #ask = gather((asked: readonly Asked[]) => this.#readAll(asked));

  constructor(pg: Pg) {
    this.#pg = pg;
  }

  async find(
    workspace: number,
    catalogue: Catalogue,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, ShownProduct>> {
    const memory = this.#memories.get(catalogue) ?? new LRUCache<string, ShownProduct>({ max: mostShown });
    this.#memories.set(catalogue, memory);
    const found = new Map<string, ShownProduct>();
    const missing: string[] = [];
    for (const id of new Set(ids)) {
      const known = memory.get(id);
      if (known === undefined) missing.push(id);
      else found.set(id, known);
    }
    if (missing.length === 0) return found;
    const read = await this.#ask({ workspace, ids: missing });
    for (const id of missing) {
      const product = read.get(id);
      if (product === undefined) continue;
      memory.set(id, product);
      found.set(id, product);
    }
    return found;
  }

  async #readAll(asked: readonly Asked[]): Promise<ReadonlyMap<string, ShownProduct>[]> {
    const workspaces = [...new Set(asked.map(({ workspace }) => workspace))];
    const found = await Promise.all(
      workspaces.map(async (workspace) => {
        const ids = new Set(asked.flatMap((each) => (each.workspace === workspace ? each.ids : [])));
        const rows = await this.#pg.rows(readShownProducts, { workspace, ids: [...ids] });
        return [workspace, new Map(rows.map((row) => [row.product_id, toShown(row)]))] as const;
      }),
    );
    const byWorkspace = new Map(found);
    return asked.map(({ workspace }) => byWorkspace.get(workspace) ?? new Map<string, ShownProduct>());
  }
}

const prices = z.array(productPriceSchema);
const attributes = z.record(z.string(), z.unknown());

const toShown = (row: PgRow<(typeof readShownProducts)['row']>): ShownProduct => ({
  summary: {
    productId: row.product_id,
    groupId: row.group_id,
    title: row.title,
    brand: row.brand,
    category: row.category,
    imageLink: row.image_link,
    size: row.size,
    color: row.color,
    availability: availabilitySchema.parse(row.availability),
    stock: row.stock,
    prices: prices.parse(row.prices),
    updatedAt: row.updated_at.toISOString(),
    removedAt: row.removed_at?.toISOString() ?? null,
  },
  link: row.link,
  rating: readRating(attributes.parse(row.attributes)),
});
