import { pgQuery } from '../../../platform/index.ts';

/**
 * Places people in a partner's segments; who is there already gets the new end. What changed is noted for the copy in
 * ClickHouse. Primary key.
 */
export const putMembers = pgQuery({
  name: 'decide.putOutsideMembers',
  params: {
    workspace: 'int4',
    provider: 'int4',
    segments: 'text[]',
    profiles: 'int8[]',
    ends: 'timestamptz[]',
    now: 'timestamptz',
    by: 'text',
  },
  row: { segment: 'text', profile_id: 'int8' },
  text: `
    with written as (
      insert into decide.outside_member as member
        (workspace_id, provider_id, segment, profile_id, since, expires_at, given_by)
      select :workspace, :provider, segment, profile_id, :now, expires_at, :by
      from unnest(:segments, :profiles, :ends) as given (segment, profile_id, expires_at)
      order by segment, profile_id
      on conflict (workspace_id, provider_id, segment, profile_id)
        do update set expires_at = excluded.expires_at, given_by = excluded.given_by
        where member.expires_at <> excluded.expires_at
      returning segment, profile_id
    ), noted as (
      insert into decide.outside_waiting (workspace_id, provider_id, segment, profile_id)
      select :workspace, :provider, segment, profile_id from written
    )
    select segment, profile_id from written`,
});

/** Takes people out of a partner's segments. Primary key. */
export const removeMembers = pgQuery({
  name: 'decide.removeOutsideMembers',
  params: { workspace: 'int4', provider: 'int4', segments: 'text[]', profiles: 'int8[]' },
  row: { segment: 'text', profile_id: 'int8' },
  text: `
    with gone as (
      delete from decide.outside_member as member
      using unnest(:segments, :profiles) as given (segment, profile_id)
      where member.workspace_id = :workspace and member.provider_id = :provider
        and member.segment = given.segment and member.profile_id = given.profile_id
      returning member.segment, member.profile_id
    ), noted as (
      insert into decide.outside_waiting (workspace_id, provider_id, segment, profile_id)
      select :workspace, :provider, segment, profile_id from gone
    )
    select segment, profile_id from gone`,
});

/** Whether partners say anything in a workspace at all: most have none. Primary key. */
export const hasMembers = pgQuery({
  name: 'decide.hasOutsideMembers',
  params: { workspace: 'int4' },
  row: { any: 'bool' },
  text: `select exists (select from decide.outside_member where workspace_id = :workspace) as any`,
});

/** Notes everything partners say of the customers of these profile rows. Indexes profile_root, outside_member_profile. */
export const noteCustomers = pgQuery({
  name: 'decide.noteOutsideCustomers',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: {},
  text: `
    insert into decide.outside_waiting (workspace_id, provider_id, segment, profile_id)
    select :workspace, member.provider_id, member.segment, member.profile_id
    from unify.profile as part
    join decide.outside_member as member on member.workspace_id = :workspace and member.profile_id = part.id
    where part.workspace_id = :workspace and part.root_id in (
      select root_id from unify.profile where workspace_id = :workspace and id = any(:profiles))`,
});

/** Notes everything a partner says, or all partners (0): settings changed, or the night has come. Primary key. */
export const noteProvider = pgQuery({
  name: 'decide.noteOutsideProvider',
  params: { workspace: 'int4', provider: 'int4' },
  row: {},
  text: `
    insert into decide.outside_waiting (workspace_id, provider_id, segment, profile_id)
    select workspace_id, provider_id, segment, profile_id from decide.outside_member
    where workspace_id = :workspace and (:provider = 0 or provider_id = :provider)`,
});

export const listWorkspacesWaiting = pgQuery({
  name: 'decide.listOutsideWaiting',
  params: {},
  row: { workspace_id: 'int4' },
  text: `select distinct workspace_id from decide.outside_waiting`,
});

export const listWorkspacesSaid = pgQuery({
  name: 'decide.listOutsideWorkspaces',
  params: {},
  row: { workspace_id: 'int4' },
  text: `select distinct workspace_id from decide.outside_provider`,
});

/** Copies are made one after the other in a workspace, so that an older answer never replaces a newer one. */
export const lockCopy = pgQuery({
  name: 'decide.lockOutsideCopy',
  params: { workspace: 'int4' },
  row: { version: 'int8' },
  text: `
    select nextval('decide.outside_version') as version
    from (select pg_advisory_xact_lock(hashtext('decide.outside'), :workspace)) as locked`,
});

/** What waits first. Gone with the transaction that copies it. Index outside_waiting_workspace. */
export const takeWaiting = pgQuery({
  name: 'decide.takeOutsideWaiting',
  params: { workspace: 'int4', limit: 'int4' },
  row: { provider_id: 'int4', segment: 'text', profile_id: 'int8' },
  text: `
    with taken as (
      delete from decide.outside_waiting
      where workspace_id = :workspace and id in (
        select id from decide.outside_waiting where workspace_id = :workspace order by id limit :limit)
      returning provider_id, segment, profile_id
    )
    select distinct provider_id, segment, profile_id from taken`,
});

/** How rows stand that are copied; those that are gone come back without an end. Primary keys. */
export const readStanding = pgQuery({
  name: 'decide.readOutsideStanding',
  params: { workspace: 'int4', providers: 'int4[]', segments: 'text[]', profiles: 'int8[]' },
  row: {
    provider_id: 'int4',
    segment: 'text',
    profile_id: 'int8',
    root_id: 'int8?',
    basis: 'text?',
    purpose: 'text?',
    expires_at: 'timestamptz?',
  },
  text: `
    select asked.provider_id, asked.segment, asked.profile_id, profile.root_id, provider.basis, provider.purpose,
      member.expires_at
    from unnest(:providers, :segments, :profiles) as asked (provider_id, segment, profile_id)
    left join decide.outside_member as member
      on member.workspace_id = :workspace and member.provider_id = asked.provider_id and member.segment = asked.segment
        and member.profile_id = asked.profile_id
    left join decide.outside_provider as provider
      on provider.workspace_id = :workspace and provider.id = asked.provider_id
    left join unify.profile on profile.workspace_id = :workspace and profile.id = asked.profile_id`,
});

/** What is over; noted, so that the copy goes too. Index outside_member_expiry. */
export const deleteEndedMembers = pgQuery({
  name: 'decide.deleteEndedOutsideMembers',
  params: { now: 'timestamptz', limit: 'int4' },
  row: { profile_id: 'int8' },
  text: `
    with gone as (
      delete from decide.outside_member
      where (workspace_id, provider_id, segment, profile_id) in (
        select workspace_id, provider_id, segment, profile_id from decide.outside_member
        where expires_at <= :now order by expires_at limit :limit)
      returning workspace_id, provider_id, segment, profile_id
    ), noted as (
      insert into decide.outside_waiting (workspace_id, provider_id, segment, profile_id)
      select workspace_id, provider_id, segment, profile_id from gone
    )
    select profile_id from gone`,
});

/** An agreement that became shorter holds for what is stored already. Primary key. */
export const shortenMembers = pgQuery({
  name: 'decide.shortenOutsideMembers',
  params: { workspace: 'int4', provider: 'int4', latest: 'timestamptz' },
  row: {},
  text: `
    update decide.outside_member set expires_at = :latest
    where workspace_id = :workspace and provider_id = :provider and expires_at > :latest`,
});

/** Everything partners say of some profile rows: for the customer's page and the right of access. Index outside_member_profile. */
export const listOfPeople = pgQuery({
  name: 'decide.listOutsideOfPeople',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: {
    provider_id: 'int4',
    key: 'text',
    name: 'text',
    basis: 'text',
    purpose: 'text',
    uses: 'text[]',
    segment: 'text',
    since: 'timestamptz',
    expires_at: 'timestamptz',
    given_by: 'text',
  },
  text: `
    select member.provider_id, provider.key, provider.name, provider.basis, provider.purpose, provider.uses,
      member.segment, min(member.since) as since, max(member.expires_at) as expires_at, min(member.given_by) as given_by
    from decide.outside_member as member
    join decide.outside_provider as provider
      on provider.workspace_id = :workspace and provider.id = member.provider_id
    where member.workspace_id = :workspace and member.profile_id = any(:profiles)
    group by member.provider_id, provider.key, provider.name, provider.basis, provider.purpose, provider.uses, member.segment
    order by provider.name, member.segment`,
});

/** Index outside_member_profile. */
export const deleteMembersOf = pgQuery({
  name: 'decide.deleteOutsideMembersOf',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: { members: 'int8', mappings: 'int8' },
  text: `
    with members as (
      delete from decide.outside_member where workspace_id = :workspace and profile_id = any(:profiles) returning 1
    ), mappings as (
      delete from decide.outside_mapping where workspace_id = :workspace and profile_id = any(:profiles) returning 1
    ), waiting as (
      delete from decide.outside_waiting where workspace_id = :workspace and profile_id = any(:profiles) returning 1
    )
    select (select count(*) from members) as members, (select count(*) from mappings) as mappings`,
});
