-- Reports people keep: what to ask, never the answer.
create table decide.report (
  id int generated always as identity primary key,
  workspace_id int not null references govern.workspace on delete cascade,
  name text not null,
  kind text not null check (kind in ('trend', 'funnel', 'retention', 'attribution', 'paths', 'values', 'dashboard')),
  -- The request as the API takes it; a later Vitrail checks it again when it is opened.
  definition jsonb not null,
  -- better-auth's user id, or `key 12`.
  owner text not null,
  -- Seen by everybody who may read analytics, not by its owner alone.
  shared boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index report_workspace on decide.report (workspace_id, name, id);
