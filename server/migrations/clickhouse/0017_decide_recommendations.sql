-- What goes with what, one row per item and kind with its neighbours, the likest first: 'similar' (cosine), 'for_you'
-- (weights that foresee the next item), 'together' (bought in one order), 'search' (the item is the searched words).
-- Items are groups of variants, or products without a group. Nothing here says anything of a person.
create table if not exists item_neighbours (
  workspace_id UInt32,
  kind LowCardinality(String),
  item String,
  version UInt64,
  others Array(String) codec(ZSTD(1)),
  scores Array(Float32) codec(ZSTD(1)),
  -- How many people, or orders, have both.
  shared Array(UInt32) codec(ZSTD(1))
) engine = ReplacingMergeTree(version)
order by (workspace_id, kind, item)
settings index_granularity = 32, non_replicated_deduplication_window = 10000, replicated_deduplication_window = 10000;

-- Lists for everybody: popular, trending, most viewed; of a site, or '' for all of them.
create table if not exists item_lists (
  workspace_id UInt32,
  list LowCardinality(String),
  site LowCardinality(String),
  version UInt64,
  items Array(String) codec(ZSTD(1)),
  scores Array(Float64) codec(ZSTD(1))
) engine = ReplacingMergeTree(version)
order by (workspace_id, list, site)
settings index_granularity = 32, non_replicated_deduplication_window = 10000, replicated_deduplication_window = 10000;
