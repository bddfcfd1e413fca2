import { chQuery } from '../../../platform/index.ts';

export const countEvents = chQuery({
  name: 'collect.countPersonEvents',
  params: { workspace: 'UInt32', profiles: 'Array(UInt64)' },
  row: { events: 'UInt64' },
  text: `select count() as events from events where workspace_id = {workspace:UInt32} and profile_id in {profiles:Array(UInt64)}`,
});

export const listPersonEvents = chQuery({
  name: 'collect.listPersonEvents',
  params: { workspace: 'UInt32', profiles: 'Array(UInt64)', after: 'String', limit: 'UInt32' },
  row: {
    message_id: 'String',
    type: 'LowCardinality(String)',
    event: 'LowCardinality(String)',
    at: 'Int64',
    received: 'Int64',
    source_id: 'UInt32',
    anonymous_id: 'String',
    user_id: 'String',
    properties: 'String',
    traits: 'String',
    context: 'String',
    extra: 'String',
  },
  text: `
    select message_id, type, event, toUnixTimestamp64Milli(timestamp) as at, toUnixTimestamp64Milli(received_at) as received,
      source_id, anonymous_id, user_id, properties, traits, context, extra
    from events
    where workspace_id = {workspace:UInt32} and profile_id in {profiles:Array(UInt64)} and message_id > {after:String}
    order by message_id limit {limit:UInt32}`,
});

export const deleteEvents = chQuery({
  name: 'collect.deleteEvents',
  params: { workspace: 'UInt32', profiles: 'Array(UInt64)' },
  row: {},
  text: `delete from events where workspace_id = {workspace:UInt32} and profile_id in {profiles:Array(UInt64)}`,
});

/** Dropped records that mention one of the person's identifiers anywhere. */
export const countDrops = chQuery({
  name: 'collect.countPersonDrops',
  params: { workspace: 'UInt32', values: 'Array(String)' },
  row: { drops: 'UInt64' },
  text: `select count() as drops from drops where workspace_id = {workspace:UInt32} and multiSearchAnyCaseInsensitiveUTF8(raw, {values:Array(String)})`,
});

/** The same, a page of them in the order of their ids. One pass over the workspace's drops. */
export const listPersonDrops = chQuery({
  name: 'collect.listPersonDrops',
  params: { workspace: 'UInt32', values: 'Array(String)', after: 'String', limit: 'UInt32' },
  row: {
    id: 'String',
    at: 'Int64',
    reason: 'LowCardinality(String)',
    source_id: 'UInt32',
    replayed: 'Bool',
    ip: 'String',
    user_agent: 'String',
    raw: 'String',
  },
  text: `
    select id, toUnixTimestamp64Milli(at) as at, reason, source_id, replayed, ip, user_agent, raw
    from drops
    where workspace_id = {workspace:UInt32} and id > {after:String} and multiSearchAnyCaseInsensitiveUTF8(raw, {values:Array(String)})
    order by id limit {limit:UInt32}`,
});

export const deleteDrops = chQuery({
  name: 'collect.deletePersonDrops',
  params: { workspace: 'UInt32', values: 'Array(String)' },
  row: {},
  text: `delete from drops where workspace_id = {workspace:UInt32} and multiSearchAnyCaseInsensitiveUTF8(raw, {values:Array(String)})`,
});
