import { pgQuery } from '../../../platform/index.ts';

/** Where profile rows stand. Rows that are gone (erased) are not returned. Primary key. */
export const findRoots = pgQuery({
  name: 'unify.findRoots',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: { id: 'int8', root_id: 'int8' },
  text: `select id, root_id from unify.profile where workspace_id = :workspace and id = any(:profiles)`,
});

/** All rows of these customers with what segments ask about them. Index profile_root, identifier_profile, key of merge. */
export const readCustomerRows = pgQuery({
  name: 'unify.readCustomerRows',
  params: { workspace: 'int4', roots: 'int8[]' },
  row: {
    id: 'int8',
    root_id: 'int8',
    first_seen_at: 'timestamptz',
    traits: 'jsonb',
    consents: 'jsonb',
    namespaces: 'text[]',
    merge_winner: 'int8?',
    merge_at: 'timestamptz?',
    merge_kind: 'text?',
  },
  text: `
    select profile.id, profile.root_id, profile.first_seen_at, profile.traits, profile.consents,
      array(select distinct namespace from unify.identifier
            where identifier.workspace_id = :workspace and identifier.profile_id = profile.id) as namespaces,
      merge.winner_id as merge_winner, merge.at as merge_at, merge.kind as merge_kind
    from unify.profile
    left join unify.merge on merge.workspace_id = :workspace and merge.id = profile.merge_id
    where profile.workspace_id = :workspace and profile.root_id = any(:roots)
    order by profile.root_id, profile.id`,
});
