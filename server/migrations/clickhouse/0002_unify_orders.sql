-- Orders for analytics: the newest version of each; PostgreSQL's unify.order is the record.
create table if not exists orders (
  workspace_id UInt32,
  order_id String,
  profile_id UInt64,
  ordered_at DateTime64(3, 'UTC'),
  source_id UInt32,
  site LowCardinality(String),
  channel LowCardinality(String),
  status LowCardinality(String),
  currency LowCardinality(String),
  total Decimal(18, 4),
  base_total Nullable(Decimal(18, 4)),
  discount Decimal(18, 4),
  coupon LowCardinality(String),
  refunded Decimal(18, 4),
  base_refunded Decimal(18, 4),
  version UInt64
) engine = ReplacingMergeTree(version)
order by (workspace_id, order_id)
settings non_replicated_deduplication_window = 10000, replicated_deduplication_window = 10000;
