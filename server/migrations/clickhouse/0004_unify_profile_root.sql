-- Which root a merged profile stands under now; the newest version wins. Profiles that were never merged have no row.
create table if not exists profile_root (
  workspace_id UInt32,
  profile_id UInt64,
  root_id UInt64,
  version UInt64
) engine = ReplacingMergeTree(version)
order by (workspace_id, profile_id)
settings non_replicated_deduplication_window = 10000, replicated_deduplication_window = 10000;
