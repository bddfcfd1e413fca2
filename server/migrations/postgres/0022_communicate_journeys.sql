-- Journeys: graphs stored as data; one row per person on their way, with the moment it goes on.
create table communicate.journey (
  workspace_id int not null references govern.workspace on delete cascade,
  id int generated always as identity,
  name text not null,
  description text not null default '',
  state text not null check (state in ('draft', 'live', 'paused', 'draining', 'archived')),
  -- The newest of journey_version: who enters takes this one.
  version int not null,
  -- What happened before is no reason to enter.
  started_at timestamptz,
  -- The next moment of a journey that begins by the calendar.
  next_at timestamptz,
  -- The next free place at the door, where only so many people an hour may enter.
  door_at timestamptz,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);
create index journey_calendar on communicate.journey (next_at) where next_at is not null;

create table communicate.journey_version (
  workspace_id int not null,
  journey_id int not null,
  version int not null,
  definition jsonb not null,
  at timestamptz not null,
  by_actor text not null,
  primary key (workspace_id, journey_id, version),
  foreign key (workspace_id, journey_id) references communicate.journey on delete cascade
);

-- Raised with every change of a workspace's journeys: what is read from them is read again.
create table communicate.journey_generation (
  workspace_id int primary key references govern.workspace on delete cascade,
  generation bigint not null
);

-- Keys of events that the workspace's journeys ask about: everything else passes them by.
create table communicate.journey_key (
  workspace_id int not null references govern.workspace on delete cascade,
  key text not null,
  primary key (workspace_id, key)
);

-- What happened that a journey asks about. Written in the transaction that resolves the event (or changes the membership,
-- or hears of the message), removed in the one that acts on it: acted on exactly once.
create table communicate.journey_event (
  workspace_id int not null,
  id bigint generated always as identity,
  -- The batch whose rows must be readable in ClickHouse first; null: none.
  batch_id bigint,
  -- 'track:Cart Updated', 'segment:enter:12'; 'journey' with `journey_id`: meant for this one.
  key text not null,
  journey_id int,
  profile_id bigint not null,
  at timestamptz not null,
  message_id text not null,
  -- {properties}
  payload jsonb not null,
  primary key (workspace_id, id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);
create index journey_event_person on communicate.journey_event (workspace_id, profile_id);

create table communicate.journey_run (
  workspace_id int not null,
  id bigint generated always as identity,
  journey_id int not null,
  version int not null,
  -- The profile row that entered: follows merges through its root, and comes back with an un-merge.
  profile_id bigint not null,
  entry_key text not null,
  -- 'holdout': gets nothing; kept to be compared with until its time for the goal is over (`due_at`).
  state text not null check (state in ('active', 'holdout', 'done')),
  node text,
  -- Stands in a wait (and goes on when it is over); else the step is still to be done.
  waiting boolean not null default false,
  due_at timestamptz,
  entered_at timestamptz not null,
  -- {event, events: {<wait>: event}, messages: {<step>: id}, coupons: {<step>: code}}
  context jsonb not null default '{}',
  steps int not null default 0,
  goal_at timestamptz,
  ended_at timestamptz,
  reason text,
  primary key (workspace_id, id),
  foreign key (workspace_id, journey_id) references communicate.journey on delete cascade
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
create index journey_run_due on communicate.journey_run (workspace_id, journey_id, due_at) where due_at is not null;
create index journey_run_person on communicate.journey_run (workspace_id, profile_id, journey_id);
-- Whatever else goes wrong: never two at once.
create unique index journey_run_single on communicate.journey_run (workspace_id, journey_id, profile_id, entry_key)
  where state <> 'done';
create index journey_run_place on communicate.journey_run (workspace_id, journey_id, node, id) where state = 'active';

-- What happened to a run, step by step.
create table communicate.journey_step (
  workspace_id int not null,
  run_id bigint not null,
  seq int not null,
  at timestamptz not null,
  node text not null,
  kind text not null,
  outcome text not null,
  to_node text,
  detail jsonb not null default '{}',
  primary key (workspace_id, run_id, seq),
  foreign key (workspace_id, run_id) references communicate.journey_run on delete cascade
);

-- Why somebody did not enter: the last time, per person.
create table communicate.journey_refusal (
  workspace_id int not null,
  journey_id int not null,
  profile_id bigint not null,
  at timestamptz not null,
  reason text not null,
  detail jsonb not null default '{}',
  primary key (workspace_id, journey_id, profile_id),
  foreign key (workspace_id, journey_id) references communicate.journey on delete cascade
);
create index journey_refusal_age on communicate.journey_refusal (at);

-- People who went a way, by hour: written with the step, so that the numbers on the canvas are those of the runs.
-- from '' enters, to '' leaves.
create table communicate.journey_count (
  workspace_id int not null,
  journey_id int not null,
  hour timestamptz not null,
  from_node text not null,
  to_node text not null,
  way text not null,
  people bigint not null,
  primary key (workspace_id, journey_id, hour, from_node, to_node, way),
  foreign key (workspace_id, journey_id) references communicate.journey on delete cascade
) with (fillfactor = 50);

-- Changes that cannot be part of the step's transaction (lists have a lock of their own). Done after it, until it is done.
create table communicate.journey_effect (
  workspace_id int not null,
  id bigint generated always as identity,
  run_id bigint not null,
  profile_id bigint not null,
  list text not null,
  change text not null check (change in ('add', 'remove')),
  primary key (workspace_id, id)
);

-- How far changes of products were looked at.
create table communicate.journey_product_cursor (
  workspace_id int primary key references govern.workspace on delete cascade,
  change_id bigint not null
);
