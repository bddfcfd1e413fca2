import type { Clock, Pg } from '../../platform/index.ts';
import { Counts } from './counts.ts';
import { toPayload } from './payload.ts';
import { readRequest } from './readRequest.ts';
import { openBatch, type ResolvedBatch, storeShipments } from './resolveBatch.ts';
import { readRequests, removeRequests } from './sql/batches.pg.ts';
import { writeDropRow } from './writeDropRow.ts';

/**
 * Takes the oldest request out of the way of all that come after it, because resolving it fails again and again for a
 * reason that waiting does not heal. Its records are kept whole among the drops, to be replayed once the fault is mended.
 */
export async function quarantineRequest(
  tx: Pg,
  clock: Clock,
  workspaceId: number,
  cause: string,
): Promise<ResolvedBatch | null> {
  const [row] = await tx.rows(readRequests, { workspace: workspaceId, events: 1, except: [] });
  if (row === undefined) return null;
  await tx.run(removeRequests, { workspace: workspaceId, ids: [row.id] });
  const at = clock.now();
  const records = readRequest(row);
  const batchId = await openBatch(tx, workspaceId, records.length);
  const counts = new Counts(at);
  const rows = records.map((record, position) => {
    counts.add(row.source_id, 'dropped', 'failed');
    return writeDropRow({ workspaceId, batchId, position, at, reason: 'failed', detail: cause, record });
  });
  const shipments = [{ table: 'drops', rows: rows.length, payload: toPayload(rows) }];
  await storeShipments(tx, batchId, shipments);
  await counts.write(tx, workspaceId);
  return {
    id: batchId,
    workspaceId,
    events: records.length,
    shipments,
    outcomes: [],
    live: [],
    touched: [],
    changed: [],
  };
}
