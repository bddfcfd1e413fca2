-- Counts over everyone look for few events among many: sorted by name they read those alone (measured on 20 million
-- events: 6 times faster; an insert costs a tenth more). Small columns only; other questions read the table.
alter table events modify setting lightweight_mutation_projection_mode = 'rebuild';
-- Smaller and three times faster to read than a delta with ZSTD.
alter table events modify column if exists timestamp DateTime64(3, 'UTC') codec(T64, LZ4);
alter table events add projection if not exists by_event (
  select workspace_id, type, event, bot, profile_id, timestamp, category, brand, site, device_type, country
  order by workspace_id, event, profile_id, timestamp
);
alter table events materialize projection if exists by_event;
