-- The catalogue as analysts' SQL reads it: a copy of PostgreSQL's products, made when a statement asks and they have changed.
create table if not exists products (
  workspace_id UInt32,
  product_id String,
  group_id String,
  title String codec(ZSTD(1)),
  brand LowCardinality(String),
  category LowCardinality(String),
  size LowCardinality(String),
  color LowCardinality(String),
  gtin String,
  link String codec(ZSTD(1)),
  availability LowCardinality(String),
  stock Nullable(Int32),
  -- Of each site and currency, side by side; site '' when the feed is not bound to one.
  sites Array(LowCardinality(String)),
  currencies Array(LowCardinality(String)),
  prices Array(Decimal(18, 4)),
  sale_prices Array(Nullable(Decimal(18, 4))),
  -- What is paid at least now, where the currency is the base currency.
  price Nullable(Decimal(18, 4)),
  attributes Map(LowCardinality(String), String) codec(ZSTD(1)),
  updated_at DateTime64(3, 'UTC'),
  removed_at Nullable(DateTime64(3, 'UTC')),
  -- What the whole catalogue was like when this copy was made.
  catalogue LowCardinality(String),
  version UInt64
) engine = ReplacingMergeTree(version)
order by (workspace_id, product_id)
settings index_granularity = 1024, non_replicated_deduplication_window = 10000, replicated_deduplication_window = 10000;
