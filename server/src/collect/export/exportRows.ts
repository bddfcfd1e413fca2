import type { ExportFormat } from '@vitrail/contracts';
import type { ExportColumn } from './exportColumns.ts';
import { writeNdjson } from './writeNdjson.ts';
import { writeParquet } from './writeParquet.ts';

/**
 * A table of any size as a file in pieces. `batches` is read as fast as the pieces are taken, so memory stays bounded
 * whoever is slow. Throws what `batches` throws: the file is then incomplete and must not be taken for whole.
 */
export function exportRows<Row>(
  batches: AsyncIterable<readonly Row[]>,
  columns: readonly ExportColumn<Row>[],
  format: ExportFormat,
): AsyncIterable<Uint8Array> {
  return format === 'parquet' ? writeParquet(batches, columns) : writeNdjson(batches, columns);
}

/**
 * Batches from a keyset-paged query: `page` is given the last row of the page before, or null, and answers the following
 * rows. Ends with the first empty page. Each row is seen once; one added behind the position while reading may be missed.
 */
export async function* readPages<Row>(
  page: (last: Row | null) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[]> {
  for (let last: Row | null = null; ; ) {
    const rows: readonly Row[] = await page(last);
    if (rows.length === 0) return;
    yield rows;
    last = rows.at(-1) ?? null;
  }
}
