import type { MatchExplanation, ReviewDetail } from '@vitrail/contracts';
import { Fault, type Pg } from '../../../platform/index.ts';
import { getModel, loadPolicy } from '../runs/policy.ts';
import { spaceOf } from '../space.ts';
import type { MatchDeps } from '../subject.ts';
import { subjectOf } from '../subjects.ts';
import { compareFields } from './compareFields.ts';
import { presentReviews, type ReviewRow, readMembers, sidesOf } from './presentReviews.ts';
import { describeMatch } from './sentence.ts';
import { findNextReview, findReview, listComments } from './sql/reviews.pg.ts';

const undoable: ReadonlySet<string> = new Set(['merged', 'distinct', 'unsure', 'second']);

export async function getReviewRow(deps: { readonly pg: Pg }, workspace: number, id: number): Promise<ReviewRow> {
  const row = await deps.pg.row(findReview, { workspace, id });
  if (row === null)
    throw new Fault('not_found', 'unify.review_not_found', 'There is no such question in this workspace.');
  return row;
}

/** All that somebody needs to decide: both records, why they may be one, and what a merge would change. */
export async function readReview(
  deps: MatchDeps,
  workspace: number,
  id: number,
  options: { readonly masked: boolean },
): Promise<ReviewDetail> {
  const row = await getReviewRow(deps, workspace, id);
  const subject = subjectOf(row.kind);
  const sides = sidesOf(row);
  const [[review], consequences, records, explanation, comments, next] = await Promise.all([
    presentReviews(deps, workspace, [row]),
    subject.consequences(deps, workspace, sides),
    subject.recordsOf(deps.pg, workspace, sides),
    options.masked ? null : explain(deps, workspace, row),
    deps.pg.rows(listComments, { workspace, review: id }),
    deps.pg.row(findNextReview, { workspace, kind: row.kind, priority: row.priority, id }),
  ]);
  if (review === undefined) throw new Error('a review that was found can be presented');
  const memberOf = await readMembers(
    deps,
    comments.map(({ actor }) => actor),
  );
  const fields = compareFields(records[0] ?? {}, records[1] ?? {}, subject.fields);
  return {
    ...review,
    ...consequences,
    fields,
    explanation,
    sentence: describeMatch(fields, explanation, { household: consequences.household, veto: row.veto }),
    stale: row.state === 'stale',
    discussion: comments.map(({ id: comment, actor, text, at }) => ({
      id: comment,
      by: memberOf(actor),
      at: at.toISOString(),
      text,
    })),
    merge: row.merge_id,
    canUndo: undoable.has(row.state),
    next: next?.id ?? null,
  };
}

/** The sum behind the probability, as long as both records are compared by the model that asked. */
async function explain(deps: MatchDeps, workspace: number, row: ReviewRow): Promise<MatchExplanation | null> {
  const { kind } = subjectOf(row.kind);
  const policy = await loadPolicy(deps.pg, workspace, kind);
  if (row.reason === 'check' || row.state === 'merged' || policy.model !== row.model_version) return null;
  const model = await getModel(deps.pg, workspace, kind, row.model_version);
  return deps.engine.explainPair(spaceOf(deps, workspace, kind, false), model, row.left_id, row.right_id);
}
