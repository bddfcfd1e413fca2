-- Recommendations: how they are made, what a merchandiser says, builds and how well they foresee.
create table decide.recommendation_settings (
  workspace_id int primary key references govern.workspace on delete cascade,
  settings jsonb not null,
  updated_at timestamptz not null
);

create table decide.merchandising_rule (
  workspace_id int not null references govern.workspace on delete cascade,
  id bigint generated always as identity,
  rule jsonb not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);

-- A full build; refreshes in between are none.
create table decide.recommendation_run (
  workspace_id int not null references govern.workspace on delete cascade,
  id bigint generated always as identity,
  state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  trigger text not null check (trigger in ('manual', 'nightly')),
  requested_at timestamptz not null,
  requested_by text not null,
  started_at timestamptz,
  finished_at timestamptz,
  -- {"step", "done", "total"}
  progress jsonb,
  cancel_wanted boolean not null default false,
  -- Counts and evaluations. No personal data.
  report jsonb,
  error jsonb,
  primary key (workspace_id, id)
);
create unique index recommendation_run_alone on decide.recommendation_run (workspace_id)
  where state in ('queued', 'running');

-- What serves now.
create table decide.recommendation_scope (
  workspace_id int primary key references govern.workspace on delete cascade,
  -- Rows of item_neighbours older than this are of an earlier build and count no more.
  base_version bigint not null default 0,
  -- Raised by everything that is written; what a process holds in memory is of one such version.
  version bigint not null default 0,
  method text,
  built_at timestamptz,
  -- Events received up to here are in.
  fresh_at timestamptz,
  items int not null default 0,
  people int not null default 0,
  pairs bigint not null default 0,
  -- Products on sale when the candidates were last taken over.
  products int not null default 0,
  -- Why the catalogue of today is not followed; null when all is well.
  alarm text,
  evaluations jsonb not null default '[]'
);
