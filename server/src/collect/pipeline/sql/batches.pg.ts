import { pgQuery } from '../../../platform/index.ts';

/** One batch at a time per workspace, whoever runs it: identity decisions are taken in order. Held until commit. */
export const lockWorkspace = pgQuery({
  name: 'pipeline.lockWorkspace',
  params: { workspace: 'int4' },
  row: { locked: 'bool?' },
  text: `select true as locked from (select pg_advisory_xact_lock(7401, :workspace)) as lock`,
});

/**
 * Workspaces that have something waiting: one look into index inbox_workspace for each, however much waits. Reading all
 * its rows took 0.3 s with a million single events waiting.
 */
export const listWaiting = pgQuery({
  name: 'pipeline.listWaiting',
  params: {},
  row: { workspace_id: 'int4' },
  text: `
    with recursive waiting (workspace_id) as (
      (select workspace_id from collect.inbox order by workspace_id limit 1)
      union all
      select (select inbox.workspace_id from collect.inbox where inbox.workspace_id > waiting.workspace_id
              order by inbox.workspace_id limit 1)
      from waiting where waiting.workspace_id is not null
    )
    select workspace_id from waiting where workspace_id is not null`,
});

const requestRow = {
  id: 'int8',
  source_id: 'int4',
  received_at: 'timestamptz',
  type_hint: 'text?',
  ip: 'text?',
  user_agent: 'text?',
  gpc: 'bool',
  payload: 'text',
} as const;

/**
 * Reads the oldest requests up to `events` events (at least one request), leaving out those that are being worked on.
 * Index inbox_workspace.
 */
export const readRequests = pgQuery({
  name: 'pipeline.readRequests',
  params: { workspace: 'int4', events: 'int4', except: 'int8[]' },
  row: requestRow,
  text: `
    select id, source_id, received_at, type_hint, ip, user_agent, gpc, payload
    from (
      select *, sum(events) over (order by id) - events as before
      from (
        select * from collect.inbox
        where workspace_id = :workspace and id <> all(:except)
        order by id limit :events
      ) as first
    ) as oldest
    where before < :events order by id`,
});

/**
 * Removes requests that are worked off. They come back on rollback: what a batch took is gone exactly when what it wrote
 * is there. Primary key.
 */
export const removeRequests = pgQuery({
  name: 'pipeline.removeRequests',
  params: { workspace: 'int4', ids: 'int8[]' },
  row: { id: 'int8' },
  text: `delete from collect.inbox where workspace_id = :workspace and id = any(:ids) returning id`,
});

export const createBatch = pgQuery({
  name: 'pipeline.createBatch',
  params: { workspace: 'int4', events: 'int4' },
  row: { id: 'int8' },
  text: `insert into collect.batch (workspace_id, events) values (:workspace, :events) returning id`,
});

/**
 * Marks message ids (each given once) as seen and returns the numbers, from 1, of those that were before: few, so that
 * a batch of new ones gives no rows to read. Imported ones are kept for ever.
 */
export const takeMessageIds = pgQuery({
  name: 'pipeline.takeMessageIds',
  params: { workspace: 'int4', ids: 'text[]', kept: 'bool[]', expires: 'date' },
  row: { number: 'int4' },
  text: `
    with incoming as materialized (
      select md5(id)::uuid as id_hash, kept, number::int as number
      from unnest(:ids, :kept) with ordinality as incoming (id, kept, number)
    ), taken as (
      insert into collect.message (workspace_id, id_hash, expires_on)
      select :workspace, id_hash, case when kept then date '9999-12-31' else :expires end from incoming order by id_hash
      on conflict do nothing
      returning id_hash
    )
    select number from incoming where not exists (select from taken where taken.id_hash = incoming.id_hash)`,
});

/** Gives message ids back: their records were dropped after all and may be replayed. */
export const releaseMessageIds = pgQuery({
  name: 'pipeline.releaseMessageIds',
  params: { workspace: 'int4', ids: 'text[]' },
  row: {},
  text: `
    delete from collect.message
    where workspace_id = :workspace and id_hash in (select md5(id)::uuid from unnest(:ids) as given (id))`,
});

export const createShipment = pgQuery({
  name: 'pipeline.createShipment',
  params: { batch: 'int8', table: 'text', rows: 'int4', payload: 'bytea' },
  row: {},
  text: `insert into collect.shipment (batch_id, table_name, rows, payload) values (:batch, :table, :rows, :payload)`,
});

/** Which profile rows a batch is about, for those who react to it. Primary key. */
export const noteProfiles = pgQuery({
  name: 'pipeline.noteProfiles',
  params: { batch: 'int8', touched: 'int8[]', changed: 'int8[]' },
  row: {},
  text: `update collect.batch set touched = :touched, changed = :changed where id = :batch`,
});

/** Batches left unfinished, oldest first. */
export const listUnfinished = pgQuery({
  name: 'pipeline.listUnfinished',
  params: { olderThan: 'int4' },
  row: {
    id: 'int8',
    workspace_id: 'int4',
    stage: 'text',
    events: 'int4',
    touched: 'int8[]',
    changed: 'int8[]',
  },
  text: `
    select id, workspace_id, stage, events, touched, changed from collect.batch
    where created_at <= now() - make_interval(secs => :olderThan) order by id`,
});

export const readShipments = pgQuery({
  name: 'pipeline.readShipments',
  params: { batch: 'int8' },
  row: { table_name: 'text', rows: 'int4', payload: 'bytea' },
  text: `select table_name, rows, payload from collect.shipment where batch_id = :batch`,
});

export const markShipped = pgQuery({
  name: 'pipeline.markShipped',
  params: { batch: 'int8' },
  row: {},
  text: `
    with moved as (delete from collect.shipment where batch_id = :batch)
    update collect.batch set stage = 'shipped' where id = :batch`,
});

export const finishBatches = pgQuery({
  name: 'pipeline.finishBatches',
  params: { batches: 'int8[]' },
  row: {},
  text: `delete from collect.batch where id = any(:batches)`,
});

/** Events accepted and not yet reacted to. */
export const countBacklog = pgQuery({
  name: 'pipeline.countBacklog',
  params: { workspace: 'int4' },
  row: { waiting: 'int8', moving: 'int8' },
  text: `
    select
      (select coalesce(sum(events), 0)::int8 from collect.inbox where workspace_id = :workspace) as waiting,
      (select coalesce(sum(events), 0)::int8 from collect.batch where workspace_id = :workspace) as moving`,
});

export const addCounts = pgQuery({
  name: 'pipeline.addCounts',
  params: {
    workspace: 'int4',
    sources: 'int4[]',
    days: 'date[]',
    names: 'text[]',
    reasons: 'text[]',
    counts: 'int8[]',
  },
  row: {},
  text: `
    insert into collect.counter as c (workspace_id, source_id, day, name, reason, count)
    select :workspace, source_id, day, name, reason, count
    from unnest(:sources, :days, :names, :reasons, :counts) as counted (source_id, day, name, reason, count)
    order by source_id, day, name, reason
    on conflict (workspace_id, day, source_id, name, reason) do update set count = c.count + excluded.count`,
});

export const touchSources = pgQuery({
  name: 'pipeline.touchSources',
  params: { workspace: 'int4', sources: 'int4[]', at: 'timestamptz' },
  row: {},
  text: `
    update collect.source set last_event_at = :at
    where workspace_id = :workspace and id = any(:sources)
      and (last_event_at is null or last_event_at < :at - interval '5 seconds')`,
});

export const readWorkspace = pgQuery({
  name: 'pipeline.readWorkspace',
  params: { workspace: 'int4' },
  row: { base_currency: 'text', country: 'text' },
  text: `select base_currency, country from govern.workspace where id = :workspace`,
});

export const listSources = pgQuery({
  name: 'pipeline.listSources',
  params: { workspace: 'int4' },
  row: { id: 'int4', priority: 'int4', site: 'text?', country: 'text?', currency: 'text?' },
  text: `
    select source.id, source.priority, site.name as site, site.country, site.currency
    from collect.source left join govern.site on site.id = source.site_id
    where source.workspace_id = :workspace`,
});

/** Forgets message ids past their time; run nightly. Index message_expiry. */
export const expireMessageIds = pgQuery({
  name: 'pipeline.expireMessageIds',
  params: { today: 'date' },
  row: {},
  text: `delete from collect.message where expires_on < :today`,
});

/** News of events just shipped, for the live view of every process. */
export const notifyLive = pgQuery({
  name: 'pipeline.notifyLive',
  params: { payload: 'text' },
  row: { sent: 'bool?' },
  text: `select true as sent from (select pg_notify('vitrail_live', :payload)) as news`,
});

export const sumCounters = pgQuery({
  name: 'pipeline.sumCounters',
  params: { workspace: 'int4' },
  row: { name: 'text', reason: 'text', count: 'int8' },
  text: `
    select name, reason, sum(count)::int8 as count from collect.counter
    where workspace_id = :workspace group by name, reason`,
});

export const readFreshness = pgQuery({
  name: 'pipeline.readFreshness',
  params: { workspace: 'int4' },
  row: { last_event_at: 'timestamptz?' },
  text: `select max(last_event_at) as last_event_at from collect.source where workspace_id = :workspace`,
});

/** For monitoring: over all workspaces. */
export const countAllWaiting = pgQuery({
  name: 'pipeline.countAllWaiting',
  params: {},
  row: { waiting: 'int8', moving: 'int8' },
  text: `
    select
      (select coalesce(sum(events), 0)::int8 from collect.inbox) as waiting,
      (select coalesce(sum(events), 0)::int8 from collect.batch) as moving`,
});

/** Wakes the pipelines of other processes. */
export const notifyInbox = pgQuery({
  name: 'pipeline.notifyInbox',
  params: {},
  row: { sent: 'bool?' },
  text: `select true as sent from (select pg_notify('vitrail_inbox', '')) as news`,
});
