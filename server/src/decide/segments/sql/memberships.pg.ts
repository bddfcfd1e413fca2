import { pgQuery } from '../../../platform/index.ts';

/** Memberships of a workspace change one at a time, in order, whoever works on them. Held until commit. */
export const lockMemberships = pgQuery({
  name: 'decide.lockMemberships',
  params: { workspace: 'int4' },
  row: { locked: 'bool?' },
  text: `select true as locked from (select pg_advisory_xact_lock(7402, :workspace)) as lock`,
});

/** All profile rows of the customers that these rows belong to. Primary key, index profile_root. */
export const listMembersOf = pgQuery({
  name: 'decide.listMembersOf',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: { id: 'int8', root_id: 'int8' },
  text: `
    select id, root_id from unify.profile
    where workspace_id = :workspace and root_id in (
      select root_id from unify.profile where workspace_id = :workspace and id = any(:profiles))`,
});

/** Takes the memberships of rows that are no customers of their own any more. Primary key. */
export const takeMemberships = pgQuery({
  name: 'decide.takeMemberships',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: { profile_id: 'int8', segment_id: 'int4', since: 'timestamptz' },
  text: `
    delete from decide.membership where workspace_id = :workspace and profile_id = any(:profiles)
    returning profile_id, segment_id, since`,
});

/** Remembers with what these rows were merged into others. Primary key. */
export const keepFormer = pgQuery({
  name: 'decide.keepFormer',
  params: { workspace: 'int4', profiles: 'int8[]', segments: 'int4[]', since: 'timestamptz[]' },
  row: {},
  text: `
    insert into decide.former_membership (workspace_id, profile_id, segment_id, since)
    select :workspace, profile, segment, since
    from unnest(:profiles, :segments, :since) as former (profile, segment, since)
    on conflict do nothing`,
});

/** Gives rows that stand by themselves again what they were in when they were merged. Primary key. */
export const restoreFormer = pgQuery({
  name: 'decide.restoreFormer',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: { profile_id: 'int8', segment_id: 'int4', since: 'timestamptz' },
  text: `
    with former as (
      delete from decide.former_membership where workspace_id = :workspace and profile_id = any(:profiles)
      returning profile_id, segment_id, since
    )
    insert into decide.membership (workspace_id, profile_id, segment_id, since)
    select :workspace, profile_id, segment_id, since from former
    on conflict do nothing
    returning profile_id, segment_id, since`,
});

/** Lists that these rows were put on. Primary key. */
export const listEntriesOf = pgQuery({
  name: 'decide.listEntriesOf',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: { profile_id: 'int8', segment_id: 'int4' },
  text: `
    select profile_id, segment_id from decide.list_entry
    where workspace_id = :workspace and profile_id = any(:profiles)`,
});

/** Puts rows on a list, and takes off all rows of the customers that these others belong to. A repeat changes nothing. */
export const changeEntries = pgQuery({
  name: 'decide.changeEntries',
  params: { workspace: 'int4', segment: 'int4', added: 'int8[]', removedRoots: 'int8[]' },
  row: {},
  text: `
    with removed as (
      delete from decide.list_entry using unify.profile
      where list_entry.workspace_id = :workspace and list_entry.segment_id = :segment
        and profile.workspace_id = :workspace and profile.id = list_entry.profile_id
        and profile.root_id = any(:removedRoots)
    )
    insert into decide.list_entry (workspace_id, profile_id, segment_id)
    select :workspace, profile, :segment from unnest(:added) as added (profile)
    on conflict do nothing`,
});

/**
 * Makes the memberships of these people in these segments what was found, and returns what changed. A repeat changes
 * nothing. Primary key.
 */
export const applyMemberships = pgQuery({
  name: 'decide.applyMemberships',
  params: {
    workspace: 'int4',
    people: 'int8[]',
    segments: 'int4[]',
    memberPeople: 'int8[]',
    memberSegments: 'int4[]',
    since: 'timestamptz[]',
  },
  row: { profile_id: 'int8', segment_id: 'int4', entered: 'bool' },
  text: `
    with stated as materialized (
      select person, segment, since
      from unnest(:memberPeople, :memberSegments, :since) as stated (person, segment, since)
    ), exited as (
      delete from decide.membership
      where workspace_id = :workspace and profile_id = any(:people) and segment_id = any(:segments)
        and (profile_id, segment_id) not in (select person, segment from stated)
      returning profile_id, segment_id
    ), entered as (
      insert into decide.membership (workspace_id, profile_id, segment_id, since)
      select :workspace, person, segment, since from stated
      on conflict do nothing
      returning profile_id, segment_id
    )
    select profile_id, segment_id, true as entered from entered
    union all
    select profile_id, segment_id, false from exited`,
});

/** Writes differences that a sweep found. A repeat changes nothing. Primary key. */
export const applyDifferences = pgQuery({
  name: 'decide.applyDifferences',
  params: {
    workspace: 'int4',
    enteredPeople: 'int8[]',
    enteredSegments: 'int4[]',
    exitedPeople: 'int8[]',
    exitedSegments: 'int4[]',
    at: 'timestamptz',
  },
  row: { profile_id: 'int8', segment_id: 'int4', entered: 'bool' },
  text: `
    with exited as (
      delete from decide.membership
      using unnest(:exitedPeople, :exitedSegments) as gone (person, segment)
      where workspace_id = :workspace and profile_id = gone.person and segment_id = gone.segment
      returning profile_id, segment_id
    ), entered as (
      insert into decide.membership (workspace_id, profile_id, segment_id, since)
      select :workspace, person, segment, :at
      from unnest(:enteredPeople, :enteredSegments) as new (person, segment)
      on conflict do nothing
      returning profile_id, segment_id
    )
    select profile_id, segment_id, true as entered from entered
    union all
    select profile_id, segment_id, false from exited`,
});

/** Sizes follow every change, in the same transaction. */
export const addSizes = pgQuery({
  name: 'decide.addSizes',
  params: { workspace: 'int4', segments: 'int4[]', changes: 'int8[]' },
  row: {},
  text: `
    update decide.segment set size = size + change
    from unnest(:segments, :changes) as counted (segment, change)
    where workspace_id = :workspace and id = segment and change <> 0`,
});

/** When these people must be asked again; those not named in duePeople need not be. Primary key. */
export const setDue = pgQuery({
  name: 'decide.setDue',
  params: { workspace: 'int4', people: 'int8[]', duePeople: 'int8[]', at: 'timestamptz[]' },
  row: {},
  text: `
    with settled as (
      delete from decide.due
      where workspace_id = :workspace and profile_id = any(:people) and profile_id <> all(:duePeople)
    )
    insert into decide.due as d (workspace_id, profile_id, at)
    select :workspace, person, at from unnest(:duePeople, :at) as due (person, at)
    on conflict (workspace_id, profile_id) do update set at = excluded.at where d.at <> excluded.at`,
});

/** Adds moments found by a sweep: an earlier one stays. */
export const addDue = pgQuery({
  name: 'decide.addDue',
  params: { workspace: 'int4', duePeople: 'int8[]', at: 'timestamptz[]' },
  row: {},
  text: `
    insert into decide.due as d (workspace_id, profile_id, at)
    select :workspace, person, at from unnest(:duePeople, :at) as due (person, at)
    on conflict (workspace_id, profile_id) do update set at = excluded.at where d.at > excluded.at`,
});

/** The next person to be asked again, of all workspaces. Index due_at. */
export const findNextDue = pgQuery({
  name: 'decide.findNextDue',
  params: {},
  row: { workspace_id: 'int4', at: 'timestamptz' },
  text: `select workspace_id, at from decide.due order by at limit 1`,
});

/** People whose moment has come. Index due_at. */
export const listDue = pgQuery({
  name: 'decide.listDue',
  params: { workspace: 'int4', now: 'timestamptz', limit: 'int4' },
  row: { profile_id: 'int8' },
  text: `
    select profile_id from decide.due where workspace_id = :workspace and at <= :now order by at limit :limit`,
});

export const openSweep = pgQuery({
  name: 'decide.openSweep',
  params: { workspace: 'int4', at: 'timestamptz' },
  row: { id: 'int8' },
  text: `insert into decide.sweep (workspace_id, started_at) values (:workspace, :at) returning id`,
});

export const closeSweep = pgQuery({
  name: 'decide.closeSweep',
  params: { sweep: 'int8' },
  row: {},
  text: `delete from decide.sweep where id = :sweep`,
});

/** Sweeps of processes that died. */
export const closeOldSweeps = pgQuery({
  name: 'decide.closeOldSweeps',
  params: { before: 'timestamptz' },
  row: {},
  text: `delete from decide.sweep where started_at < :before`,
});

/** Tells the sweeps under way that these people have newer answers. One that ends at this moment need not know. */
export const noteSweepTouched = pgQuery({
  name: 'decide.noteSweepTouched',
  params: { workspace: 'int4', people: 'int8[]' },
  row: {},
  text: `
    insert into decide.sweep_touched (sweep_id, profile_id)
    select sweep.id, person from decide.sweep cross join unnest(:people) as touched (person)
    where sweep.workspace_id = :workspace
    for key share of sweep
    on conflict do nothing`,
});

export const listSweepTouched = pgQuery({
  name: 'decide.listSweepTouched',
  params: { sweep: 'int8' },
  row: { profile_id: 'int8' },
  text: `select profile_id from decide.sweep_touched where sweep_id = :sweep`,
});

export const appendOutbox = pgQuery({
  name: 'decide.appendOutbox',
  params: { workspace: 'int4', table: 'text', rows: 'int4', payload: 'bytea' },
  row: {},
  text: `
    insert into decide.outbox (workspace_id, table_name, rows, payload) values (:workspace, :table, :rows, :payload)`,
});

/** What is to be sent, oldest first: one workspace's rows keep their order. Primary key. */
export const readOutbox = pgQuery({
  name: 'decide.readOutbox',
  params: { limit: 'int4' },
  row: { id: 'int8', table_name: 'text', payload: 'bytea' },
  text: `select id, table_name, payload from decide.outbox order by id limit :limit`,
});

export const removeOutbox = pgQuery({
  name: 'decide.removeOutbox',
  params: { ids: 'int8[]' },
  row: {},
  text: `delete from decide.outbox where id = any(:ids)`,
});

/** A number that grows with every change of memberships: the version of their rows in ClickHouse. */
export const nextChange = pgQuery({
  name: 'decide.nextChange',
  params: {},
  row: { change: 'int8' },
  text: `select nextval('decide.change_seq')::int8 as change`,
});

/** Segments of a person. Primary key. */
export const listSegmentsOf = pgQuery({
  name: 'decide.listSegmentsOf',
  params: { workspace: 'int4', profile: 'int8' },
  row: { id: 'int4', name: 'text', since: 'timestamptz' },
  text: `
    select segment.id, segment.name, membership.since
    from decide.membership
    join decide.segment on segment.workspace_id = membership.workspace_id and segment.id = membership.segment_id
    where membership.workspace_id = :workspace and membership.profile_id = :profile and segment.state <> 'archived'
    order by membership.since desc, segment.id`,
});

export const deleteMemberships = pgQuery({
  name: 'decide.deleteMemberships',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: { memberships: 'int8' },
  text: `
    with gone as (
      delete from decide.membership where workspace_id = :workspace and profile_id = any(:profiles) returning 1
    ), settled as (
      delete from decide.due where workspace_id = :workspace and profile_id = any(:profiles)
    ), listed as (
      delete from decide.list_entry where workspace_id = :workspace and profile_id = any(:profiles)
    ), former as (
      delete from decide.former_membership where workspace_id = :workspace and profile_id = any(:profiles)
    )
    select count(*) as memberships from gone`,
});

export const recordRecompute = pgQuery({
  name: 'decide.recordRecompute',
  params: { workspace: 'int4', at: 'timestamptz', segments: 'int4[]', missing: 'int8[]', surplus: 'int8[]' },
  row: {},
  text: `
    insert into decide.recompute (workspace_id, at, segment_id, missing, surplus)
    select :workspace, :at, segment, missing, surplus
    from unnest(:segments, :missing, :surplus) as found (segment, missing, surplus)`,
});
