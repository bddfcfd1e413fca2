import { chQuery } from '../../../platform/index.ts';

const params = {
  workspace: 'UInt32',
  from: 'DateTime64(3)',
  to: 'DateTime64(3)',
  byReceived: 'Bool',
} as const;

/** Whom a profile belongs to now: merges move no event. Memory: the merged profiles of the workspace. */
const fromEvents = `
  from events
  left join (
    select profile_id, argMax(root_id, version) as root_id
    from profile_root
    where workspace_id = {workspace:UInt32}
    group by profile_id
  ) as joined on joined.profile_id = events.profile_id
  where events.workspace_id = {workspace:UInt32}
    and if({byReceived:Bool}, events.received_at, events.timestamp) >= {from:DateTime64(3)}
    and if({byReceived:Bool}, events.received_at, events.timestamp) < {to:DateTime64(3)}`;

const customer = `if(joined.root_id = 0, events.profile_id, joined.root_id)`;

/** Every column of every event: one pass over the workspace, in the table's own order. */
export const exportEventColumns = chQuery({
  name: 'collect.exportEventColumns',
  params,
  row: {
    profile_id: 'UInt64',
    customer_id: 'UInt64',
    timestamp: 'DateTime64(3)',
    message_id: 'String',
    type: 'LowCardinality(String)',
    event: 'LowCardinality(String)',
    source_id: 'UInt32',
    site: 'LowCardinality(String)',
    received_at: 'DateTime64(3)',
    sent_at: 'Nullable(DateTime64(3))',
    original_timestamp: 'Nullable(DateTime64(3))',
    anonymous_id: 'String',
    user_id: 'String',
    session_id: 'String',
    url: 'String',
    path: 'LowCardinality(String)',
    referrer: 'String',
    campaign_source: 'LowCardinality(String)',
    campaign_medium: 'LowCardinality(String)',
    campaign_name: 'LowCardinality(String)',
    device_type: 'LowCardinality(String)',
    os: 'LowCardinality(String)',
    browser: 'LowCardinality(String)',
    bot: 'Bool',
    country: 'LowCardinality(String)',
    language: 'LowCardinality(String)',
    product_id: 'String',
    order_id: 'String',
    value: 'Nullable(Decimal(18, 4))',
    currency: 'LowCardinality(String)',
    base_value: 'Nullable(Decimal(18, 4))',
    properties: 'String',
    traits: 'String',
    context: 'String',
    extra: 'String',
  },
  text: `
    select events.profile_id as profile_id, ${customer} as customer_id, events.timestamp as timestamp, message_id, type,
      event, source_id, site, received_at, sent_at, original_timestamp, anonymous_id, user_id, session_id, url, path,
      referrer, campaign_source, campaign_medium, campaign_name, device_type, os, browser, bot, country, language,
      product_id, order_id, value, currency, base_value, properties, traits, context, extra
    ${fromEvents}`,
});

/** What a raw record is put together from again: one pass over the workspace, in the table's own order. */
export const exportRawEvents = chQuery({
  name: 'collect.exportRawEvents',
  params,
  row: {
    profile_id: 'UInt64',
    customer_id: 'UInt64',
    timestamp: 'DateTime64(3)',
    message_id: 'String',
    type: 'LowCardinality(String)',
    event: 'LowCardinality(String)',
    source_id: 'UInt32',
    site: 'LowCardinality(String)',
    received_at: 'DateTime64(3)',
    sent_at: 'Nullable(DateTime64(3))',
    original_timestamp: 'Nullable(DateTime64(3))',
    anonymous_id: 'String',
    user_id: 'String',
    value: 'Nullable(Decimal(18, 4))',
    currency: 'LowCardinality(String)',
    base_value: 'Nullable(Decimal(18, 4))',
    properties: 'String',
    traits: 'String',
    context: 'String',
    extra: 'String',
  },
  text: `
    select events.profile_id as profile_id, ${customer} as customer_id, events.timestamp as timestamp, message_id, type,
      event, source_id, site, received_at, sent_at, original_timestamp, anonymous_id, user_id, value, currency,
      base_value, properties, traits, context, extra
    ${fromEvents}`,
});

/** Records that were accepted at the door and not kept, as they came. Sorting key (workspace_id, at). */
export const exportDrops = chQuery({
  name: 'collect.exportDrops',
  params: { workspace: 'UInt32', from: 'DateTime64(3)', to: 'DateTime64(3)' },
  row: {
    id: 'String',
    at: 'DateTime64(3)',
    reason: 'LowCardinality(String)',
    detail: 'String',
    source_id: 'UInt32',
    type: 'LowCardinality(String)',
    event: 'LowCardinality(String)',
    message_id: 'String',
    replayed: 'Bool',
    raw: 'String',
  },
  text: `
    select id, at, reason, detail, source_id, type, event, message_id, replayed, raw
    from drops
    where workspace_id = {workspace:UInt32} and at >= {from:DateTime64(3)} and at < {to:DateTime64(3)}`,
});
