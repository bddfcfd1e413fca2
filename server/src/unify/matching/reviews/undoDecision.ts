import { type Actor, recordAudit } from '../../../govern/index.ts';
import { Fault, type Pg } from '../../../platform/index.ts';
import { type MatchDeps, pairOf } from '../subject.ts';
import { subjectOf } from '../subjects.ts';
import type { ReviewRow } from './presentReviews.ts';
import { getReviewRow } from './readReview.ts';
import { listOpenAbout } from './sql/openReviews.pg.ts';
import { findStandingMerge, listVotes, lockReview, setReviewState, withdrawVotes } from './sql/reviews.pg.ts';

/**
 * Takes a decision back and opens the question again: a merge is undone exactly and without keeping the two apart, a mark
 * "not the same" goes, a merge that a check undid is made again. Throws `conflict` when there is nothing to take back.
 */
export async function undoDecision(
  deps: MatchDeps,
  input: { readonly workspace: number; readonly id: number; readonly actor: Actor },
): Promise<void> {
  const { workspace, id, actor } = input;
  const row = await getReviewRow(deps, workspace, id);
  const subject = subjectOf(row.kind);
  const check = row.reason === 'check';
  const reopen = async (tx: Pg, merge: number | null): Promise<void> => {
    await tx.row(lockReview, { workspace, id });
    const now = await getReviewRow({ pg: tx }, workspace, id);
    if (now.state !== row.state || !['merged', 'distinct', 'unsure', 'second'].includes(now.state)) throw nothing();
    await assertAlone(tx, workspace, row);
    const votes = await tx.rows(listVotes, { workspace, reviews: [id] });
    const last = votes.at(-1);
    if (row.state === 'distinct' && last !== undefined)
      await subject.allowAgain(tx, workspace, pairOf(row.left_id, row.right_id), last.at);
    await tx.run(withdrawVotes, { workspace, ids: votes.map((vote) => vote.id), at: deps.clock.now() });
    await tx.run(setReviewState, { workspace, id, state: 'open', closedAt: null, merge });
    await recordAudit(tx, deps, {
      workspaceId: workspace,
      actor,
      action: 'review.reopened',
      target: `review ${id}`,
      details: { kind: row.kind, was: row.state },
    });
  };
  const merge = row.merge_id;
  if (row.state === 'merged' && !check && merge !== null) {
    await subject.cut(
      deps,
      workspace,
      `${actor.kind}:${actor.id}`,
      (tx) => tx.rows(findStandingMerge, { workspace, kind: row.kind, id: merge }),
      (tx) => reopen(tx, null),
    );
  } else if (row.state === 'distinct' && check) {
    await mergeAgain(deps, workspace, row, reopen);
  } else {
    await deps.pg.transaction((tx) => reopen(tx, check ? merge : null));
  }
}

/** A check said "not the same" by mistake: the mark goes first, then the merge is made again. */
async function mergeAgain(
  deps: MatchDeps,
  workspace: number,
  row: ReviewRow,
  reopen: (tx: Pg, merge: number | null) => Promise<void>,
): Promise<void> {
  const subject = subjectOf(row.kind);
  await deps.pg.transaction((tx) => reopen(tx, row.merge_id));
  const wanted = {
    left: row.left_id,
    right: row.right_id,
    kind: 'probable' as const,
    run: row.run_id,
    evidence: {
      match: {
        run: row.run_id,
        model: row.model_version,
        left: row.left_id,
        right: row.right_id,
        weight: row.weight,
        householdWeight: row.household_weight,
        probability: row.probability,
      },
    },
    explicit: true,
  };
  await subject.join(deps, workspace, [wanted], async (tx, [outcome]) => {
    const made = outcome?.outcome === 'merged' ? outcome.merge : null;
    const state = made === null ? 'stale' : 'open';
    const closedAt = made === null ? deps.clock.now() : null;
    await tx.run(setReviewState, { workspace, id: row.id, state, closedAt, merge: made });
  });
}

/** Two open questions about one pair would be decided twice. */
async function assertAlone(tx: Pg, workspace: number, row: ReviewRow): Promise<void> {
  const open = await tx.rows(listOpenAbout, { workspace, kind: row.kind, records: [row.left_id] });
  const twin = open.find(
    (each) => each.left_id === row.left_id && each.right_id === row.right_id && each.id !== row.id,
  );
  if (twin !== undefined)
    throw new Fault('conflict', 'unify.review_asked_again', 'The same question is open again: decide that one.', {
      details: { review: twin.id },
    });
}

const nothing = (): Fault =>
  new Fault('conflict', 'unify.review_not_decided', 'Nobody has decided this, so there is nothing to take back.');
