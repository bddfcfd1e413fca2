import type { Deps } from '../../platform/index.ts';
import { findProductCopy } from './sql/products.ch.ts';
import { markCatalogue, pageProductLines } from './sql/products.pg.ts';

/** Products copied by one insert. */
const pageSize = 5_000;

/**
 * Brings ClickHouse's copy of the catalogue up to what PostgreSQL has: nothing is copied while nothing changed, and what
 * nobody asks about costs nothing. A copy that was cut off is recognised by its number of products and made again; two at
 * the same moment write the same rows.
 */
export async function copyProducts(
  deps: Pick<Deps, 'pg' | 'ch' | 'clock'>,
  workspace: number,
  signal: AbortSignal,
): Promise<void> {
  const catalogue = await deps.pg.row(markCatalogue, { workspace });
  if (catalogue === null || catalogue.products === 0) return;
  const { products, mark } = catalogue;
  const [copy] = await deps.ch.rows(findProductCopy, { workspace }, { signal });
  if (copy?.products === products && copy.mark === mark) return;
  // A clock that was set back must not make a copy older than the one there is.
  const version = Math.max(deps.clock.now().getTime(), (copy?.version ?? 0) + 1);
  for (let after = ''; ; ) {
    signal.throwIfAborted();
    const rows = await deps.pg.rows(pageProductLines, { workspace, after, limit: pageSize, version, mark });
    const last = rows.at(-1);
    if (last === undefined) return;
    const lines = Buffer.from(rows.map(({ line }) => line).join('\n'));
    await deps.ch.insert('products', lines, { token: `products-${workspace}-${version}-${last.product_id}` });
    after = last.product_id;
  }
}
