-- What the shop's pages show to whom, and what each person saw of it.
create schema if not exists experience;

create table experience.experience (
  workspace_id int not null references govern.workspace on delete cascade,
  id int generated always as identity,
  -- What pages and events call it; once given it stays.
  key text not null,
  name text not null,
  state text not null check (state in ('draft', 'running', 'stopped', 'archived')),
  version int not null default 1,
  definition jsonb not null,
  started_at timestamptz,
  stopped_at timestamptz,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, key)
);

-- Raised with every change of a workspace's experiences: what a process holds of them is read again.
create table experience.generation (
  workspace_id int primary key references govern.workspace on delete cascade,
  generation bigint not null
);

-- What a profile row saw, clicked and closed: for caps, for closing for a while, and so that a variant stays the same. Follows
-- merges by its root, and comes back with an un-merge.
create table experience.seen (
  workspace_id int not null references govern.workspace on delete cascade,
  profile_id bigint not null,
  experience_id int not null,
  -- The first one seen; '' is the control group.
  variant text not null,
  views int not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  -- The newest views, for caps over days; at most a hundred.
  recent timestamptz[] not null,
  visit text,
  visit_views int not null,
  clicked_at timestamptz,
  closed_at timestamptz,
  primary key (workspace_id, profile_id, experience_id),
  foreign key (workspace_id, experience_id) references experience.experience on delete cascade
) with (fillfactor = 80);
create index seen_experience on experience.seen (workspace_id, experience_id);
