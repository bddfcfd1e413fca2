import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { type Deps, isJsonObject, type Json, type JsonObject, objectOf, type PgRow } from '../../../platform/index.ts';
import { readAnyProducts, readMessageProducts } from '../sql/products.pg.ts';
import type { HouseSite } from './house.ts';

type Row = PgRow<typeof readMessageProducts.row>;

const prices = z.array(
  z.object({ site: z.string(), currency: z.string(), price: z.number(), sale: z.number().nullable() }),
);

export interface CatalogueProduct {
  readonly row: Row;
  readonly prices: z.infer<typeof prices>;
}

const freshMs = 30_000;
const mostKnown = 20_000;

/** Products as messages show them, remembered for half a minute: the same few stand in most mails of a campaign. */
export class MessageProducts {
  readonly #deps: Pick<Deps, 'pg'>;
  readonly #known = new LRUCache<string, CatalogueProduct | 'none'>({ max: mostKnown, ttl: freshMs });
  readonly #any = new LRUCache<number, readonly CatalogueProduct[]>({ max: 100, ttl: freshMs });

  constructor(deps: Pick<Deps, 'pg'>) {
    this.#deps = deps;
  }

  async get(workspace: number, ids: Iterable<string>): Promise<ReadonlyMap<string, CatalogueProduct>> {
    const found = new Map<string, CatalogueProduct>();
    const missing: string[] = [];
    for (const id of new Set(ids)) {
      const known = this.#known.get(`${workspace} ${id}`);
      if (known === undefined) missing.push(id);
      else if (known !== 'none') found.set(id, known);
    }
    if (missing.length === 0) return found;
    for (const row of await this.#deps.pg.rows(readMessageProducts, { workspace, ids: missing })) {
      found.set(row.product_id, { row, prices: prices.parse(row.prices) });
    }
    for (const id of missing) this.#known.set(`${workspace} ${id}`, found.get(id) ?? 'none');
    return found;
  }

  /** Something to show where nothing is known. */
  async any(workspace: number, limit: number): Promise<readonly CatalogueProduct[]> {
    const known = this.#any.get(workspace);
    if (known !== undefined) return known;
    const rows = await this.#deps.pg.rows(readAnyProducts, { workspace, limit });
    const read = rows.map((row) => ({ row, prices: prices.parse(row.prices) }));
    this.#any.set(workspace, read);
    return read;
  }
}

/** What a product looks like in Liquid; `said`: what the event knew, which counts where the catalogue knows nothing. */
export function showProduct(
  product: CatalogueProduct | undefined,
  { site, currency, said = {} }: { site: HouseSite | null; currency: string; said?: JsonObject },
): JsonObject {
  const offered = product === undefined ? null : priceFor(product, { site, currency });
  const price = offered?.sale ?? offered?.price ?? numberIn(said.price);
  const row = product?.row;
  return {
    ...said,
    id: row?.product_id ?? textIn(said.product_id),
    title: row?.title ?? textIn(said.name) ?? textIn(said.title),
    brand: row?.brand ?? textIn(said.brand),
    category: row?.category ?? textIn(said.category),
    url: row?.link ?? textIn(said.url),
    image: row?.image_link ?? textIn(said.image_url),
    size: row?.size ?? textIn(said.size),
    color: row?.color ?? textIn(said.color),
    in_stock: row === undefined ? null : row.availability === 'in_stock' && !row.removed,
    price,
    old_price: offered !== null && offered.sale !== null && offered.sale < offered.price ? offered.price : null,
    currency: offered?.currency ?? textIn(said.currency) ?? currency,
    quantity: numberIn(said.quantity) ?? 1,
  };
}

/** Of the site, then of all sites, then any; in the currency of the shop before another. */
function priceFor(
  { prices: offers }: CatalogueProduct,
  { site, currency }: { site: HouseSite | null; currency: string },
) {
  const wanted = site?.currency ?? currency;
  const rank = (offer: (typeof offers)[number]): number =>
    (site !== null && offer.site === site.name ? 4 : offer.site === '' ? 2 : 0) + (offer.currency === wanted ? 3 : 0);
  let best: (typeof offers)[number] | null = null;
  for (const offer of offers) if (best === null || rank(offer) > rank(best)) best = offer;
  return best;
}

const textIn = (value: Json | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);
function numberIn(value: Json | undefined): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

const idOf = (item: JsonObject): string | null => {
  const id = item.product_id ?? item.sku ?? item.id;
  return typeof id === 'number' ? String(id) : textIn(id);
};

/** Products that caused a message: of its event's cart, its one product, or `products` a caller gave. */
export function productsSaid(variables: JsonObject): readonly { id: string | null; said: JsonObject }[] {
  const properties = objectOf(objectOf(variables.event).properties);
  const given = [variables.products, properties.products].find((list) => Array.isArray(list) && list.length > 0);
  const list: readonly Json[] = Array.isArray(given) ? given : idOf(properties) === null ? [] : [properties];
  return list.slice(0, 50).flatMap((item) => {
    if (typeof item === 'string') return [{ id: item, said: { product_id: item } }];
    return isJsonObject(item) ? [{ id: idOf(item), said: item }] : [];
  });
}
