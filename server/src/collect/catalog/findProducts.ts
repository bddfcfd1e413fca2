import type { CatalogProduct, ProductChange, ProductSort, ProductSummary } from '@vitrail/contracts';
import { availabilitySchema, productChangeKindSchema, productPriceSchema } from '@vitrail/contracts';
import { z } from 'zod';
import { decodeCursor, encodeCursor, type Pg, type PgParams, type PgRow } from '../../platform/index.ts';
import { listVariants, pageProductChanges, pageProducts, searchProducts, selectProduct } from './sql/products.pg.ts';
import { sortedProducts } from './sql/sortedProducts.pg.ts';

export interface ProductSearch {
  readonly q?: string | undefined;
  readonly brand?: string | undefined;
  readonly category?: string | undefined;
  readonly availability?: string | undefined;
  readonly removed: boolean;
  readonly sort?: ProductSort | undefined;
  readonly order?: 'asc' | 'desc' | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const prices = z.array(productPriceSchema);

function toSummary(row: PgRow<(typeof pageProducts)['row']>): ProductSummary {
  return {
    productId: row.productId,
    groupId: row.groupId,
    title: row.title,
    brand: row.brand,
    category: row.category,
    imageLink: row.imageLink,
    size: row.size,
    color: row.color,
    availability: availabilitySchema.parse(row.availability),
    stock: row.stock,
    prices: prices.parse(row.prices),
    updatedAt: row.updatedAt.toISOString(),
    removedAt: row.removedAt?.toISOString() ?? null,
  };
}

const toChange = (row: PgRow<(typeof pageProductChanges)['row']>): ProductChange => ({
  productId: row.productId,
  kind: productChangeKindSchema.parse(row.kind),
  site: row.site,
  currency: row.currency,
  before: row.before,
  after: row.after,
  at: row.at.toISOString(),
});

const toPattern = (word: string | undefined): string =>
  word === undefined ? '%' : `%${word.replace(/[\\%_]/g, '\\$&')}%`;

/** A page of the catalogue: by id, or with `q` the closest first. */
export async function findProducts(pg: Pg, workspaceId: number, search: ProductSearch) {
  const { q = '', cursor, limit } = search;
  const filters = {
    workspace: workspaceId,
    brand: search.brand ?? null,
    category: search.category ?? null,
    availability: search.availability ?? null,
    removed: search.removed,
    limit,
  };
  // The longest words say the most.
  const words = q.split(/\s+/).filter((word) => word !== '');
  const [first, second, third] = words.toSorted((a, b) => b.length - a.length);
  const patterns = { first: toPattern(first), second: toPattern(second), third: toPattern(third) };
  if (search.sort !== undefined)
    return listSorted(pg, { ...filters, ...patterns }, { sort: search.sort, order: search.order ?? 'asc', cursor });
  if (words.length === 0) {
    const [after] = cursor === undefined ? [''] : decodeCursor(cursor, z.tuple([z.string()]));
    const rows = await pg.rows(pageProducts, { ...filters, after });
    const last = rows.length === limit ? rows.at(-1) : undefined;
    return { items: rows.map(toSummary), next: last === undefined ? null : encodeCursor([last.productId]) };
  }
  const [afterScore, afterId] =
    cursor === undefined ? [null, ''] : decodeCursor(cursor, z.tuple([z.number(), z.string()]));
  const rows = await pg.rows(searchProducts, {
    ...filters,
    words: q,
    ...patterns,
    afterScore,
    afterId,
  });
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return { items: rows.map(toSummary), next: last === undefined ? null : encodeCursor([last.score, last.productId]) };
}

const sortedKeys: Readonly<Record<ProductSort, z.ZodString>> = {
  title: z.string().max(10_000),
  brand: z.string().max(2_000),
  category: z.string().max(2_000),
  price: z.string().regex(/^-?\d{1,15}(\.\d{1,4})?$/),
  stock: z.string().regex(/^-?\d{1,10}$/),
  updated: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
};

/** A page in the order of a column. A cursor of another column or direction is refused. */
async function listSorted(
  pg: Pg,
  filters: Omit<PgParams<(typeof sortedProducts)['title']['asc']['params']>, 'phase' | 'key' | 'after'>,
  { sort, order, cursor }: { sort: ProductSort; order: 'asc' | 'desc'; cursor: string | undefined },
) {
  const [, , after = '', key = null] =
    cursor === undefined
      ? []
      : decodeCursor(
          cursor,
          z.union([
            z.tuple([z.literal(sort), z.literal(order), z.string(), sortedKeys[sort]]),
            z.tuple([z.literal(sort), z.literal(order), z.string()]),
          ]),
        );
  const phase = cursor === undefined ? 'start' : key === null ? 'missing' : 'valued';
  const rows = await pg.rows(sortedProducts[sort][order], { ...filters, phase, key, after });
  const last = rows.length === filters.limit ? rows.at(-1) : undefined;
  return {
    items: rows.map(toSummary),
    next:
      last === undefined ? null : encodeCursor([sort, order, last.productId, ...(last.key === null ? [] : [last.key])]),
  };
}

/** One product with its variants, prices and last changes, or null. */
export async function findProduct(pg: Pg, workspaceId: number, id: string): Promise<CatalogProduct | null> {
  const row = await pg.row(selectProduct, { workspace: workspaceId, id });
  if (row === null) return null;
  const [variants, changes] = await Promise.all([
    row.groupId === null ? [] : pg.rows(listVariants, { workspace: workspaceId, group: row.groupId, except: id }),
    pageChanges(pg, workspaceId, id, { limit: 20 }),
  ]);
  return {
    ...toSummary(row),
    description: row.description,
    link: row.link,
    gtin: row.gtin,
    attributes: z.record(z.string(), z.unknown()).parse(row.attributes),
    variants: variants.map(toSummary),
    changes: changes.items,
  };
}

/** What changed about a product, newest first. */
export async function pageChanges(
  pg: Pg,
  workspaceId: number,
  id: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
) {
  const [beforeAt, beforeId] =
    cursor === undefined ? [null, 0] : decodeCursor(cursor, z.tuple([z.iso.datetime(), z.number().int()]));
  const rows = await pg.rows(pageProductChanges, {
    workspace: workspaceId,
    id,
    beforeAt: beforeAt === null ? null : new Date(beforeAt),
    beforeId,
    limit,
  });
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return {
    items: rows.map(toChange),
    next: last === undefined ? null : encodeCursor([last.at.toISOString(), last.id]),
  };
}
