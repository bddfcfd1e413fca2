import { pgQuery } from '../../../../platform/index.ts';

export const deleteLinks = pgQuery({
  name: 'unify.deleteMatchLinks',
  params: { workspace: 'int4', run: 'int8' },
  row: {},
  text: `delete from unify.match_link where workspace_id = :workspace and run_id = :run`,
});

/** What former dry runs of a kind would have done. Index match_run_workspace, primary key. */
export const deleteTrialLinks = pgQuery({
  name: 'unify.deleteTrialMatchLinks',
  params: { workspace: 'int4', kind: 'text' },
  row: {},
  text: `
    delete from unify.match_link as link using unify.match_run as run
    where link.workspace_id = :workspace and run.workspace_id = :workspace and run.id = link.run_id
      and run.kind = :kind and run.dry_run`,
});

export const insertLinks = pgQuery({
  name: 'unify.insertMatchLinks',
  params: {
    workspace: 'int4',
    run: 'int8',
    positions: 'int4[]',
    lefts: 'int8[]',
    rights: 'int8[]',
    weights: 'float8[]',
    households: 'float8[]',
    probabilities: 'float8[]',
    actions: 'text[]',
    vetoes: 'text[]',
  },
  row: {},
  text: `
    insert into unify.match_link
      (workspace_id, run_id, position, left_id, right_id, weight, household_weight, probability, action, veto)
    select :workspace, :run, position, left_id, right_id, weight, household, probability, action, veto
    from unnest(:positions, :lefts, :rights, :weights, :households, :probabilities, :actions, :vetoes)
      as link (position, left_id, right_id, weight, household, probability, action, veto)`,
});

export const linkRow = {
  position: 'int4',
  left_id: 'int8',
  right_id: 'int8',
  weight: 'float8',
  household_weight: 'float8',
  probability: 'float8',
  action: 'text',
  veto: 'text?',
} as const;

/** Links of a run not applied yet, in their order. Primary key. */
export const listPlanned = pgQuery({
  name: 'unify.listPlannedLinks',
  params: { workspace: 'int4', run: 'int8', after: 'int4', limit: 'int4' },
  row: linkRow,
  text: `
    select position, left_id, right_id, weight, household_weight, probability, action, veto from unify.match_link
    where workspace_id = :workspace and run_id = :run and position > :after and outcome = 'planned'
    order by position limit :limit`,
});

export const countLinks = pgQuery({
  name: 'unify.countMatchLinks',
  params: { workspace: 'int4', run: 'int8' },
  row: { all: 'int4', planned: 'int4', last: 'int4' },
  text: `
    select count(*)::int as all, (count(*) filter (where outcome = 'planned'))::int as planned,
      coalesce(max(position), 0) as last
    from unify.match_link where workspace_id = :workspace and run_id = :run`,
});

export const markLinks = pgQuery({
  name: 'unify.markMatchLinks',
  params: {
    workspace: 'int4',
    run: 'int8',
    positions: 'int4[]',
    outcomes: 'text[]',
    merges: 'int8[]',
    reviews: 'int8[]',
  },
  row: {},
  text: `
    update unify.match_link set outcome = done.outcome, merge_id = done.merge_id, review_id = done.review_id
    from unnest(:positions, :outcomes, :merges, :reviews) as done (position, outcome, merge_id, review_id)
    where match_link.workspace_id = :workspace and match_link.run_id = :run and match_link.position = done.position`,
});

/** Links of a run as people read them. Primary key, keys of merge and company_merge. */
export const listLinks = pgQuery({
  name: 'unify.listMatchLinks',
  params: { workspace: 'int4', run: 'int8', action: 'text', after: 'int4', limit: 'int4' },
  row: { ...linkRow, outcome: 'text', merge_id: 'int8?', review_id: 'int8?', undone: 'bool' },
  text: `
    select link.position, link.left_id, link.right_id, link.weight, link.household_weight, link.probability, link.action,
      link.veto, link.outcome, link.merge_id, link.review_id,
      coalesce(merge.undone_at, company_merge.undone_at) is not null as undone
    from unify.match_link as link
    join unify.match_run as run on run.workspace_id = :workspace and run.id = link.run_id
    left join unify.merge on run.kind = 'people' and merge.workspace_id = :workspace and merge.id = link.merge_id
    left join unify.company_merge
      on run.kind = 'company' and company_merge.workspace_id = :workspace and company_merge.id = link.merge_id
    where link.workspace_id = :workspace and link.run_id = :run and link.action = :action and link.position > :after
    order by link.position limit :limit`,
});
