-- Rules that give points; who has how many is computed, never stored.
create table decide.score (
  workspace_id int not null references govern.workspace on delete cascade,
  id int generated always as identity,
  name text not null,
  description text not null,
  definition jsonb not null,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index score_name on decide.score (workspace_id, lower(name));
