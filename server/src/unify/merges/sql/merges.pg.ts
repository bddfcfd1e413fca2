import { pgQuery } from '../../../platform/index.ts';

const row = {
  id: 'int8',
  winner_id: 'int8',
  loser_id: 'int8',
  at: 'timestamptz',
  kind: 'text',
  evidence: 'jsonb',
  run_id: 'int8?',
  undone_at: 'timestamptz?',
  undone_by: 'text?',
} as const;

/** Merges that any of these rows took part in, newest first. Indexes merge_winner, merge_loser. */
export const listMergesOf = pgQuery({
  name: 'unify.listMergesOf',
  params: { workspace: 'int4', profiles: 'int8[]', below: 'int8', limit: 'int4' },
  row,
  text: `
    select id, winner_id, loser_id, at, kind, evidence, run_id, undone_at, undone_by from unify.merge
    where workspace_id = :workspace and id < :below and (winner_id = any(:profiles) or loser_id = any(:profiles))
    order by id desc limit :limit`,
});

export const listMerges = pgQuery({
  name: 'unify.listMerges',
  params: { workspace: 'int4', below: 'int8', limit: 'int4' },
  row,
  text: `
    select id, winner_id, loser_id, at, kind, evidence, run_id, undone_at, undone_by from unify.merge
    where workspace_id = :workspace and id < :below order by id desc limit :limit`,
});

export const findMerge = pgQuery({
  name: 'unify.findMerge',
  params: { workspace: 'int4', id: 'int8' },
  row,
  text: `
    select id, winner_id, loser_id, at, kind, evidence, run_id, undone_at, undone_by from unify.merge
    where workspace_id = :workspace and id = :id`,
});

/**
 * Cuts the edge of a merge: the loser and everything that was merged below it stand under the loser again. Merges are a
 * tree (each row has at most one live edge upwards), so what hangs below the loser is exactly its own history.
 */
export const cutMerge = pgQuery({
  name: 'unify.cutMerge',
  params: { workspace: 'int4', loser: 'int8' },
  row: { id: 'int8', root_id: 'int8' },
  text: `
    with recursive below as (
      select id from unify.profile where workspace_id = :workspace and id = :loser
      union
      select profile.id
      from below
      join unify.merge on merge.workspace_id = :workspace and merge.winner_id = below.id and merge.undone_at is null
      join unify.profile on profile.workspace_id = :workspace and profile.id = merge.loser_id and profile.merge_id = merge.id
    )
    update unify.profile
    set root_id = :loser, merge_id = case when profile.id = :loser then null else profile.merge_id end
    from below
    where profile.workspace_id = :workspace and profile.id = below.id
    returning profile.id, profile.root_id`,
});

export const markUndone = pgQuery({
  name: 'unify.markUndone',
  params: { workspace: 'int4', id: 'int8', at: 'timestamptz', actor: 'text' },
  row: {},
  text: `
    update unify.merge set undone_at = :at, undone_by = :actor
    where workspace_id = :workspace and id = :id and undone_at is null`,
});

export const keepApart = pgQuery({
  name: 'unify.keepApart',
  params: { workspace: 'int4', low: 'int8', high: 'int8', at: 'timestamptz', actor: 'text' },
  row: {},
  text: `
    insert into unify.kept_apart (workspace_id, low_id, high_id, at, by_actor)
    values (:workspace, :low, :high, :at, :actor) on conflict do nothing`,
});

export const listCollisions = pgQuery({
  name: 'unify.listCollisions',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: {
    profile_id: 'int8',
    other_profile_id: 'int8?',
    namespace: 'text',
    value: 'text',
    reason: 'text',
    at: 'timestamptz',
  },
  text: `
    select profile_id, other_profile_id, namespace, value, reason, at from unify.collision
    where workspace_id = :workspace and (profile_id = any(:profiles) or other_profile_id = any(:profiles))
    order by at desc limit 100`,
});
