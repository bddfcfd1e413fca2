import type { Deps, Pg } from '../../../platform/index.ts';
import { createProductImporter } from '../../catalog/index.ts';
import { openRows } from '../read/openRows.ts';
import { type ProductUnit, readFeedUnits, readProducts } from '../units/readProducts.ts';
import { type Chunk, inChunks } from './chunks.ts';
import type { ImportTask } from './importEvents.ts';
import type { Lease } from './lease.ts';
import { readThrough } from './observeRows.ts';
import { countProducts, type Progress } from './progress.ts';
import { createPace, writeProgress } from './writeProgress.ts';

const chunkProducts = 2_000;

/**
 * Brings the rows of a file into the catalogue, chunk by chunk, each with the import's new position. `finish` ends the
 * feed (and removes what a full one left out) in the transaction that ends the import.
 */
export async function importProducts(
  deps: Pick<Deps, 'pg' | 'clock'>,
  task: ImportTask<'products'>,
  lease: Lease,
  finish: (tx: Pg) => Promise<void>,
): Promise<void> {
  const { settings, path, createdAt } = task;
  const feed = settings.format === 'product-feed';
  const source = feed ? null : await openRows(path, settings, 'products');
  if (source !== null && !task.checked) await lease.phase('importing', await readThrough(source, lease), 0);
  else await lease.phase('importing', null, 0);
  const units = source === null ? readFeedUnits(path, settings, createdAt) : readProducts(source, settings, createdAt);
  const importer = createProductImporter(deps, {
    workspaceId: task.workspaceId,
    runId: lease.id,
    site: settings.site ?? '',
    full: settings.fullFeed ?? false,
  });

  let { progress } = task;
  const pace = createPace();
  const bring = async (chunk: Chunk<ProductUnit>): Promise<Progress> =>
    deps.pg.transaction(async (tx) => {
      const products = chunk.units.flatMap(({ product }) => (product === null ? [] : [product]));
      const refused = chunk.units.flatMap(({ refusedId }) => (refusedId === null ? [] : [refusedId]));
      const { duplicates } = await importer.apply(tx, products, refused);
      const { after, rejects } = countProducts(progress, chunk.units, duplicates.length);
      const rate = pace(after.rows - progress.rows);
      await writeProgress(tx, lease, progress.position, after, rejects, { bytesRead: chunk.bytesRead, rate });
      return after;
    });
  for await (const chunk of inChunks(units, progress.position, chunkProducts, () => 1)) {
    lease.check();
    progress = await bring(chunk);
  }
  await deps.pg.transaction(async (tx) => {
    await importer.finish(tx);
    await finish(tx);
  });
}
