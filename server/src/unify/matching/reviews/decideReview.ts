import type { Decision } from '@vitrail/contracts';
import { type Actor, recordAudit } from '../../../govern/index.ts';
import { Fault, type Pg } from '../../../platform/index.ts';
import type { MergeOutcome } from '../../merges/joinCustomers.ts';
import { loadPolicy } from '../runs/policy.ts';
import { type MatchDeps, pairOf } from '../subject.ts';
import { subjectOf } from '../subjects.ts';
import type { ReviewRow } from './presentReviews.ts';
import { getReviewRow } from './readReview.ts';
import { findStandingMerge, insertVote, listVotes, lockReview, setReviewState } from './sql/reviews.pg.ts';

interface Deciding {
  readonly workspace: number;
  readonly id: number;
  readonly actor: Actor;
  readonly decision: Decision;
  readonly note: string | null;
}

/**
 * Carries out what a person decided about two records: one customer (merged at once, limits or not), two (kept apart for
 * ever: no run and no identifier joins them again), or not sure. Of a check, "distinct" undoes the merge. Under the two-person
 * rule the first "merge" waits for a second person. Throws `not_found`, `conflict` when it was decided meanwhile.
 */
export async function decideReview(deps: MatchDeps, input: Deciding): Promise<void> {
  const row = await getReviewRow(deps, input.workspace, input.id);
  assertOpen(row);
  const { twoPerson } = await loadPolicy(deps.pg, input.workspace, subjectOf(row.kind).kind);
  if (input.decision === 'merge' && twoPerson && row.reason !== 'check' && !(await hasSecond(deps.pg, row, input))) {
    await deps.pg.transaction(async (tx) => {
      await lockOpen(tx, input);
      await vote(deps, tx, input);
      await close(tx, input, 'second', null, null);
      await audit(deps, tx, input, row, 'second');
    });
    return;
  }
  if (input.decision === 'merge') await decideSame(deps, row, input);
  else if (input.decision === 'distinct') await decideDistinct(deps, row, input);
  else
    await deps.pg.transaction(async (tx) => {
      await lockOpen(tx, input);
      await vote(deps, tx, input);
      await close(tx, input, 'unsure', deps.clock.now(), row.merge_id);
      await audit(deps, tx, input, row, 'unsure');
    });
}

/** Whether another person has said "merge" before. Throws when it was the same person, or a key. */
async function hasSecond(pg: Pg, row: ReviewRow, { workspace, id, actor }: Deciding): Promise<boolean> {
  if (actor.kind !== 'user')
    throw new Fault(
      'forbidden',
      'unify.person_needed',
      'Merging takes two people in this workspace; an API key is not one. Sign in to decide.',
    );
  if (row.state !== 'second') return false;
  const votes = await pg.rows(listVotes, { workspace, reviews: [id] });
  const others = votes.filter((each) => each.decision === 'merge' && each.actor !== `user:${actor.id}`);
  if (others.length === 0)
    throw new Fault(
      'conflict',
      'unify.second_person_needed',
      'You have said that these are one person; somebody else must agree before they are merged.',
    );
  return true;
}

async function decideSame(deps: MatchDeps, row: ReviewRow, input: Deciding): Promise<void> {
  const { workspace, id } = input;
  const subject = subjectOf(row.kind);
  if (row.reason === 'check') {
    await deps.pg.transaction(async (tx) => {
      await lockOpen(tx, input);
      await vote(deps, tx, input);
      await close(tx, input, 'merged', deps.clock.now(), row.merge_id);
      await audit(deps, tx, input, row, 'merged');
    });
    return;
  }
  const wanted = {
    left: row.left_id,
    right: row.right_id,
    kind: 'manual' as const,
    run: null,
    evidence: {
      match: {
        review: id,
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
    await lockOpen(tx, input);
    assertPossible(outcome);
    await vote(deps, tx, input);
    const state = outcome?.outcome === 'merged' ? 'merged' : 'stale';
    const merge = outcome?.outcome === 'merged' ? outcome.merge : null;
    await close(tx, input, state, deps.clock.now(), merge);
    await audit(deps, tx, input, row, state);
  });
}

function assertPossible(outcome: MergeOutcome | undefined): void {
  if (outcome?.outcome === 'cannot_link')
    throw new Fault(
      'conflict',
      'unify.kept_apart',
      'Somebody has said that these are not the same. Undo that decision first.',
    );
}

async function decideDistinct(deps: MatchDeps, row: ReviewRow, input: Deciding): Promise<void> {
  const { workspace, actor } = input;
  const subject = subjectOf(row.kind);
  const at = deps.clock.now();
  const by = `${actor.kind}:${actor.id}`;
  const decide = async (tx: Pg): Promise<void> => {
    await lockOpen(tx, input);
    await vote(deps, tx, input, at);
    await subject.keepApart(tx, workspace, pairOf(row.left_id, row.right_id), at, by);
    await close(tx, input, 'distinct', at, row.merge_id);
    await audit(deps, tx, input, row, 'distinct');
  };
  if (row.reason !== 'check' || row.merge_id === null) {
    await deps.pg.transaction(decide);
    return;
  }
  const merge = row.merge_id;
  await subject.cut(
    deps,
    workspace,
    by,
    (tx) => tx.rows(findStandingMerge, { workspace, kind: row.kind, id: merge }),
    decide,
  );
}

function assertOpen(row: Pick<ReviewRow, 'state'>): void {
  if (row.state === 'open' || row.state === 'second') return;
  throw new Fault(
    'conflict',
    'unify.review_closed',
    row.state === 'stale'
      ? 'The records have changed since, and the question is moot. Take the next one.'
      : 'Somebody has decided this meanwhile. Undo that decision to change it.',
  );
}

async function lockOpen(tx: Pg, { workspace, id }: Deciding): Promise<void> {
  await tx.row(lockReview, { workspace, id });
  assertOpen(await getReviewRow({ pg: tx }, workspace, id));
}

const vote = (deps: MatchDeps, tx: Pg, { workspace, id, actor, decision, note }: Deciding, at = deps.clock.now()) =>
  tx.run(insertVote, { workspace, review: id, actor: `${actor.kind}:${actor.id}`, decision, note, at });

const close = (tx: Pg, { workspace, id }: Deciding, state: string, closedAt: Date | null, merge: number | null) =>
  tx.run(setReviewState, { workspace, id, state, closedAt, merge });

const audit = (deps: MatchDeps, tx: Pg, { workspace, id, actor, decision }: Deciding, row: ReviewRow, state: string) =>
  recordAudit(tx, deps, {
    workspaceId: workspace,
    actor,
    action: 'review.decided',
    target: `review ${id}`,
    details: { kind: row.kind, decision, state },
  });
