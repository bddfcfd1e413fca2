-- What is predicted of each buyer: one row per site ('' for all of them), customer and run. Money in the base currency.
-- PostgreSQL says which run is in use (decide.prediction_scope); rows of former runs are deleted once another is.
create table if not exists predictions (
  workspace_id UInt32,
  site LowCardinality(String),
  -- The root of the customer's profile rows when the run read them.
  profile_id UInt64,
  run_id UInt64,
  computed_at DateTime64(3, 'UTC'),
  order_30 Float64,
  order_90 Float64,
  churn Float64,
  orders_90 Float64,
  orders_90_low Float64,
  orders_90_high Float64,
  orders_365 Float64,
  orders_365_low Float64,
  orders_365_high Float64,
  value_90 Float64,
  value_90_low Float64,
  value_90_high Float64,
  value_365 Float64,
  value_365_low Float64,
  value_365_high Float64,
  historic_value Float64,
  lifetime_value Float64,
  -- Null where a date would mean nothing.
  next_order_at Nullable(DateTime64(3, 'UTC')),
  next_order_from Nullable(DateTime64(3, 'UTC')),
  next_order_to Nullable(DateTime64(3, 'UTC')),
  tier LowCardinality(String),
  -- Of the number of orders in 90 days.
  orders_90_variance Float64
) engine = ReplacingMergeTree
order by (workspace_id, site, profile_id, run_id)
settings index_granularity = 1024, non_replicated_deduplication_window = 10000, replicated_deduplication_window = 10000;

-- When and how a customer answers: one row each for the run in use (decide.habit_run); older runs are deleted after it.
create table if not exists habits (
  workspace_id UInt32,
  profile_id UInt64,
  run_id UInt64,
  computed_at DateTime64(3, 'UTC'),
  -- Local hour, 0 to 23.
  best_hour UInt8,
  -- Signals of their own behind the hour, faded with age.
  hour_signals Float32,
  -- '' when nothing is known.
  channel LowCardinality(String),
  channels Map(LowCardinality(String), Float32),
  discount_affinity Float32,
  discount_orders UInt32
) engine = ReplacingMergeTree(run_id)
order by (workspace_id, profile_id, run_id)
settings index_granularity = 1024, non_replicated_deduplication_window = 10000, replicated_deduplication_window = 10000;

-- What a customer is drawn to: the first categories and brands of each, place 1 the strongest; runs as of habits.
create table if not exists appetences (
  workspace_id UInt32,
  dimension LowCardinality(String),
  profile_id UInt64,
  place UInt8,
  run_id UInt64,
  value LowCardinality(String),
  share Float32,
  signals Float32
) engine = ReplacingMergeTree(run_id)
order by (workspace_id, dimension, profile_id, run_id, place)
settings index_granularity = 1024, non_replicated_deduplication_window = 10000, replicated_deduplication_window = 10000;

-- Probabilities as they were published, once a week, until they can be compared with what happened.
create table if not exists published_predictions (
  workspace_id UInt32,
  site LowCardinality(String),
  run_id UInt64,
  profile_id UInt64,
  computed_at DateTime64(3, 'UTC'),
  order_90 Float32,
  orders_90 Float32,
  orders_90_variance Float32
) engine = ReplacingMergeTree
order by (workspace_id, site, run_id, profile_id)
settings index_granularity = 1024, non_replicated_deduplication_window = 10000, replicated_deduplication_window = 10000;
