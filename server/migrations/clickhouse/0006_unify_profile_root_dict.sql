-- profile_root in memory, for queries that map events of everyone:
--   dictGetOrDefault('profile_root_dict', 'root_id', (workspace_id, profile_id), profile_id)
-- Read again before a query of the process that wrote to profile_root; other processes wait for its lifetime.
-- A lookup costs 0.2 µs: over many events, group by profile_id first and map the groups.
create dictionary if not exists profile_root_dict (
  workspace_id UInt32,
  profile_id UInt64,
  root_id UInt64
)
primary key workspace_id, profile_id
source(clickhouse(
  query 'select workspace_id, profile_id, argMax(root_id, version) as root_id from profile_root group by workspace_id, profile_id'
  invalidate_query 'select max(version) from profile_root'
))
lifetime(min 5 max 10)
layout(complex_key_hashed_array());
