import { pgQuery } from '../../../platform/index.ts';

/** Merges that the model or a person made. */
export const recordDecidedMerges = pgQuery({
  name: 'unify.recordDecidedMerges',
  params: {
    workspace: 'int4',
    at: 'timestamptz',
    winners: 'int8[]',
    losers: 'int8[]',
    kinds: 'text[]',
    runs: 'int8[]',
    evidence: 'jsonb[]',
  },
  row: { id: 'int8', loser_id: 'int8' },
  text: `
    insert into unify.merge (workspace_id, winner_id, loser_id, at, kind, run_id, evidence)
    select :workspace, winner_id, loser_id, :at, kind, run_id, evidence
    from unnest(:winners, :losers, :kinds, :runs, :evidence) as merged (winner_id, loser_id, kind, run_id, evidence)
    returning id, loser_id`,
});

/** Merges of a run that stand, newest first: a later one may hang on an earlier one. Index merge_run. */
export const listStandingMerges = pgQuery({
  name: 'unify.listStandingMerges',
  params: { workspace: 'int4', run: 'int8', limit: 'int4' },
  row: { id: 'int8', winner_id: 'int8', loser_id: 'int8' },
  text: `
    select id, winner_id, loser_id from unify.merge
    where workspace_id = :workspace and run_id = :run and undone_at is null
    order by id desc limit :limit`,
});

export const markMergesUndone = pgQuery({
  name: 'unify.markMergesUndone',
  params: { workspace: 'int4', ids: 'int8[]', at: 'timestamptz', actor: 'text' },
  row: {},
  text: `
    update unify.merge set undone_at = :at, undone_by = :actor
    where workspace_id = :workspace and id = any(:ids) and undone_at is null`,
});

/** Takes the losers of these merges from under their winners; returns the roots they stood under. */
export const cutEdges = pgQuery({
  name: 'unify.cutEdges',
  params: { workspace: 'int4', losers: 'int8[]', merges: 'int8[]' },
  row: { id: 'int8', root_id: 'int8' },
  text: `
    update unify.profile set merge_id = null
    from unnest(:losers, :merges) as cut (loser_id, merge_id)
    where profile.workspace_id = :workspace and profile.id = cut.loser_id and profile.merge_id = cut.merge_id
    returning profile.id, profile.root_id`,
});

/**
 * Puts every row of these customers under the row that stands above it now, along the live edges. Merges are a forest, so
 * one walk from the tops down reaches each row once. Returns the rows that moved. Indexes profile_root, merge_winner.
 */
export const restandRows = pgQuery({
  name: 'unify.restandRows',
  params: { workspace: 'int4', roots: 'int8[]' },
  row: { id: 'int8', root_id: 'int8' },
  text: `
    with recursive standing as (
      select id, id as root_id from unify.profile
      where workspace_id = :workspace and root_id = any(:roots) and merge_id is null
      union all
      select profile.id, standing.root_id
      from standing
      join unify.merge on merge.workspace_id = :workspace and merge.winner_id = standing.id and merge.undone_at is null
      join unify.profile on profile.workspace_id = :workspace and profile.id = merge.loser_id and profile.merge_id = merge.id
    )
    update unify.profile set root_id = standing.root_id
    from standing
    where profile.workspace_id = :workspace and profile.id = standing.id and profile.root_id <> standing.root_id
    returning profile.id, profile.root_id`,
});
