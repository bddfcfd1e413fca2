import { pgQuery } from '../../../../platform/index.ts';

export const reviewRow = {
  id: 'int8',
  kind: 'text',
  state: 'text',
  reason: 'text',
  veto: 'text?',
  left_id: 'int8',
  right_id: 'int8',
  weight: 'float8',
  household_weight: 'float8',
  probability: 'float8',
  value: 'float8',
  priority: 'float8',
  run_id: 'int8?',
  model_version: 'int4',
  merge_id: 'int8?',
  assignee: 'text?',
  opened_at: 'timestamptz',
  closed_at: 'timestamptz?',
  comments: 'int4',
} as const;

const columns = `
  review.id, review.kind, review.state, review.reason, review.veto, review.left_id, review.right_id, review.weight,
  review.household_weight, review.probability, review.value, review.priority, review.run_id, review.model_version,
  review.merge_id, review.assignee, review.opened_at, review.closed_at,
  (select count(*)::int from unify.review_comment as comment
   where comment.workspace_id = :workspace and comment.review_id = review.id) as comments`;

export const findReview = pgQuery({
  name: 'unify.findReview',
  params: { workspace: 'int4', id: 'int8' },
  row: reviewRow,
  text: `select ${columns} from unify.review where review.workspace_id = :workspace and review.id = :id`,
});

/** The same, held until commit: two people deciding at once take turns. */
export const lockReview = pgQuery({
  name: 'unify.lockReview',
  params: { workspace: 'int4', id: 'int8' },
  row: { id: 'int8' },
  text: `select id from unify.review where workspace_id = :workspace and id = :id for update`,
});

/** What waits for a person, most valuable and least certain first, by keyset. Index review_queue. */
export const listOpenReviews = pgQuery({
  name: 'unify.listOpenReviews',
  params: {
    workspace: 'int4',
    kind: 'text?',
    assignee: 'text?',
    profiles: 'int8[]?',
    belowPriority: 'float8',
    belowId: 'int8',
    limit: 'int4',
  },
  row: reviewRow,
  text: `
    select ${columns} from unify.review
    where review.workspace_id = :workspace and review.state in ('open', 'second')
      and (review.priority, review.id) < (:belowPriority, :belowId)
      and (:kind is null or review.kind = :kind) and (:assignee is null or review.assignee = :assignee)
      and (:profiles is null or (review.kind = 'people' and (review.left_id = any(:profiles) or review.right_id = any(:profiles))))
    order by review.priority desc, review.id desc limit :limit`,
});

/** Decided ones (or all, or the unsure), newest first, by keyset. Primary key. */
export const listOtherReviews = pgQuery({
  name: 'unify.listOtherReviews',
  params: {
    workspace: 'int4',
    states: 'text[]',
    kind: 'text?',
    assignee: 'text?',
    profiles: 'int8[]?',
    belowId: 'int8',
    limit: 'int4',
  },
  row: reviewRow,
  text: `
    select ${columns} from unify.review
    where review.workspace_id = :workspace and review.id < :belowId and review.state = any(:states)
      and (:kind is null or review.kind = :kind) and (:assignee is null or review.assignee = :assignee)
      and (:profiles is null or (review.kind = 'people' and (review.left_id = any(:profiles) or review.right_id = any(:profiles))))
    order by review.id desc limit :limit`,
});

export const countOpen = pgQuery({
  name: 'unify.countOpenReviews',
  params: { workspace: 'int4', kind: 'text?' },
  row: { open: 'int4', second: 'int4' },
  text: `
    select (count(*) filter (where state = 'open'))::int as open, (count(*) filter (where state = 'second'))::int as second
    from unify.review
    where workspace_id = :workspace and state in ('open', 'second') and (:kind is null or kind = :kind)`,
});

/** Decisions that stand, oldest first. Index review_vote_review. */
export const listVotes = pgQuery({
  name: 'unify.listReviewVotes',
  params: { workspace: 'int4', reviews: 'int8[]' },
  row: { id: 'int8', review_id: 'int8', actor: 'text', decision: 'text', note: 'text?', at: 'timestamptz' },
  text: `
    select id, review_id, actor, decision, note, at from unify.review_vote
    where workspace_id = :workspace and review_id = any(:reviews) and withdrawn_at is null order by id`,
});

export const insertVote = pgQuery({
  name: 'unify.insertReviewVote',
  params: {
    workspace: 'int4',
    review: 'int8',
    actor: 'text',
    decision: 'text',
    note: 'text?',
    at: 'timestamptz',
  },
  row: { id: 'int8' },
  text: `
    insert into unify.review_vote (workspace_id, review_id, actor, decision, note, at)
    values (:workspace, :review, :actor, :decision, :note, :at) returning id`,
});

export const withdrawVotes = pgQuery({
  name: 'unify.withdrawReviewVotes',
  params: { workspace: 'int4', ids: 'int8[]', at: 'timestamptz' },
  row: {},
  text: `
    update unify.review_vote set withdrawn_at = :at
    where workspace_id = :workspace and id = any(:ids) and withdrawn_at is null`,
});

export const setReviewState = pgQuery({
  name: 'unify.setReviewState',
  params: { workspace: 'int4', id: 'int8', state: 'text', closedAt: 'timestamptz?', merge: 'int8?' },
  row: {},
  text: `
    update unify.review set state = :state, closed_at = :closedAt, merge_id = :merge
    where workspace_id = :workspace and id = :id`,
});

export const assignReview = pgQuery({
  name: 'unify.assignReview',
  params: { workspace: 'int4', id: 'int8', assignee: 'text?' },
  row: { id: 'int8' },
  text: `update unify.review set assignee = :assignee where workspace_id = :workspace and id = :id returning id`,
});

export const insertComment = pgQuery({
  name: 'unify.insertReviewComment',
  params: { workspace: 'int4', review: 'int8', actor: 'text', text: 'text', at: 'timestamptz' },
  row: { id: 'int8' },
  text: `
    insert into unify.review_comment (workspace_id, review_id, actor, text, at)
    values (:workspace, :review, :actor, :text, :at) returning id`,
});

export const listComments = pgQuery({
  name: 'unify.listReviewComments',
  params: { workspace: 'int4', review: 'int8' },
  row: { id: 'int8', actor: 'text', text: 'text', at: 'timestamptz' },
  text: `
    select id, actor, text, at from unify.review_comment
    where workspace_id = :workspace and review_id = :review order by id limit 200`,
});

/** Who belongs to the workspace in one of these roles; with `user` that person alone. Primary key of member. */
export const listColleagues = pgQuery({
  name: 'unify.listColleagues',
  params: { workspace: 'int4', roles: 'text[]', user: 'text?' },
  row: { id: 'text' },
  text: `
    select user_id as id from govern.member
    where workspace_id = :workspace and role = any(:roles) and (:user is null or user_id = :user)
    order by created_at, user_id limit 500`,
});

/** The next in the queue. Index review_queue. */
export const findNextReview = pgQuery({
  name: 'unify.findNextReview',
  params: { workspace: 'int4', kind: 'text', priority: 'float8', id: 'int8' },
  row: { id: 'int8' },
  text: `
    (select id from unify.review
     where workspace_id = :workspace and kind = :kind and state in ('open', 'second') and id <> :id
       and (priority, id) < (:priority, :id)
     order by priority desc, id desc limit 1)
    union all
    (select id from unify.review
     where workspace_id = :workspace and kind = :kind and state in ('open', 'second') and id <> :id
     order by priority desc, id desc limit 1)
    limit 1`,
});

/** Decisions since a moment, by who. Index review_vote_at. */
export const listVotesSince = pgQuery({
  name: 'unify.listReviewVotesSince',
  params: { workspace: 'int4', since: 'timestamptz' },
  row: { actor: 'text', decision: 'text', at: 'timestamptz' },
  text: `
    select actor, decision, at from unify.review_vote
    where workspace_id = :workspace and at >= :since and withdrawn_at is null order by at limit 20000`,
});

/** Decided questions as labels: probability, and whether it was one. Index review_closed. */
export const listLabels = pgQuery({
  name: 'unify.listMatchLabels',
  params: { workspace: 'int4', kind: 'text', limit: 'int4' },
  row: { reason: 'text', probability: 'float8', same: 'bool' },
  text: `
    select reason, probability, state = 'merged' as same from unify.review
    where workspace_id = :workspace and kind = :kind and closed_at is not null and state in ('merged', 'distinct')
    order by closed_at desc limit :limit`,
});

export const countLabels = pgQuery({
  name: 'unify.countMatchLabels',
  params: { workspace: 'int4', kind: 'text' },
  row: { labels: 'int4' },
  text: `
    select count(*)::int as labels from unify.review
    where workspace_id = :workspace and kind = :kind and closed_at is not null and state in ('merged', 'distinct')`,
});

/** The merge of a question, if it stands. Primary keys of merge and company_merge. */
export const findStandingMerge = pgQuery({
  name: 'unify.findStandingMerge',
  params: { workspace: 'int4', kind: 'text', id: 'int8' },
  row: { id: 'int8', loser_id: 'int8' },
  text: `
    select id, loser_id from unify.merge
    where :kind = 'people' and workspace_id = :workspace and id = :id and undone_at is null
    union all
    select id, loser_number from unify.company_merge
    where :kind = 'company' and workspace_id = :workspace and id = :id and undone_at is null`,
});
