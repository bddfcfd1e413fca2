-- How buyers are scored by recency, frequency, monetary value and engagement.
create table decide.rfm_settings (
  workspace_id int primary key references govern.workspace on delete cascade,
  method text not null check (method in ('quantiles', 'bands')),
  bands jsonb not null,
  names jsonb not null,
  updated_at timestamptz not null
);

-- Thresholds in use, newest version of each site ('' is the whole workspace). They change at night or with the settings.
create table decide.rfm_edges (
  workspace_id int not null references govern.workspace on delete cascade,
  site text not null,
  version int not null,
  edges jsonb not null,
  buyers bigint not null,
  at timestamptz not null,
  primary key (workspace_id, site, version)
);
