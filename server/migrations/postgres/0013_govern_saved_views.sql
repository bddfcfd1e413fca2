-- How a person likes to see lists: filters and columns under a name. Goes with the membership.
create table govern.saved_view (
  id int generated always as identity,
  workspace_id int not null,
  user_id text not null,
  -- Which list of the console: `customers`, `products` …
  list text not null,
  name text not null,
  -- {search: {filter: value}, columns: {column: shown}}
  settings jsonb not null,
  saved_at timestamptz not null default now(),
  primary key (workspace_id, user_id, id),
  unique (workspace_id, user_id, list, name),
  foreign key (workspace_id, user_id) references govern.member on delete cascade
);

-- The language a person chose for the console, the same in all of their workspaces; null until they chose one.
alter table govern.member add column language text check (language in ('en', 'fr'));
