-- The people most like a segment, the likest first: the half of everyone else that the widest reach can take. PostgreSQL says
-- which run is in use (decide.lookalike); older ones are deleted after it.
create table if not exists lookalike_people (
  workspace_id UInt32,
  lookalike_id UInt32,
  profile_id UInt64,
  run_id UInt64,
  -- Share of everyone else that is at least as like: 0.05 is among the likest twentieth.
  place Float32,
  score Float32
) engine = ReplacingMergeTree(run_id)
order by (workspace_id, lookalike_id, profile_id, run_id)
settings index_granularity = 1024, non_replicated_deduplication_window = 10000, replicated_deduplication_window = 10000;
