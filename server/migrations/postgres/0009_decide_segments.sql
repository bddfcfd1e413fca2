-- Segments, who is in them, and when time alone may change that.
create schema decide;

-- What a batch touched, so that whoever reacts to it knows also after a crash: profile rows that did something, and those
-- of which something is known now that was not.
alter table collect.batch
  add column touched bigint[] not null default '{}',
  add column changed bigint[] not null default '{}';

-- People who were there before are brought to ClickHouse's `customers` like those of a batch that nobody finished.
insert into collect.batch (workspace_id, stage, events, changed)
  select workspace_id, 'shipped', 0, array_agg(id) from unify.profile group by workspace_id, id / 5000;

create table decide.segment (
  workspace_id int not null references govern.workspace on delete cascade,
  id int generated always as identity,
  name text not null,
  description text not null default '',
  kind text not null check (kind in ('dynamic', 'list')),
  state text not null check (state in ('building', 'live', 'stale', 'archived')),
  -- The version whose members these are; a newer one of segment_version is being applied while 'building'.
  version int not null,
  size bigint not null default 0,
  evaluated_at timestamptz,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);

create table decide.segment_version (
  workspace_id int not null,
  segment_id int not null,
  version int not null,
  definition jsonb not null,
  at timestamptz not null,
  by_actor text not null,
  primary key (workspace_id, segment_id, version),
  foreign key (workspace_id, segment_id) references decide.segment on delete cascade
);

-- Raised with every change of a workspace's segments: what is compiled from them is compiled again.
create table decide.segment_generation (
  workspace_id int primary key references govern.workspace on delete cascade,
  generation bigint not null
);

create table decide.membership (
  workspace_id int not null,
  -- A root.
  profile_id bigint not null,
  segment_id int not null,
  since timestamptz not null,
  primary key (workspace_id, profile_id, segment_id)
) with (fillfactor = 80);

-- Versions of membership rows in ClickHouse.
create sequence decide.change_seq;

-- The first moment at which a person's segments can change by time alone, when it comes before the next nightly recompute,
-- which looks for the later ones.
create table decide.due (
  workspace_id int not null,
  profile_id bigint not null,
  at timestamptz not null,
  primary key (workspace_id, profile_id)
) with (fillfactor = 70);
create index due_at on decide.due (at);

-- A look at everyone under way. It reads without stopping anybody, so it must not overwrite newer answers: who was looked
-- at meanwhile is noted, and left out when its result is applied.
create table decide.sweep (
  workspace_id int not null,
  id bigint generated always as identity primary key,
  started_at timestamptz not null
);
create table decide.sweep_touched (
  sweep_id bigint not null references decide.sweep on delete cascade,
  profile_id bigint not null,
  primary key (sweep_id, profile_id)
);

-- Rows for ClickHouse that belong to a change of memberships: they commit with it and are sent after it, in order.
create table decide.outbox (
  id bigint generated always as identity primary key,
  workspace_id int not null,
  table_name text not null,
  rows int not null,
  payload bytea not null
);

-- What the nightly recompute found to differ from the running memberships: always nothing, or an alarm.
create table decide.recompute (
  workspace_id int not null references govern.workspace on delete cascade,
  at timestamptz not null,
  segment_id int not null,
  missing bigint not null,
  surplus bigint not null,
  primary key (workspace_id, at, segment_id)
);
