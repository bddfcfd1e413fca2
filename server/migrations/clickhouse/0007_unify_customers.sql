-- One row per customer, as segments and reports ask for them; PostgreSQL's profiles are the record. Small granules: a few
-- customers are read at a time, and reading two of them must not cost more when there are a hundred times as many.
create table if not exists customers (
  workspace_id UInt32,
  -- The root of the customer's profile rows.
  profile_id UInt64,
  -- All its profile rows, the root among them: events and orders carry these.
  members Array(UInt64),
  -- Of each trait the newest value: text as it is, other values as JSON text.
  traits Map(LowCardinality(String), String) codec(ZSTD(1)),
  -- Granted or denied, by purpose as received.
  consents Map(LowCardinality(String), Bool) codec(ZSTD(1)),
  -- Namespaces in which the customer has an identifier.
  namespaces Array(LowCardinality(String)),
  first_seen DateTime64(3, 'UTC'),
  -- No customer of its own any more: merged into another, or erased.
  removed Bool,
  version UInt64
) engine = ReplacingMergeTree(version)
order by (workspace_id, profile_id)
settings index_granularity = 512, non_replicated_deduplication_window = 10000, replicated_deduplication_window = 10000;
