import { pgQuery } from '../../../platform/index.ts';

/** Primary key. */
export const noteMoved = pgQuery({
  name: 'communicate.notePointsMoved',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: {},
  text: `
    insert into communicate.points_moved (workspace_id, profile_id)
    select distinct :workspace, profile_id from unnest(:profiles) as moved (profile_id)
    on conflict (workspace_id, profile_id) do update set moves = points_moved.moves + 1`,
});

/** Whose points were not told yet: nearly always nobody. Primary key. */
export const listMoved = pgQuery({
  name: 'communicate.listPointsMoved',
  params: { workspace: 'int4', limit: 'int4' },
  row: { profile_id: 'int8', moves: 'int4' },
  text: `select profile_id, moves from communicate.points_moved where workspace_id = :workspace order by profile_id limit :limit`,
});

/** What moved once more since it was listed stays. Primary key. */
export const dropMoved = pgQuery({
  name: 'communicate.dropPointsMoved',
  params: { workspace: 'int4', profiles: 'int8[]', moves: 'int4[]' },
  row: {},
  text: `
    delete from communicate.points_moved using unnest(:profiles, :moves) as told (profile_id, moves)
    where points_moved.workspace_id = :workspace and points_moved.profile_id = told.profile_id
      and points_moved.moves = told.moves`,
});

/** Primary key. */
export const forgetMoved = pgQuery({
  name: 'communicate.forgetPointsMoved',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: {},
  text: `delete from communicate.points_moved where workspace_id = :workspace and profile_id = any(:profiles)`,
});

/** Those of these customers who ever had points. Indexes profile_root, points_profile. */
export const findPointHolders = pgQuery({
  name: 'communicate.findPointHolders',
  params: { workspace: 'int4', roots: 'int8[]' },
  row: { root_id: 'int8' },
  text: `
    select distinct part.root_id from unify.profile as part
    where part.workspace_id = :workspace and part.root_id = any(:roots)
      and exists (select from communicate.points where workspace_id = :workspace)
      and exists (select from communicate.points
        where points.workspace_id = :workspace and points.profile_id = part.id)`,
});

/** Everybody with points, after an id. Index points_profile. */
export const pagePointHolders = pgQuery({
  name: 'communicate.pagePointHolders',
  params: { workspace: 'int4', after: 'int8', limit: 'int4' },
  row: { profile_id: 'int8' },
  text: `
    select distinct profile_id from communicate.points
    where workspace_id = :workspace and profile_id > :after order by profile_id limit :limit`,
});

/**
 * Who earned something that a tier no longer counts, since it left the twelve months within these days. Once a night, over
 * all points of the workspace.
 */
export const listFallen = pgQuery({
  name: 'communicate.listFallenPoints',
  params: { workspace: 'int4', from: 'timestamptz', to: 'timestamptz' },
  row: { profile_id: 'int8' },
  text: `
    select distinct profile_id from communicate.points
    where workspace_id = :workspace and kind in ('earn', 'correct') and at >= :from and at < :to`,
});

/** Workspaces with a programme. */
export const listProgrammes = pgQuery({
  name: 'communicate.listLoyaltyProgrammes',
  params: {},
  row: { workspace_id: 'int4' },
  text: `select workspace_id from communicate.loyalty order by workspace_id`,
});
