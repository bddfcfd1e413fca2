-- Whom data partners place in their segments, and until when that may be used: PostgreSQL (decide.outside_member) and what the
-- person allows are the record. Rows carry their own profile, not the root.
create table if not exists outside_people (
  workspace_id UInt32,
  provider_id UInt32,
  segment String,
  profile_id UInt64,
  -- The end of the membership or of the consent it rests on, whichever is first; 1970 for what may not be used.
  until DateTime64(3, 'UTC'),
  -- The partner says it no longer, or its time is over.
  removed Bool,
  version UInt64
) engine = ReplacingMergeTree(version)
order by (workspace_id, provider_id, segment, profile_id)
settings index_granularity = 1024, non_replicated_deduplication_window = 10000, replicated_deduplication_window = 10000;
