-- What the matcher reads: one row per customer or company, values as they are written. PostgreSQL is the record.
create table if not exists match_records (
  workspace_id UInt32,
  kind LowCardinality(String),
  -- The root of the customer's profile rows, or the number of the company.
  record_id UInt64,
  -- first_name, last_name, birth_date, email, phone, street, postal_code, city, country, identifiers of which one has one.
  fields Map(LowCardinality(String), String) codec(ZSTD(1)),
  removed Bool,
  version UInt64
) engine = ReplacingMergeTree(version)
order by (workspace_id, kind, record_id)
settings index_granularity = 1024, non_replicated_deduplication_window = 10000, replicated_deduplication_window = 10000;
