/** What is written in one transaction. */
export interface Chunk<U> {
  readonly units: readonly U[];
  readonly bytesRead: number;
}

/** Gathers units into chunks of about `limit` by weight, leaving out the first `skip` units (done before). */
export async function* inChunks<U>(
  batches: AsyncIterable<{ units: readonly U[]; bytesRead: number }>,
  skip: number,
  limit: number,
  weigh: (unit: U) => number,
): AsyncIterable<Chunk<U>> {
  let units: U[] = [];
  let weight = 0;
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
      weight += weigh(unit);
      if (weight < limit) continue;
      yield { units, bytesRead };
      units = [];
      weight = 0;
    }
  }
  if (units.length > 0) yield { units, bytesRead: read };
}
