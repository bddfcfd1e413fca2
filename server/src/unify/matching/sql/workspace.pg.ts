import { pgQuery } from '../../../platform/index.ts';

/** When today began where the workspace is. */
export const readDayStart = pgQuery({
  name: 'unify.readDayStart',
  params: { workspace: 'int4', now: 'timestamptz' },
  row: { day_start: 'timestamptz' },
  text: `
    select date_trunc('day', :now at time zone time_zone) at time zone time_zone as day_start
    from govern.workspace where id = :workspace`,
});

/** Questions about a person with what was decided and said of them. Indexes review_left, review_right. */
export const readReviewsAbout = pgQuery({
  name: 'unify.readReviewsAbout',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: {
    id: 'int8',
    state: 'text',
    probability: 'float8',
    opened_at: 'timestamptz',
    closed_at: 'timestamptz?',
    decisions: 'jsonb',
    comments: 'jsonb',
  },
  text: `
    select id, state, probability, opened_at, closed_at,
      (select coalesce(jsonb_agg(jsonb_build_object('decision', decision, 'note', note, 'at', at) order by vote.id), '[]')
       from unify.review_vote as vote where vote.workspace_id = :workspace and vote.review_id = review.id) as decisions,
      (select coalesce(jsonb_agg(jsonb_build_object('text', text, 'at', at) order by comment.id), '[]')
       from unify.review_comment as comment where comment.workspace_id = :workspace and comment.review_id = review.id)
        as comments
    from unify.review
    where workspace_id = :workspace and kind = 'people' and (left_id = any(:profiles) or right_id = any(:profiles))
    order by id limit 1000`,
});
