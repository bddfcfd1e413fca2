import type { Pipeline } from '../../collect/index.ts';
import { type Actor, recordAudit } from '../../govern/index.ts';
import { type Deps, Fault } from '../../platform/index.ts';
import { closeUndoneChecks } from '../matching/reviews/sql/openReviews.pg.ts';
import { shipRoots } from '../resolveProfiles.ts';
import { cutMerge, findMerge, keepApart, markUndone } from './sql/merges.pg.ts';

/**
 * Undoes a merge exactly: both people have their own identifiers, traits, orders and events again, those that arrived
 * since the merge included, and are never joined by the machine again. Merges made after it stay on the side they were
 * made on. Throws `not_found`, or `conflict` when it was undone before.
 */
export async function undoMerge(
  deps: Pick<Deps, 'clock'> & { pipeline: Pick<Pipeline, 'change'> },
  input: { workspace: number; merge: number; actor: Actor },
): Promise<{ winnerId: number; loserId: number }> {
  const { workspace, merge: id, actor } = input;
  let undone: { winnerId: number; loserId: number } | null = null;
  await deps.pipeline.change(workspace, async (tx, version) => {
    const merge = await tx.row(findMerge, { workspace, id });
    if (merge === null)
      throw new Fault('not_found', 'unify.merge_not_found', 'There is no such merge in this workspace.');
    if (merge.undone_at !== null) {
      throw new Fault('conflict', 'unify.merge_undone', 'This merge was undone before; both people are apart already.');
    }
    const at = deps.clock.now();
    const moved = await tx.rows(cutMerge, { workspace, loser: merge.loser_id });
    await tx.run(markUndone, { workspace, id, at, actor: `${actor.kind}:${actor.id}` });
    const [low, high] = [merge.winner_id, merge.loser_id].toSorted((a, b) => a - b);
    await tx.run(keepApart, { workspace, low: low ?? 0, high: high ?? 0, at, actor: `${actor.kind}:${actor.id}` });
    // Whoever undoes a merge that was to be checked has answered the question.
    await tx.run(closeUndoneChecks, { workspace, kind: 'people', merges: [id], at, state: 'distinct' });
    await recordAudit(tx, deps, {
      workspaceId: workspace,
      actor,
      action: 'merge.undone',
      target: `merge ${id}`,
      details: { profiles: moved.length },
    });
    undone = { winnerId: merge.winner_id, loserId: merge.loser_id };
    const roots = moved.map((row) => ({ id: row.id, rootId: row.root_id }));
    return {
      shipments: [shipRoots(workspace, version, roots)],
      changed: [merge.winner_id, ...roots.map(({ id }) => id)],
    };
  });
  if (undone === null) throw new Error('a change that committed has run');
  return undone;
}
