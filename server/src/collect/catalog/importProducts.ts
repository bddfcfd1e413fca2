import type { Deps, Pg } from '../../platform/index.ts';
import type { Product } from './product.ts';
import {
  forgetSeen,
  lockCatalog,
  markSeen,
  removeAbsent,
  upsertPrices,
  upsertProducts,
} from './sql/importProducts.pg.ts';

export interface ProductImport {
  readonly workspaceId: number;
  /** Id of the import: what it has named so far is kept under it, so that a resumed import goes on. */
  readonly runId: string;
  /** Site of rows that name none; '' when the feed belongs to no site. */
  readonly site: string;
  /** The feed holds everything that is sold there: what it does not name is removed at the end. */
  readonly full: boolean;
}

interface ProductsApplied {
  /** Products or prices written because something about them differed. */
  readonly written: number;
  /** Changes told: added, back in stock, out of stock, price drops and rises. */
  readonly changes: number;
  /** Positions of rows whose product the feed had named before (for the same site): the first one counts. */
  readonly duplicates: readonly number[];
}

export interface ProductImporter {
  /**
   * Writes one batch inside the caller's transaction; a few thousand rows at most. `refused` are ids of rows that could
   * not be read: their products are not taken for absent. The same rows again write nothing.
   */
  apply(tx: Pg, products: readonly Product[], refused?: readonly string[]): Promise<ProductsApplied>;
  /** Ends the feed: removes what a full one did not name (never when it named nothing at all). */
  finish(tx: Pg): Promise<{ removed: number }>;
}

const keyOf = (productId: string, site: string) => JSON.stringify([productId, site]);

/** First rows of a product and site in this run, and among them the first of their product. */
function pickFirst(products: readonly Product[], site: string, fresh: ReadonlyMap<string, boolean>) {
  const priced: { product: Product; site: string }[] = [];
  const described = new Map<string, Product>();
  const duplicates: number[] = [];
  const taken = new Set<string>();
  for (const [position, product] of products.entries()) {
    const own = product.site ?? site;
    const key = keyOf(product.productId, own);
    const known = fresh.get(key);
    if (known === undefined || taken.has(key)) {
      duplicates.push(position);
      continue;
    }
    taken.add(key);
    priced.push({ product, site: own });
    if (!known && !described.has(product.productId)) described.set(product.productId, product);
  }
  return { priced, described: [...described.values()], duplicates };
}

/** Writes products of one feed or file, batch by batch. Changes are told by comparing with what is stored, in SQL. */
export function createProductImporter(deps: Pick<Deps, 'clock'>, run: ProductImport): ProductImporter {
  const { workspaceId: workspace, runId, site, full } = run;
  return {
    async apply(tx, products, refused = []) {
      await tx.row(lockCatalog, { workspace });
      const at = deps.clock.now();
      const seen = await tx.rows(markSeen, {
        workspace,
        run: runId,
        ids: [...products.map(({ productId }) => productId), ...refused],
        sites: [...products.map((product) => product.site ?? site), ...refused.map(() => site)],
      });
      const fresh = new Map(seen.map((row) => [keyOf(row.productId, row.site), row.known]));
      const { priced, described, duplicates } = pickFirst(products, site, fresh);
      const content = await tx.row(upsertProducts, {
        workspace,
        at,
        keep: !full,
        ids: described.map(({ productId }) => productId),
        groupIds: described.map(({ groupId }) => groupId),
        titles: described.map(({ title }) => title),
        descriptions: described.map(({ description }) => description),
        brands: described.map(({ brand }) => brand),
        categories: described.map(({ category }) => category),
        links: described.map(({ link }) => link),
        imageLinks: described.map(({ imageLink }) => imageLink),
        gtins: described.map(({ gtin }) => gtin),
        sizes: described.map(({ size }) => size),
        colors: described.map(({ color }) => color),
        availabilities: described.map(({ availability }) => availability),
        stocks: described.map(({ stock }) => stock),
        attributes: described.map(({ attributes }) => attributes),
      });
      const prices = priced.flatMap(({ product: { productId, price }, site: own }) =>
        price === null ? [] : [{ ...price, productId, site: own }],
      );
      const money = await tx.row(upsertPrices, {
        workspace,
        at,
        ids: prices.map(({ productId }) => productId),
        sites: prices.map(({ site: own }) => own),
        currencies: prices.map(({ currency }) => currency),
        prices: prices.map(({ amount }) => amount),
        salePrices: prices.map(({ sale }) => sale),
      });
      return {
        written: (content?.written ?? 0) + (money?.written ?? 0),
        changes: (content?.changes ?? 0) + (money?.changes ?? 0),
        duplicates,
      };
    },
    async finish(tx) {
      await tx.row(lockCatalog, { workspace });
      const ended = full ? await tx.row(removeAbsent, { workspace, run: runId, site, at: deps.clock.now() }) : null;
      await tx.run(forgetSeen, { workspace, run: runId });
      return { removed: ended?.removed ?? 0 };
    },
  };
}
