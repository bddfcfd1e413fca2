import { pgQuery } from '../../../platform/index.ts';

/** The next people of a segment. Primary key of membership. */
export const listSegmentPeople = pgQuery({
  name: 'communicate.listAdPeople',
  params: { workspace: 'int4', segment: 'int4', after: 'int8', limit: 'int4' },
  row: { root: 'int8' },
  text: `
    select profile_id as root from decide.membership
    where workspace_id = :workspace and segment_id = :segment and profile_id > :after
    order by profile_id limit :limit`,
});

const member = { kind: 'text', hash: 'bytea', root: 'int8?' } as const;

/** The next addresses of an audience that are in it or shall be, with whose they are now. Primary keys. */
export const listAdMembers = pgQuery({
  name: 'communicate.listAdMembers',
  params: { workspace: 'int4', audience: 'int4', kind: 'text', after: 'bytea', limit: 'int4' },
  row: member,
  text: `
    select member.kind, member.hash, profile.root_id as root
    from communicate.ad_member as member
    left join unify.profile on profile.workspace_id = :workspace and profile.id = member.profile_id
    where member.workspace_id = :workspace and member.audience_id = :audience and member.kind = :kind
      and member.hash > :after and member.state <> 'remove'
    order by member.hash limit :limit`,
});

/** Addresses of those of whom the ledger says something new. Primary key of consent, index ad_member_profile. */
export const listAdMembersHeard = pgQuery({
  name: 'communicate.listAdMembersHeard',
  planEachTime: true,
  params: { workspace: 'int4', audience: 'int4', after: 'int8', upTo: 'int8' },
  row: member,
  text: `
    with said as (
      select distinct profile.root_id as root
      from communicate.consent
      join unify.profile on profile.workspace_id = :workspace and profile.id = consent.profile_id
      where consent.workspace_id = :workspace and consent.id > :after and consent.id <= :upTo
    )
    select member.kind, member.hash, said.root
    from said
    join unify.profile on profile.workspace_id = :workspace and profile.root_id = said.root
    join communicate.ad_member as member on member.workspace_id = :workspace and member.profile_id = profile.id
      and member.audience_id = :audience and member.state <> 'remove'`,
});

/** Who of the segment said something new: a yes is heard as soon as a no. */
export const listHeardPeople = pgQuery({
  name: 'communicate.listHeardAdPeople',
  planEachTime: true,
  params: { workspace: 'int4', segment: 'int4', after: 'int8', upTo: 'int8' },
  row: { root: 'int8' },
  text: `
    select distinct profile.root_id as root
    from communicate.consent
    join unify.profile on profile.workspace_id = :workspace and profile.id = consent.profile_id
    join decide.membership on membership.workspace_id = :workspace and membership.profile_id = profile.root_id
      and membership.segment_id = :segment
    where consent.workspace_id = :workspace and consent.id > :after and consent.id <= :upTo`,
});

/** Addresses that shall be in; those that are stay. Primary key. */
export const wantMembers = pgQuery({
  name: 'communicate.wantAdMembers',
  params: {
    workspace: 'int4',
    audience: 'int4',
    kinds: 'text[]',
    hashes: 'bytea[]',
    profiles: 'int8[]',
    now: 'timestamptz',
  },
  row: {},
  text: `
    insert into communicate.ad_member (workspace_id, audience_id, kind, hash, profile_id, state, changed_at)
    select distinct on (kind, hash) :workspace, :audience, kind, hash, profile, 'add', :now
    from unnest(:kinds, :hashes, :profiles) as wanted (kind, hash, profile)
    order by kind, hash, profile
    on conflict (workspace_id, audience_id, kind, hash) do update
      set state = case ad_member.state when 'remove' then 'add' else ad_member.state end,
        profile_id = excluded.profile_id, changed_at = excluded.changed_at
      where ad_member.state = 'remove' or ad_member.profile_id is distinct from excluded.profile_id`,
});

/** Addresses that shall be out. What the company never heard of goes without a word to it. Primary key. */
export const dismissMembers = pgQuery({
  name: 'communicate.dismissAdMembers',
  params: { workspace: 'int4', audience: 'int4', kinds: 'text[]', hashes: 'bytea[]', now: 'timestamptz' },
  row: {},
  text: `
    with named as materialized (
      select kind, hash from unnest(:kinds, :hashes) as named (kind, hash)
    ), dropped as (
      delete from communicate.ad_member as member using named
      where member.workspace_id = :workspace and member.audience_id = :audience and member.kind = named.kind
        and member.hash = named.hash and member.offered_at is null
    )
    update communicate.ad_member as member set state = 'remove', changed_at = :now
    from named
    where member.workspace_id = :workspace and member.audience_id = :audience and member.kind = named.kind
      and member.hash = named.hash and member.offered_at is not null and member.state <> 'remove'`,
});

/** The same for everybody. Primary key. */
export const dismissAll = pgQuery({
  name: 'communicate.dismissAllAdMembers',
  params: { workspace: 'int4', audience: 'int4', now: 'timestamptz' },
  row: {},
  text: `
    with dropped as (
      delete from communicate.ad_member as member
      where member.workspace_id = :workspace and member.audience_id = :audience and member.offered_at is null
    )
    update communicate.ad_member as member set state = 'remove', changed_at = :now
    where member.workspace_id = :workspace and member.audience_id = :audience and member.offered_at is not null
      and member.state <> 'remove'`,
});

/** The next addresses to hand over, held until the transaction ends. Index ad_member_open. */
export const lockOpenMembers = pgQuery({
  name: 'communicate.lockOpenAdMembers',
  params: { workspace: 'int4', audience: 'int4', state: 'text', kind: 'text', limit: 'int4' },
  row: member,
  text: `
    select member.kind, member.hash, profile.root_id as root
    from communicate.ad_member as member
    left join unify.profile on profile.workspace_id = :workspace and profile.id = member.profile_id
    where member.workspace_id = :workspace and member.audience_id = :audience and member.state = :state
      and member.kind = :kind
    order by member.hash limit :limit
    for update of member`,
});

/** On the point of leaving. Primary key. */
export const noteOffered = pgQuery({
  name: 'communicate.noteAdOffered',
  params: { workspace: 'int4', audience: 'int4', kind: 'text', hashes: 'bytea[]', now: 'timestamptz' },
  row: {},
  text: `
    update communicate.ad_member set offered_at = :now
    where workspace_id = :workspace and audience_id = :audience and kind = :kind and hash = any(:hashes)`,
});

/** The company took them in; who must go by now still must. Primary key. */
export const noteTakenIn = pgQuery({
  name: 'communicate.noteAdTakenIn',
  params: { workspace: 'int4', audience: 'int4', kind: 'text', hashes: 'bytea[]', now: 'timestamptz' },
  row: {},
  text: `
    update communicate.ad_member set state = 'in', changed_at = :now
    where workspace_id = :workspace and audience_id = :audience and kind = :kind and hash = any(:hashes)
      and state = 'add'`,
});

/** The company took them out; who is wanted again by now still is. Primary key. */
export const deleteTakenOut = pgQuery({
  name: 'communicate.deleteAdTakenOut',
  params: { workspace: 'int4', audience: 'int4', kind: 'text', hashes: 'bytea[]' },
  row: {},
  text: `
    delete from communicate.ad_member
    where workspace_id = :workspace and audience_id = :audience and kind = :kind and hash = any(:hashes)
      and state = 'remove'`,
});

/** How many addresses stand where, by audience. Primary key. */
export const countAdMembers = pgQuery({
  name: 'communicate.countAdMembers',
  params: { workspace: 'int4' },
  row: { audience_id: 'int4', emails: 'int8', phones: 'int8', to_add: 'int8', to_remove: 'int8' },
  text: `
    select audience_id, count(*) filter (where state = 'in' and kind = 'email') as emails,
      count(*) filter (where state = 'in' and kind = 'phone') as phones,
      count(*) filter (where state = 'add') as to_add, count(*) filter (where state = 'remove') as to_remove
    from communicate.ad_member where workspace_id = :workspace group by audience_id`,
});

/** To which audiences a person was handed on. Index ad_member_profile. */
export const listAudiencesOf = pgQuery({
  name: 'communicate.listAdAudiencesOf',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: { audience: 'text', company: 'text', kind: 'text', state: 'text', since: 'timestamptz' },
  text: `
    select audience.name as audience, audience.kind as company, member.kind, member.state, member.offered_at as since
    from communicate.ad_member as member
    join communicate.ad_audience as audience on audience.workspace_id = :workspace and audience.id = member.audience_id
    where member.workspace_id = :workspace and member.profile_id = any(:profiles) and member.offered_at is not null
    order by audience.name, member.kind, member.offered_at`,
});

/** Nothing of the person stays but the hash by which the company is told to take them out. Index ad_member_profile. */
export const dismissPerson = pgQuery({
  name: 'communicate.dismissAdPerson',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: { addresses: 'int8' },
  text: `
    with dropped as (
      delete from communicate.ad_member
      where workspace_id = :workspace and profile_id = any(:profiles) and offered_at is null
      returning 1
    ), dismissed as (
      update communicate.ad_member set state = 'remove', profile_id = null
      where workspace_id = :workspace and profile_id = any(:profiles) and offered_at is not null
      returning 1
    )
    select (select count(*) from dropped) + (select count(*) from dismissed) as addresses`,
});
