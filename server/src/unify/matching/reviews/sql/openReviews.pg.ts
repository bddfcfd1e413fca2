import { pgQuery } from '../../../../platform/index.ts';

/**
 * Asks about pairs, once each: not again while a question about the pair is open, nor after somebody was not sure.
 * Returns the id with the position it was given, also of a question that was open before. Indexes review_pair, review_left.
 */
export const insertReviews = pgQuery({
  name: 'unify.insertReviews',
  params: {
    workspace: 'int4',
    kind: 'text',
    at: 'timestamptz',
    run: 'int8?',
    model: 'int4',
    positions: 'int4[]',
    reasons: 'text[]',
    vetoes: 'text[]',
    lefts: 'int8[]',
    rights: 'int8[]',
    weights: 'float8[]',
    households: 'float8[]',
    probabilities: 'float8[]',
    values: 'float8[]',
    priorities: 'float8[]',
    merges: 'int8[]',
  },
  row: { position: 'int4', id: 'int8' },
  text: `
    with asked as (
      select * from unnest(:positions, :reasons, :vetoes, :lefts, :rights, :weights, :households, :probabilities, :values,
        :priorities, :merges)
        as asked (position, reason, veto, left_id, right_id, weight, household, probability, value, priority, merge_id)
    ), opened as (
      insert into unify.review
        (workspace_id, kind, reason, veto, left_id, right_id, weight, household_weight, probability, value, priority, run_id,
         model_version, merge_id, opened_at)
      select :workspace, :kind, reason, veto, left_id, right_id, weight, household, probability, value, priority, :run, :model,
        merge_id, :at
      from asked
      where reason = 'check' or not exists (
        select from unify.review as answered
        where answered.workspace_id = :workspace and answered.kind = :kind and answered.left_id = asked.left_id
          and answered.right_id = asked.right_id and answered.state = 'unsure')
      on conflict (workspace_id, kind, left_id, right_id) where state in ('open', 'second') do update
      set weight = excluded.weight, household_weight = excluded.household_weight, probability = excluded.probability,
        value = excluded.value, priority = excluded.priority, veto = excluded.veto
      returning id, left_id, right_id
    )
    select asked.position, opened.id from asked join opened using (left_id, right_id)`,
});

/** Open questions that these records are a side of. Indexes review_left, review_right. */
export const listOpenAbout = pgQuery({
  name: 'unify.listOpenReviewsAbout',
  params: { workspace: 'int4', kind: 'text', records: 'int8[]' },
  row: { id: 'int8', left_id: 'int8', right_id: 'int8', reason: 'text' },
  text: `
    select id, left_id, right_id, reason from unify.review
    where workspace_id = :workspace and kind = :kind and state in ('open', 'second')
      and (left_id = any(:records) or right_id = any(:records))`,
});

/** All open questions of a kind, for a run that has compared everybody. */
export const listAllOpen = pgQuery({
  name: 'unify.listAllOpenReviews',
  params: { workspace: 'int4', kind: 'text' },
  row: { id: 'int8', left_id: 'int8', right_id: 'int8', reason: 'text' },
  text: `
    select id, left_id, right_id, reason from unify.review
    where workspace_id = :workspace and kind = :kind and state in ('open', 'second')`,
});

export const closeStale = pgQuery({
  name: 'unify.closeStaleReviews',
  params: { workspace: 'int4', ids: 'int8[]', at: 'timestamptz' },
  row: { id: 'int8' },
  text: `
    update unify.review set state = 'stale', closed_at = :at
    where workspace_id = :workspace and id = any(:ids) and state in ('open', 'second') returning id`,
});

/** Questions about merges that were undone: to be checked no more. */
export const closeUndoneChecks = pgQuery({
  name: 'unify.closeUndoneChecks',
  params: { workspace: 'int4', kind: 'text', merges: 'int8[]', at: 'timestamptz', state: 'text' },
  row: { id: 'int8' },
  text: `
    update unify.review set state = :state, closed_at = :at
    where workspace_id = :workspace and kind = :kind and merge_id = any(:merges)
      and (state in ('open', 'second') or (state = 'merged' and :state = 'distinct'))
    returning id`,
});
