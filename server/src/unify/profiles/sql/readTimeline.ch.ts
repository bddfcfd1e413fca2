import { chQuery } from '../../../platform/index.ts';

/** A customer's events, newest first, by keyset on (timestamp, message id). Reads only the granules of its rows. */
export const readTimeline = chQuery({
  name: 'unify.readTimeline',
  params: {
    workspace: 'UInt32',
    profiles: 'Array(UInt64)',
    beforeMs: 'Int64',
    beforeId: 'String',
    types: 'Array(String)',
    sources: 'Array(UInt32)',
    event: 'String',
    limit: 'UInt32',
  },
  row: {
    message_id: 'String',
    type: 'LowCardinality(String)',
    event: 'LowCardinality(String)',
    at: 'Int64',
    received: 'Int64',
    source_id: 'UInt32',
    site: 'LowCardinality(String)',
    url: 'String',
    value: 'Nullable(Decimal(18, 4))',
    currency: 'LowCardinality(String)',
    device_type: 'LowCardinality(String)',
    properties: 'String',
    traits: 'String',
    context: 'String',
  },
  text: `
    select message_id, type, event, toUnixTimestamp64Milli(timestamp) as at, toUnixTimestamp64Milli(received_at) as received,
      source_id, site, url, value, currency, device_type, properties, traits, context
    from events
    where workspace_id = {workspace:UInt32} and profile_id in {profiles:Array(UInt64)}
      and (toUnixTimestamp64Milli(timestamp), message_id) < ({beforeMs:Int64}, {beforeId:String})
      and timestamp <= fromUnixTimestamp64Milli({beforeMs:Int64})
      and (empty({types:Array(String)}) or type in {types:Array(String)})
      and (empty({sources:Array(UInt32)}) or source_id in {sources:Array(UInt32)})
      and ({event:String} = '' or event = {event:String})
    order by timestamp desc, message_id desc
    limit {limit:UInt32}`,
});

/** Devices and number of events of a customer. */
export const readDevices = chQuery({
  name: 'unify.readDevices',
  params: { workspace: 'UInt32', profiles: 'Array(UInt64)' },
  row: {
    device_type: 'LowCardinality(String)',
    os: 'LowCardinality(String)',
    browser: 'LowCardinality(String)',
    events: 'UInt64',
    last: 'Int64',
  },
  text: `
    select device_type, os, browser, count() as events, toUnixTimestamp64Milli(max(timestamp)) as last
    from events
    where workspace_id = {workspace:UInt32} and profile_id in {profiles:Array(UInt64)} and type != 'segment'
    group by device_type, os, browser
    order by last desc
    limit 50`,
});
