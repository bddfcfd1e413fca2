import type { Shipment } from '../../collect/index.ts';
import type { Pg } from '../../platform/index.ts';
import { shipRoots } from '../resolveProfiles.ts';
import { cutEdges, markMergesUndone, restandRows } from './sql/joinCustomers.pg.ts';

/**
 * Undoes many merges at once, exactly: each row stands where it would stand had they never been made. Merges made since
 * by others stay on the side they were made on. Call inside `Pipeline.change`.
 */
export async function cutMerges(
  tx: Pg,
  input: {
    readonly workspace: number;
    readonly version: number;
    readonly at: Date;
    readonly actor: string;
    readonly merges: readonly { readonly id: number; readonly loser_id: number }[];
  },
): Promise<{ shipments: Shipment[]; changed: number[] }> {
  const { workspace, version, merges } = input;
  await tx.run(markMergesUndone, { workspace, ids: merges.map(({ id }) => id), at: input.at, actor: input.actor });
  const cut = await tx.rows(cutEdges, {
    workspace,
    losers: merges.map(({ loser_id }) => loser_id),
    merges: merges.map(({ id }) => id),
  });
  const roots = [...new Set(cut.map(({ root_id }) => root_id))];
  const moved = await tx.rows(restandRows, { workspace, roots });
  const rows = moved.map(({ id, root_id }) => ({ id, rootId: root_id }));
  return {
    shipments: [shipRoots(workspace, version, rows)],
    changed: [...new Set([...roots, ...rows.map(({ id }) => id)])],
  };
}
