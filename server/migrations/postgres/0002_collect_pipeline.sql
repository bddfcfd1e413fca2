-- From the collection door to ClickHouse: sources, inbox, batches on their way, counters.
create schema collect;

create table collect.source (
  id int generated always as identity primary key,
  workspace_id int not null references govern.workspace on delete cascade,
  name text not null,
  -- Which family of silo it is; the console colours by it.
  family text not null check (family in ('web', 'store', 'crm', 'messages', 'ads', 'support')),
  -- What sends: 'browser', 'server', 'import', 'feed'.
  kind text not null,
  site_id int references govern.site on delete set null,
  -- When two sources state one trait at the same instant, the higher priority wins.
  priority int not null default 100,
  created_at timestamptz not null default now(),
  last_event_at timestamptz,
  archived_at timestamptz,
  unique (workspace_id, name)
);

-- One row per accepted request (not per event): the body as it came, so accepting costs one row and no copy.
create table collect.inbox (
  id bigint generated always as identity primary key,
  workspace_id int not null,
  source_id int not null,
  received_at timestamptz not null,
  -- Event type given by the path (`track` for /v1/t), for bodies that leave it out.
  type_hint text,
  ip text,
  user_agent text,
  events int not null,
  -- True for a record a person replays: its message id was never taken, and the tracking plan is asked again.
  replay boolean not null default false,
  payload text not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);
-- pglz would cost more time than the disk it saves; the row lives for milliseconds.
alter table collect.inbox alter column payload set storage external;
create index inbox_workspace on collect.inbox (workspace_id, id);

-- Message ids seen, as 128-bit hashes. At least 7 days; imported rows for ever, so a file imported again changes nothing.
create table collect.message (
  workspace_id int not null,
  id_hash uuid not null,
  expires_on date not null,
  primary key (workspace_id, id_hash)
);
create index message_expiry on collect.message using brin (expires_on);

create table collect.batch (
  id bigint generated always as identity primary key,
  workspace_id int not null,
  -- resolved → shipped → (deleted once reacted)
  stage text not null check (stage in ('resolved', 'shipped')) default 'resolved',
  events int not null,
  created_at timestamptz not null default now()
);

-- The exact bytes to insert, fixed at resolve time, so a repeat after a crash inserts the same block.
create table collect.shipment (
  batch_id bigint not null references collect.batch on delete cascade,
  table_name text not null,
  rows int not null,
  payload bytea not null,
  primary key (batch_id, table_name)
);
alter table collect.shipment alter column payload set storage external;

create table collect.counter (
  workspace_id int not null,
  source_id int not null,
  day date not null,
  -- 'accepted', 'shipped', 'dropped', 'refused', 'violation' …
  name text not null,
  -- The closed reason for drops and refusals, else ''.
  reason text not null default '',
  count bigint not null,
  primary key (workspace_id, day, source_id, name, reason)
);

-- Tracking plan: one JSON Schema (2020-12) per event name.
create table collect.planned_event (
  workspace_id int not null references govern.workspace on delete cascade,
  event text not null,
  description text not null default '',
  mode text not null check (mode in ('allow', 'report', 'block')) default 'report',
  schema jsonb not null,
  updated_at timestamptz not null default now(),
  primary key (workspace_id, event)
);

create table collect.violation (
  workspace_id int not null,
  event text not null,
  -- JSON pointer and rule, `/price minimum`.
  rule text not null,
  count bigint not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  last_message_id text not null,
  primary key (workspace_id, event, rule)
);
