-- On which day a buyer's persona or scores were found to be others; a day without a row is like the day before.
create table if not exists persona_days (
  workspace_id UInt32,
  -- The root of the customer's profile rows.
  profile_id UInt64,
  -- Local day of the workspace, at its start.
  day Date,
  -- '' for who is no buyer any more: merged, erased, orders cancelled.
  persona LowCardinality(String),
  r UInt8,
  f UInt8,
  m UInt8,
  version UInt64
) engine = ReplacingMergeTree(version)
order by (workspace_id, profile_id, day)
settings non_replicated_deduplication_window = 10000, replicated_deduplication_window = 10000;
