import { pgQuery } from '../../../platform/index.ts';

/** Whom ids of a partner stand for, in the order asked. Primary key. */
export const findMapped = pgQuery({
  name: 'decide.findOutsideMapped',
  params: { workspace: 'int4', provider: 'int4', kinds: 'text[]', values: 'text[]', now: 'timestamptz' },
  row: { position: 'int4', profile_id: 'int8' },
  text: `
    select asked.position::int as position, mapping.profile_id
    from unnest(:kinds, :values) with ordinality as asked (kind, value, position)
    join decide.outside_mapping as mapping
      on mapping.workspace_id = :workspace and mapping.provider_id = :provider and mapping.kind = asked.kind
        and mapping.value = asked.value and mapping.expires_at > :now`,
});

/** Ties ids of a partner to people; one that stood for somebody else stands for the new one. Primary key. */
export const putMappings = pgQuery({
  name: 'decide.putOutsideMappings',
  params: {
    workspace: 'int4',
    provider: 'int4',
    kind: 'text',
    values: 'text[]',
    profiles: 'int8[]',
    ends: 'timestamptz[]',
    now: 'timestamptz',
  },
  row: { value: 'text' },
  text: `
    insert into decide.outside_mapping as mapping (workspace_id, provider_id, kind, value, profile_id, at, expires_at)
    select :workspace, :provider, :kind, value, profile_id, :now, expires_at
    from unnest(:values, :profiles, :ends) as given (value, profile_id, expires_at)
    order by value
    on conflict (workspace_id, provider_id, kind, value)
      do update set profile_id = excluded.profile_id, expires_at = excluded.expires_at, at = excluded.at
      where (mapping.profile_id, mapping.expires_at) <> (excluded.profile_id, excluded.expires_at)
    returning value`,
});

/** How a partner knows a profile row, and how many of its own ids it has tied to it. Index outside_mapping_profile. */
export const readOurId = pgQuery({
  name: 'decide.readOutsideOurId',
  params: { workspace: 'int4', provider: 'int4', profile: 'int8', now: 'timestamptz' },
  row: { ours: 'text?', theirs: 'int4' },
  text: `
    select min(value) filter (where kind = 'ours') as ours, (count(*) filter (where kind = 'theirs'))::int as theirs
    from decide.outside_mapping
    where workspace_id = :workspace and provider_id = :provider and profile_id = :profile and expires_at > :now`,
});

/** What is over. Index outside_mapping_expiry. */
export const deleteEndedMappings = pgQuery({
  name: 'decide.deleteEndedOutsideMappings',
  params: { now: 'timestamptz', limit: 'int4' },
  row: { workspace_id: 'int4' },
  text: `
    delete from decide.outside_mapping
    where (workspace_id, provider_id, kind, value) in (
      select workspace_id, provider_id, kind, value from decide.outside_mapping
      where expires_at <= :now order by expires_at limit :limit)
    returning workspace_id`,
});

/** Ids of partners tied to some profile rows, for the right of access. Index outside_mapping_profile. */
export const listMappingsOf = pgQuery({
  name: 'decide.listOutsideMappingsOf',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: { key: 'text', kind: 'text', value: 'text', at: 'timestamptz', expires_at: 'timestamptz' },
  text: `
    select provider.key, mapping.kind, mapping.value, mapping.at, mapping.expires_at
    from decide.outside_mapping as mapping
    join decide.outside_provider as provider
      on provider.workspace_id = :workspace and provider.id = mapping.provider_id
    where mapping.workspace_id = :workspace and mapping.profile_id = any(:profiles)
    order by provider.key, mapping.kind, mapping.value`,
});
