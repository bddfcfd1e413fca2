import { pgQuery } from '../../../platform/index.ts';

/** One batch at a time per workspace, whoever runs it: identity decisions are taken in order. Held until commit. */
export const lockWorkspace = pgQuery({
  name: 'pipeline.lockWorkspace',
  params: { workspace: 'int4' },
  row: { locked: 'bool?' },
  text: `select true as locked from (select pg_advisory_xact_lock(7401, :workspace)) as lock`,
});

/** Workspaces that have something waiting. The inbox is nearly empty in normal running. */
export const listWaiting = pgQuery({
  name: 'pipeline.listWaiting',
  params: {},
  row: { workspace_id: 'int4' },
  text: `select distinct workspace_id from collect.inbox order by 1`,
});

/**
 * Takes the oldest requests up to `events` events (at least one request). They come back on rollback: what a batch took
 * is gone exactly when what it wrote is there. Index inbox_workspace.
 */
export const takeRequests = pgQuery({
  name: 'pipeline.takeRequests',
  params: { workspace: 'int4', events: 'int4' },
  row: {
    id: 'int8',
    source_id: 'int4',
    received_at: 'timestamptz',
    type_hint: 'text?',
    ip: 'text?',
    user_agent: 'text?',
    payload: 'text',
  },
  text: `
    with oldest as (
      select id, sum(events) over (order by id) - events as before
      from (select id, events from collect.inbox where workspace_id = :workspace order by id limit :events) as first
    ), taken as (
      delete from collect.inbox
      where workspace_id = :workspace and id in (select id from oldest where before < :events)
      returning id, source_id, received_at, type_hint, ip, user_agent, payload
    )
    select * from taken order by id`,
});

export const createBatch = pgQuery({
  name: 'pipeline.createBatch',
  params: { workspace: 'int4', events: 'int4' },
  row: { id: 'int8' },
  text: `insert into collect.batch (workspace_id, events) values (:workspace, :events) returning id`,
});

/** Marks message ids as seen and returns the positions of the new ones; the others are repeats. */
export const takeMessageIds = pgQuery({
  name: 'pipeline.takeMessageIds',
  params: { workspace: 'int4', ids: 'text[]', expires: 'date[]' },
  row: { position: 'int4' },
  text: `
    with incoming as (
      select distinct on (id) md5(id)::uuid as id_hash, expires_on, position::int as position
      from unnest(:ids, :expires) with ordinality as incoming (id, expires_on, position)
      order by id, position
    ), taken as (
      insert into collect.message (workspace_id, id_hash, expires_on)
      select :workspace, id_hash, expires_on from incoming order by id_hash
      on conflict do nothing
      returning id_hash
    )
    select position from incoming join taken using (id_hash)`,
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

/** Batches left unfinished, oldest first. */
export const listUnfinished = pgQuery({
  name: 'pipeline.listUnfinished',
  params: { olderThan: 'int4' },
  row: { id: 'int8', workspace_id: 'int4', stage: 'text', events: 'int4' },
  text: `
    select id, workspace_id, stage, events from collect.batch
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

export const finishBatch = pgQuery({
  name: 'pipeline.finishBatch',
  params: { batch: 'int8' },
  row: {},
  text: `delete from collect.batch where id = :batch`,
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
