-- What customers will do next: runs over all groups of buyers, what each group came to, and which result is in use.

create table decide.prediction_run (
  workspace_id int not null references govern.workspace on delete cascade,
  id bigint generated always as identity,
  state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  -- 'manual' or 'nightly'
  trigger text not null,
  requested_at timestamptz not null,
  requested_by text not null,
  started_at timestamptz,
  finished_at timestamptz,
  -- {"step", "done", "total"}
  progress jsonb,
  cancel_wanted boolean not null default false,
  error jsonb,
  primary key (workspace_id, id)
);
create unique index prediction_run_alone on decide.prediction_run (workspace_id) where state in ('queued', 'running');

-- What a run found out about one group of buyers: those of a site ('' for all of them).
create table decide.prediction_fit (
  workspace_id int not null,
  run_id bigint not null,
  site text not null,
  currency text not null,
  at timestamptz not null,
  -- Null: nothing was good enough to be shown; the reasons say why.
  served text,
  reasons text[] not null,
  -- How many customers were scored.
  people int not null,
  -- Training, models, backtests and means at the moment of the run: no personal data.
  result jsonb not null,
  primary key (workspace_id, run_id, site),
  foreign key (workspace_id, run_id) references decide.prediction_run (workspace_id, id) on delete cascade
);

-- Which run's predictions are in use, and which was the last to try.
create table decide.prediction_scope (
  workspace_id int not null references govern.workspace on delete cascade,
  site text not null,
  run_id bigint,
  tried_run_id bigint not null,
  primary key (workspace_id, site)
);

-- Predictions kept as they were published, to be compared with what happened once their horizon has passed.
create table decide.prediction_published (
  workspace_id int not null references govern.workspace on delete cascade,
  run_id bigint not null,
  site text not null,
  at timestamptz not null,
  horizon_days int not null,
  -- Null until the horizon has passed.
  checked_at timestamptz,
  result jsonb,
  primary key (workspace_id, run_id, site)
);
create index prediction_published_due on decide.prediction_published (at) where checked_at is null;
