-- Which run of habits and appetences is in use: rows of older runs count no more.
create table decide.habit_run (
  workspace_id int primary key references govern.workspace on delete cascade,
  run_id bigint not null,
  at timestamptz not null,
  people int not null
);

-- Audiences of people most like a segment. `run_id`: the scoring in use; null until the first.
create table decide.lookalike (
  workspace_id int not null references govern.workspace on delete cascade,
  id int generated always as identity,
  name text not null,
  segment_id int not null,
  reach double precision not null check (reach > 0 and reach <= 0.5),
  state text not null check (state in ('queued', 'running', 'ready', 'refused', 'failed')),
  reason text,
  run_id bigint,
  at timestamptz,
  seeds int not null default 0,
  candidates int not null default 0,
  -- {"quality", "features"} of the scoring in use: no personal data.
  result jsonb,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, segment_id) references decide.segment on delete cascade
);
