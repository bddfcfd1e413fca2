-- What the request around a dropped record said, so that a replay reads it as it was read the first time.
alter table drops add column if not exists received_at Nullable(DateTime64(3, 'UTC'));
alter table drops add column if not exists sent_at Nullable(DateTime64(3, 'UTC'));
alter table drops add column if not exists ip String;
alter table drops add column if not exists user_agent String codec(ZSTD(3));
