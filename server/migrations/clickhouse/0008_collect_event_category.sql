-- Asked for by most segments and reports: read without parsing the properties of every event.
alter table events add column if not exists category LowCardinality(String) materialized JSONExtractString(properties, 'category');
alter table events add column if not exists brand LowCardinality(String) materialized JSONExtractString(properties, 'brand');
