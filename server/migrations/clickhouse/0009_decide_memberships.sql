-- Who is in which segment; PostgreSQL's decide.membership is the record. One row per person who was ever in.
create table if not exists memberships (
  workspace_id UInt32,
  segment_id UInt32,
  profile_id UInt64,
  member Bool,
  since DateTime64(3, 'UTC'),
  version UInt64
) engine = ReplacingMergeTree(version)
order by (workspace_id, segment_id, profile_id)
settings non_replicated_deduplication_window = 10000, replicated_deduplication_window = 10000;
-- Every entry and exit, for trends.
create table if not exists membership_changes (
  workspace_id UInt32,
  segment_id UInt32,
  at DateTime64(3, 'UTC') codec(Delta, ZSTD(1)),
  profile_id UInt64,
  entered Bool,
  -- 'event', 'time', 'merge', 'definition', 'recompute', 'list'
  cause LowCardinality(String),
  version UInt64
) engine = MergeTree
order by (workspace_id, segment_id, at)
settings non_replicated_deduplication_window = 10000, replicated_deduplication_window = 10000;
