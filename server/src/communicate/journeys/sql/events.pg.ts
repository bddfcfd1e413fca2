import { pgQuery } from '../../../platform/index.ts';

/** Keys of events that journeys ask about. Primary key. */
export const listKeys = pgQuery({
  name: 'communicate.listJourneyKeys',
  params: { workspace: 'int4' },
  row: { key: 'text' },
  text: `select key from communicate.journey_key where workspace_id = :workspace`,
});

/** Makes the keys of a workspace these. Primary key. */
export const setKeys = pgQuery({
  name: 'communicate.setJourneyKeys',
  params: { workspace: 'int4', keys: 'text[]' },
  row: {},
  text: `
    with gone as (
      delete from communicate.journey_key where workspace_id = :workspace and key <> all(:keys)
    )
    insert into communicate.journey_key (workspace_id, key) select :workspace, key from unnest(:keys) as wanted (key)
    on conflict do nothing`,
});

/** Keeps what happened until the journeys have acted on it. */
export const appendEvents = pgQuery({
  name: 'communicate.appendJourneyEvents',
  params: {
    workspace: 'int4',
    batch: 'int8?',
    keys: 'text[]',
    journeys: 'int4[]',
    profiles: 'int8[]',
    at: 'timestamptz[]',
    messages: 'text[]',
    payloads: 'jsonb[]',
  },
  row: {},
  text: `
    insert into communicate.journey_event (workspace_id, batch_id, key, journey_id, profile_id, at, message_id, payload)
    select :workspace, :batch, key, nullif(journey, 0), profile, at, message, payload
    from unnest(:keys, :journeys, :profiles, :at, :messages, :payloads) with ordinality
      as event (key, journey, profile, at, message, payload, place)
    order by place`,
});

/**
 * One at a time per workspace decides who enters. Held until commit; null: another process is at it.
 */
export const lockEntries = pgQuery({
  name: 'communicate.lockJourneyEntries',
  params: { workspace: 'int4' },
  row: { locked: 'bool' },
  text: `select pg_try_advisory_xact_lock(7405, :workspace) as locked`,
});

/** Workspaces with something to act on: a look into the primary key for each. */
export const listWorkspacesWithEvents = pgQuery({
  name: 'communicate.listWorkspacesWithJourneyEvents',
  params: {},
  row: { workspace_id: 'int4' },
  text: `
    with recursive waiting (workspace_id) as (
      (select workspace_id from communicate.journey_event order by workspace_id limit 1)
      union all
      select (select event.workspace_id from communicate.journey_event as event
              where event.workspace_id > waiting.workspace_id order by event.workspace_id limit 1)
      from waiting where waiting.workspace_id is not null
    )
    select workspace_id from waiting where workspace_id is not null`,
});

/**
 * What happened, in order, up to the first whose batch cannot be read in ClickHouse yet. `root` is null for people who
 * were erased meanwhile. Primary key; primary key of collect.batch.
 */
export const readEvents = pgQuery({
  name: 'communicate.readJourneyEvents',
  params: { workspace: 'int4', limit: 'int4' },
  row: {
    id: 'int8',
    key: 'text',
    journey_id: 'int4?',
    profile_id: 'int8',
    root: 'int8?',
    at: 'timestamptz',
    message_id: 'text',
    payload: 'jsonb',
  },
  text: `
    with oldest as (
      select * from communicate.journey_event where workspace_id = :workspace order by id limit :limit
    ), unread as (
      select min(oldest.id) as id from oldest
      join collect.batch on batch.id = oldest.batch_id and batch.stage = 'resolved'
    )
    select oldest.id, oldest.key, oldest.journey_id, oldest.profile_id, profile.root_id as root, oldest.at,
      oldest.message_id, oldest.payload
    from oldest cross join unread
    left join unify.profile on profile.workspace_id = :workspace and profile.id = oldest.profile_id
    where unread.id is null or oldest.id < unread.id
    order by oldest.id`,
});

/** Customers of whom something is still to be acted on: they do not go on before. */
export const listBusyRoots = pgQuery({
  name: 'communicate.listBusyRoots',
  params: { workspace: 'int4' },
  row: { root_id: 'int8' },
  text: `
    select distinct profile.root_id from communicate.journey_event as event
    join unify.profile on profile.workspace_id = event.workspace_id and profile.id = event.profile_id
    where event.workspace_id = :workspace`,
});

export const removeEvents = pgQuery({
  name: 'communicate.removeJourneyEvents',
  params: { workspace: 'int4', ids: 'int8[]' },
  row: {},
  text: `delete from communicate.journey_event where workspace_id = :workspace and id = any(:ids)`,
});

/** Why they did not enter, the last time. Primary key. */
export const noteRefusals = pgQuery({
  name: 'communicate.noteJourneyRefusals',
  params: {
    workspace: 'int4',
    journeys: 'int4[]',
    profiles: 'int8[]',
    at: 'timestamptz[]',
    reasons: 'text[]',
    details: 'jsonb[]',
  },
  row: {},
  text: `
    insert into communicate.journey_refusal as known (workspace_id, journey_id, profile_id, at, reason, detail)
    select distinct on (journey, profile) :workspace, journey, profile, at, reason, detail
    from unnest(:journeys, :profiles, :at, :reasons, :details) with ordinality
      as refused (journey, profile, at, reason, detail, place)
    order by journey, profile, place desc
    on conflict (workspace_id, journey_id, profile_id) do update
      set at = excluded.at, reason = excluded.reason, detail = excluded.detail`,
});

/** Notes older than anybody asks for. Index journey_refusal_age. */
export const forgetRefusals = pgQuery({
  name: 'communicate.forgetJourneyRefusals',
  params: { before: 'timestamptz' },
  row: {},
  text: `delete from communicate.journey_refusal where at < :before`,
});

/** Free places at the door of a journey that only so many enter an hour: the moment of the first of `n`. Primary key. */
export const takePlaces = pgQuery({
  name: 'communicate.takePlaces',
  params: { workspace: 'int4', journey: 'int4', now: 'timestamptz', n: 'int4', per_hour: 'int4' },
  row: { first: 'timestamptz' },
  text: `
    update communicate.journey as journey
    set door_at = former.first + make_interval(secs => 3600.0 * :n / :per_hour)
    from (select greatest(coalesce(door_at, :now), :now) as first from communicate.journey
          where workspace_id = :workspace and id = :journey for update) as former
    where workspace_id = :workspace and id = :journey
    returning former.first`,
});
