import { pgQuery } from '../../../platform/index.ts';

/** Where profile rows stand. Rows that are gone (erased) are not returned. Primary key. */
export const findRoots = pgQuery({
  name: 'unify.findRoots',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: { id: 'int8', root_id: 'int8' },
  text: `select id, root_id from unify.profile where workspace_id = :workspace and id = any(:profiles)`,
});

/** All rows of these customers with what segments ask about them. Index profile_root, identifier_profile. */
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
  },
  text: `
    select id, root_id, first_seen_at, traits, consents,
      array(select distinct namespace from unify.identifier
            where identifier.workspace_id = :workspace and identifier.profile_id = profile.id) as namespaces
    from unify.profile where workspace_id = :workspace and root_id = any(:roots)
    order by root_id, id`,
});
