-- Orders and their lines by customer, for segments: a few customers' orders are read at a time. Only orders that belong to
-- somebody; which one it is never changes once it is known.
create table if not exists customer_orders (
  workspace_id UInt32,
  profile_id UInt64,
  order_id String,
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
order by (workspace_id, profile_id, order_id)
settings index_granularity = 512, non_replicated_deduplication_window = 10000, replicated_deduplication_window = 10000;
create table if not exists customer_order_lines (
  workspace_id UInt32,
  profile_id UInt64,
  order_id String,
  line UInt32,
  ordered_at DateTime64(3, 'UTC'),
  product_id String,
  brand LowCardinality(String),
  category LowCardinality(String),
  quantity Decimal(18, 4),
  price Decimal(18, 4),
  base_price Nullable(Decimal(18, 4)),
  removed Bool,
  version UInt64
) engine = ReplacingMergeTree(version)
order by (workspace_id, profile_id, order_id, line)
settings index_granularity = 512, non_replicated_deduplication_window = 10000, replicated_deduplication_window = 10000;
