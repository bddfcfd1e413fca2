import { pgQuery } from '../../../platform/index.ts';

/**
 * Writes a group of accepted requests. The bodies travel as one binary parameter and are cut here: a `text[]` parameter
 * would have every quote of every JSON body escaped by us and unescaped by the server (measured: 2 to 4 times the time).
 * The rows keep the order of the arrays.
 */
export const appendRequests = pgQuery({
  name: 'inbox.appendRequests',
  params: {
    workspaces: 'int4[]',
    sources: 'int4[]',
    received: 'timestamptz[]',
    hints: 'text[]',
    ips: 'text[]',
    agents: 'text[]',
    gpcs: 'bool[]',
    events: 'int4[]',
    replays: 'bool[]',
    starts: 'int4[]',
    lengths: 'int4[]',
    payloads: 'bytea',
  },
  row: {},
  text: `
    insert into collect.inbox
      (workspace_id, source_id, received_at, type_hint, ip, user_agent, gpc, events, replay, payload)
    select workspace, source, received, hint, ip, agent, gpc, events, replay,
      convert_from(substr(:payloads, start, length), 'UTF8')
    from unnest(:workspaces, :sources, :received, :hints, :ips, :agents, :gpcs, :events, :replays, :starts, :lengths)
      as request (workspace, source, received, hint, ip, agent, gpc, events, replay, start, length)`,
});

/**
 * Events that wait for the pipeline and the size of their bodies, over all workspaces. Reads the whole inbox, which is
 * small in normal running; the length of a body is known without reading the body.
 */
export const sumWaiting = pgQuery({
  name: 'inbox.sumWaiting',
  params: {},
  row: { events: 'int8', bytes: 'int8' },
  text: `
    select coalesce(sum(events), 0)::int8 as events, coalesce(sum(octet_length(payload)), 0)::int8 as bytes
    from collect.inbox`,
});
