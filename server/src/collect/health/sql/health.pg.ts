import { pgQuery } from '../../../platform/index.ts';

/** Counters of the last days, by source. Primary key (workspace_id, day, …). */
export const listCounters = pgQuery({
  name: 'collect.listCounters',
  params: { workspace: 'int4', from: 'date' },
  row: { sourceId: 'int4', day: 'date', name: 'text', reason: 'text', count: 'int8' },
  text: `
    select source_id as "sourceId", day, name, reason, count
    from collect.counter
    where workspace_id = :workspace and day >= :from
    order by day, source_id, name, reason`,
});

/** All sources, with when their last event came. A workspace has tens of them. */
export const listSourceHealth = pgQuery({
  name: 'collect.listSourceHealth',
  params: { workspace: 'int4' },
  row: { id: 'int4', name: 'text', family: 'text', archived: 'bool', lastEventAt: 'timestamptz?' },
  text: `
    select id, name, family, archived_at is not null as archived, last_event_at as "lastEventAt"
    from collect.source
    where workspace_id = :workspace
    order by archived_at nulls first, name`,
});

/** Events that wait. Index inbox_workspace; nearly empty in normal running. */
export const sumBacklog = pgQuery({
  name: 'collect.sumBacklog',
  params: { workspace: 'int4' },
  row: { events: 'int8' },
  text: `select coalesce(sum(events), 0)::int8 as events from collect.inbox where workspace_id = :workspace`,
});

/**
 * Claims dropped records for a replay and returns the positions of those never replayed before. The claim stands among
 * the message ids and outlives the records themselves (90 days), so a record goes back once, whatever fails in between.
 */
export const claimReplays = pgQuery({
  name: 'collect.claimReplays',
  params: { workspace: 'int4', ids: 'text[]', expires: 'date' },
  row: { id: 'text' },
  text: `
    with wanted as (
      select distinct id, md5('replay of ' || id)::uuid as id_hash from unnest(:ids) as wanted (id)
    ), taken as (
      insert into collect.message (workspace_id, id_hash, expires_on)
      select :workspace, id_hash, :expires from wanted order by id_hash
      on conflict do nothing
      returning id_hash
    )
    select wanted.id from wanted join taken using (id_hash)`,
});

/** Puts records back at the beginning of the pipeline, each as a request of its own, in the given order. */
export const insertReplays = pgQuery({
  name: 'collect.insertReplays',
  params: {
    workspace: 'int4',
    sources: 'int4[]',
    receivedAt: 'timestamptz[]',
    typeHints: 'text[]',
    ips: 'text[]',
    agents: 'text[]',
    payloads: 'text[]',
  },
  row: {},
  text: `
    insert into collect.inbox
      (workspace_id, source_id, received_at, type_hint, ip, user_agent, events, replay, payload)
    select :workspace, record.source_id, record.received_at, record.type_hint, record.ip, record.user_agent, 1, true,
      record.payload
    from unnest(:sources, :receivedAt, :typeHints, :ips, :agents, :payloads) with ordinality
      as record (source_id, received_at, type_hint, ip, user_agent, payload, position)
    order by record.position`,
});
