-- Everything accepted, one row per event, lossless: properties, traits, context and extra together are the whole record.
-- Not partitioned by time: a partition adds one seek per customer to every per-customer read (measured: 8 times slower).
-- Written for one machine; on a cluster the runner makes it replicated and distributed (docs/adr/0005).
create table if not exists events (
  workspace_id UInt32,
  -- The profile the event was resolved to; joined profiles are mapped by profile_root.
  profile_id UInt64,
  timestamp DateTime64(3, 'UTC') codec(Delta, ZSTD(1)),
  message_id String codec(ZSTD(1)),
  type LowCardinality(String),
  -- Track: the event's name. Page and screen: the page's name. Else ''.
  event LowCardinality(String),
  source_id UInt32,
  site LowCardinality(String),
  received_at DateTime64(3, 'UTC') codec(Delta, ZSTD(1)),
  sent_at Nullable(DateTime64(3, 'UTC')),
  -- What the client's clock said, before skew correction.
  original_timestamp Nullable(DateTime64(3, 'UTC')),
  anonymous_id String codec(ZSTD(1)),
  user_id String codec(ZSTD(1)),
  session_id String codec(ZSTD(1)),
  url String codec(ZSTD(1)),
  path LowCardinality(String),
  referrer String codec(ZSTD(1)),
  campaign_source LowCardinality(String),
  campaign_medium LowCardinality(String),
  campaign_name LowCardinality(String),
  device_type LowCardinality(String),
  os LowCardinality(String),
  browser LowCardinality(String),
  -- Flagged, never dropped.
  bot Bool,
  country LowCardinality(String),
  language LowCardinality(String),
  product_id String codec(ZSTD(1)),
  order_id String codec(ZSTD(1)),
  -- Revenue, total or value of the event in its currency, and in the workspace's base currency.
  value Nullable(Decimal(18, 4)),
  currency LowCardinality(String),
  base_value Nullable(Decimal(18, 4)),
  properties String codec(ZSTD(1)),
  traits String codec(ZSTD(1)),
  context String codec(ZSTD(1)),
  -- Every other top-level field (integrations, _metadata …).
  extra String codec(ZSTD(1)),
  batch_id UInt64,
  index events_message message_id type bloom_filter(0.01) granularity 4,
  index events_received received_at type minmax granularity 4
) engine = MergeTree
order by (workspace_id, profile_id, timestamp)
settings non_replicated_deduplication_window = 10000, replicated_deduplication_window = 10000;
