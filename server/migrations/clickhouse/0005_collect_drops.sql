-- What was accepted at the door and then not kept, with the reason and the whole record, for reading and replay.
create table if not exists drops (
  workspace_id UInt32,
  at DateTime64(3, 'UTC'),
  id String,
  reason LowCardinality(String),
  source_id UInt32,
  type LowCardinality(String),
  event LowCardinality(String),
  message_id String,
  detail String,
  raw String codec(ZSTD(3)),
  replayed Bool,
  batch_id UInt64
) engine = MergeTree
order by (workspace_id, at)
ttl toDateTime(at) + interval 90 day
settings non_replicated_deduplication_window = 10000, replicated_deduplication_window = 10000;
