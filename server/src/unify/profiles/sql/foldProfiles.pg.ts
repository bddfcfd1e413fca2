import { pgQuery } from '../../../platform/index.ts';

export const readProfileStates = pgQuery({
  name: 'unify.readProfileStates',
  params: { workspace: 'int4', ids: 'int8[]' },
  row: { id: 'int8', traits: 'jsonb', consents: 'jsonb' },
  text: `select id, traits, consents from unify.profile where workspace_id = :workspace and id = any(:ids)`,
});

export const writeProfileStates = pgQuery({
  name: 'unify.writeProfileStates',
  params: { workspace: 'int4', ids: 'int8[]', traits: 'jsonb[]', consents: 'jsonb[]', searches: 'text[]' },
  row: {},
  text: `
    update unify.profile set traits = state.traits, consents = state.consents, search = state.search
    from unnest(:ids, :traits, :consents, :searches) as state (id, traits, consents, search)
    where profile.workspace_id = :workspace and profile.id = state.id`,
});

export const recordFormerTraits = pgQuery({
  name: 'unify.recordFormerTraits',
  params: {
    workspace: 'int4',
    profiles: 'int8[]',
    names: 'text[]',
    values: 'jsonb[]',
    sources: 'int4[]',
    at: 'timestamptz[]',
    replaced: 'timestamptz[]',
  },
  row: {},
  text: `
    insert into unify.former_trait (workspace_id, profile_id, name, value, source_id, at, replaced_at)
    select :workspace, profile_id, name, coalesce(value, 'null'), source_id, at, replaced_at
    from unnest(:profiles, :names, :values, :sources, :at, :replaced)
      as former (profile_id, name, value, source_id, at, replaced_at)`,
});

export const recordCompanies = pgQuery({
  name: 'unify.recordCompanies',
  params: { workspace: 'int4', groups: 'text[]', traits: 'jsonb[]', seen: 'timestamptz[]' },
  row: {},
  text: `
    insert into unify.company (workspace_id, group_id, traits, first_seen_at, last_seen_at)
    select :workspace, group_id, traits, seen_at, seen_at
    from unnest(:groups, :traits, :seen) as seen (group_id, traits, seen_at)
    on conflict (workspace_id, group_id) do update
    set traits = case when excluded.last_seen_at >= company.last_seen_at then company.traits || excluded.traits
                      else excluded.traits || company.traits end,
        first_seen_at = least(company.first_seen_at, excluded.first_seen_at),
        last_seen_at = greatest(company.last_seen_at, excluded.last_seen_at)`,
});

export const joinCompanies = pgQuery({
  name: 'unify.joinCompanies',
  params: { workspace: 'int4', groups: 'text[]', profiles: 'int8[]', since: 'timestamptz[]' },
  row: {},
  text: `
    insert into unify.company_member (workspace_id, group_id, profile_id, since)
    select :workspace, group_id, profile_id, since
    from unnest(:groups, :profiles, :since) as member (group_id, profile_id, since)
    on conflict do nothing`,
});

/** What some profile rows say about consents; rows that say nothing are left out. Primary key. */
export const readConsentColumns = pgQuery({
  name: 'unify.readConsentColumns',
  params: { workspace: 'int4', ids: 'int8[]' },
  row: { id: 'int8', consents: 'jsonb' },
  text: `
    select id, consents from unify.profile
    where workspace_id = :workspace and id = any(:ids) and consents <> '{}'`,
});

/** Profile rows after an id that say something about consents, in order of id. Primary key. */
export const listConsentColumns = pgQuery({
  name: 'unify.listConsentColumns',
  params: { workspace: 'int4', after: 'int8', limit: 'int4' },
  row: { id: 'int8', consents: 'jsonb' },
  text: `
    select id, consents from unify.profile
    where workspace_id = :workspace and id > :after and consents <> '{}' order by id limit :limit`,
});

export const writeConsentColumns = pgQuery({
  name: 'unify.writeConsentColumns',
  params: { workspace: 'int4', ids: 'int8[]', consents: 'jsonb[]' },
  row: { id: 'int8' },
  text: `
    update unify.profile set consents = stated.consents
    from unnest(:ids, :consents) as stated (id, consents)
    where profile.workspace_id = :workspace and profile.id = stated.id
    returning profile.id`,
});
