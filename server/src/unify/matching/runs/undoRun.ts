import { type Actor, recordAudit } from '../../../govern/index.ts';
import { Fault } from '../../../platform/index.ts';
import { closeUndoneChecks } from '../reviews/sql/openReviews.pg.ts';
import type { MatchDeps, MatchSubject } from '../subject.ts';
import { subjectOf } from '../subjects.ts';
import { savePolicy } from './sql/models.pg.ts';
import { beginUndo, endUndo, findRun, listUndoing } from './sql/runs.pg.ts';

/** Merges undone in one transaction. */
const chunk = 500;
/** Up to so many are undone before the request is answered. */
const atOnce = 5_000;

/**
 * Undoes everything a run has merged, exactly. What people decided stays, and what was merged by others. Automatic merging
 * is switched off, because the next comparison would find the same again: a person puts a model in force anew. Returns
 * false when there is so much that a job does the rest. Throws `not_found`, or `conflict` when there is nothing to undo.
 */
export async function undoRun(deps: MatchDeps, workspace: number, id: number, actor: Actor): Promise<boolean> {
  const run = await deps.pg.row(findRun, { workspace, id });
  if (run === null) throw new Fault('not_found', 'unify.run_not_found', 'There is no such run in this workspace.');
  const by = `${actor.kind}:${actor.id}`;
  await deps.pg.transaction(async (tx) => {
    if ((await tx.row(beginUndo, { workspace, id, at: deps.clock.now(), actor: by })) === null) {
      throw new Fault(
        'conflict',
        'unify.run_not_undoable',
        run.dry_run
          ? 'A dry run changes nothing: there is nothing to undo.'
          : `This run cannot be undone: it is ${run.state}.`,
      );
    }
    const off = { model: null, auto: null, review: null, automatic: false, twoPerson: null, checkedShare: null };
    await tx.run(savePolicy, { workspace, kind: run.kind, ...off });
    await recordAudit(tx, deps, {
      workspaceId: workspace,
      actor,
      action: 'matching.run_undone',
      target: `run ${id}`,
      details: { kind: run.kind, merges: run.merges },
    });
  });
  if (run.merges > atOnce) return false;
  await finishUndo(deps, subjectOf(run.kind), workspace, id, by, new AbortController().signal);
  return true;
}

/** Takes up undoing that a stop interrupted, or that was too much for a request. */
export async function finishUndoing(deps: MatchDeps, signal: AbortSignal): Promise<void> {
  for (const { workspace_id: workspace, id, undone_by } of await deps.pg.rows(listUndoing, {})) {
    const run = await deps.pg.row(findRun, { workspace, id });
    if (run === null || signal.aborted) continue;
    await finishUndo(deps, subjectOf(run.kind), workspace, id, undone_by ?? 'system:matching', signal);
  }
}

/** A chunk at a time, newest first; what is undone is undone once, however often this is repeated. */
async function finishUndo(
  deps: MatchDeps,
  subject: MatchSubject,
  workspace: number,
  id: number,
  actor: string,
  signal: AbortSignal,
): Promise<void> {
  for (let undone = chunk; undone === chunk; ) {
    if (signal.aborted) return;
    let ids: number[] = [];
    undone = await subject.cut(
      deps,
      workspace,
      actor,
      async (tx) => {
        const merges = await subject.standingMerges(tx, workspace, id, chunk);
        ids = merges.map((merge) => merge.id);
        return merges;
      },
      async (tx) => {
        const closing = { workspace, kind: subject.kind, merges: ids, at: deps.clock.now(), state: 'stale' };
        if (ids.length > 0) await tx.run(closeUndoneChecks, closing);
        if (ids.length < chunk) await tx.run(endUndo, { workspace, id });
      },
    );
  }
}
