import type { Unit } from '../units/unit.ts';

export interface Chunk<U> {
  readonly units: readonly U[];
  readonly bytesRead: number;
}

/** Records resolved in one transaction: as many as the pipeline takes at once. */
const chunkRecords = 4_000;

/**
 * Gathers units into chunks of one transaction each, leaving out the first `skip` (done before). The limits count
 * records and rows, so that orders of many lines do not make a chunk heavy.
 */
export async function* inChunks<U extends Pick<Unit, 'events' | 'rows' | 'rejects'>>(
  batches: AsyncIterable<{ units: readonly U[]; bytesRead: number }>,
  skip: number,
): AsyncIterable<Chunk<U>> {
  let units: U[] = [];
  let records = 0;
  let rows = 0;
  let left = skip;
  let read = 0;
  for await (const { units: found, bytesRead } of batches) {
    read = bytesRead;
    for (const unit of found) {
      if (left > 0) {
        left--;
        continue;
      }
      units.push(unit);
      records += unit.events.length;
      rows += unit.rows.length + unit.rejects.length;
      if (records < chunkRecords && rows < 4 * chunkRecords) continue;
      yield { units, bytesRead };
      units = [];
      records = 0;
      rows = 0;
    }
  }
  if (units.length > 0) yield { units, bytesRead: read };
}
