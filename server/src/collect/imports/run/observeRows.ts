import type { RowSource } from '../read/rows.ts';
import { breather } from '../units/breathe.ts';
import type { Lease } from './lease.ts';

const tellEveryMs = 700;

/** A source whose reading is watched: it counts rows, tells how far it is, and stops when the import was cancelled. */
export function observeRows(source: RowSource, lease: Lease): RowSource & { rows(): number } {
  let rows = 0;
  return {
    columns: source.columns,
    rows: () => rows,
    async *batches() {
      rows = 0;
      let told = performance.now();
      for await (const batch of source.batches()) {
        lease.check();
        rows += batch.rows.length;
        if (performance.now() - told > tellEveryMs) {
          await lease.phase('checking', null, batch.bytesRead);
          told = performance.now();
        }
        yield batch;
      }
    },
  };
}

/**
 * Reads a file to its end before anything of it is imported: a quotation mark never closed, a cut gzip file or a bomb is
 * found while nothing is written yet. Costs a few per cent of an import. Returns the number of rows.
 */
export async function readThrough(source: RowSource, lease: Lease): Promise<number> {
  const observed = observeRows(source, lease);
  const breathe = breather();
  for await (const _ of observed.batches()) await breathe();
  return observed.rows();
}
