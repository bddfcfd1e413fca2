create table if not exists order_lines (
  workspace_id UInt32,
  order_id String,
  line UInt32,
  profile_id UInt64,
  ordered_at DateTime64(3, 'UTC'),
  product_id String,
  brand LowCardinality(String),
  category LowCardinality(String),
  quantity Decimal(18, 4),
  price Decimal(18, 4),
  base_price Nullable(Decimal(18, 4)),
  -- A newer version of the order with fewer lines writes the missing ones with removed = true.
  removed Bool,
  version UInt64
) engine = ReplacingMergeTree(version)
order by (workspace_id, order_id, line)
settings non_replicated_deduplication_window = 10000, replicated_deduplication_window = 10000;
