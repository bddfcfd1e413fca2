-- What the shop tries out: experiments with what was learnt of them, and flags.
create schema experience;

-- One row per workspace, made when something is first changed.
create table experience.setting (
  workspace_id int primary key references govern.workspace on delete cascade,
  -- Share of people kept out of every experiment, to measure what all of it together brings.
  global_holdout float8 not null default 0 check (global_holdout >= 0 and global_holdout <= 0.5),
  -- Segments a browser may be told about, by id.
  published_segments int[] not null default '{}'
);

create table experience.experiment (
  workspace_id int not null references govern.workspace on delete cascade,
  id int generated always as identity,
  -- What events and clients call it; never used twice.
  key text not null,
  name text not null,
  state text not null check (state in ('draft', 'running', 'stopped', 'archived')),
  kind text not null check (kind in ('experience', 'message', 'journey', 'recommendation', 'flag')),
  -- The whole of what was asked for: variations, metrics, traffic, analysis.
  definition jsonb not null,
  -- What is hashed with the person: never changes while it runs, so nobody moves.
  seed text not null,
  bucket_version int not null default 0,
  -- Its part of the places of its exclusive group, while it is not over.
  group_name text,
  group_from float8,
  group_to float8,
  started_at timestamptz,
  stopped_at timestamptz,
  -- What was learnt: {result, variation, note}; null until someone wrote it.
  learning jsonb,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index experiment_key on experience.experiment (workspace_id, key);

create table experience.flag (
  workspace_id int not null references govern.workspace on delete cascade,
  id int generated always as identity,
  key text not null,
  active boolean not null,
  -- {name, type, default, rules: []}
  definition jsonb not null,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index flag_key on experience.flag (workspace_id, key);
