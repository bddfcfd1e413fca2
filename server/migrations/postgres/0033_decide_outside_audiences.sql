-- Segments that data partners say of people, kept apart from what the shop knows itself: by partner, with the legal basis,
-- until a day.
create table decide.outside_provider (
  workspace_id int not null references govern.workspace on delete cascade,
  id int generated always as identity,
  -- Its name in addresses and files.
  key text not null,
  name text not null,
  basis text not null check (basis in ('consent', 'legitimate_interest')),
  -- What people have to allow (consent), or may object to (legitimate interest).
  purpose text not null,
  -- 'segments', 'experiences', 'messages', 'ads'
  uses text[] not null,
  retention_days int not null check (retention_days > 0),
  -- Public name in the address of the pixel; null: none is served.
  sync_key text unique,
  -- Where a browser is sent with our id of it, `{id}` in its query; null: it is answered with a picture.
  sync_url text,
  -- Number in the IAB's list of vendors: with it a TC string can say yes.
  tcf_vendor int,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, key)
);

create table decide.outside_member (
  workspace_id int not null,
  provider_id int not null,
  -- The partner's own name of the segment.
  segment text not null,
  -- The profile row as it was: follows merges through its root, and comes back with an un-merge.
  profile_id bigint not null,
  since timestamptz not null,
  expires_at timestamptz not null,
  given_by text not null check (given_by in ('file', 'api')),
  primary key (workspace_id, provider_id, segment, profile_id),
  foreign key (workspace_id, provider_id) references decide.outside_provider on delete cascade
);
create index outside_member_profile on decide.outside_member (workspace_id, profile_id);
create index outside_member_expiry on decide.outside_member (expires_at);

-- Which person an id of the partner ('theirs'), or one that only the partner knows of us ('ours'), stands for. No identifier:
-- it joins nobody.
create table decide.outside_mapping (
  workspace_id int not null,
  provider_id int not null,
  kind text not null check (kind in ('theirs', 'ours')),
  value text not null,
  profile_id bigint not null,
  at timestamptz not null,
  expires_at timestamptz not null,
  primary key (workspace_id, provider_id, kind, value),
  foreign key (workspace_id, provider_id) references decide.outside_provider on delete cascade
);
create index outside_mapping_profile on decide.outside_mapping (workspace_id, profile_id);
create index outside_mapping_expiry on decide.outside_mapping (expires_at);

-- Rows whose copy in ClickHouse is behind. Written with every change, worked off at once, or by a job after a crash.
create table decide.outside_waiting (
  id bigint generated always as identity primary key,
  workspace_id int not null references govern.workspace on delete cascade,
  provider_id int not null,
  segment text not null,
  profile_id bigint not null
);
create index outside_waiting_workspace on decide.outside_waiting (workspace_id, id);
create sequence decide.outside_version;

-- Files of partners come by the ordinary import.
alter table collect.import drop constraint import_kind_check;
alter table collect.import add constraint import_kind_check
  check (kind in ('people', 'orders', 'order-lines', 'products', 'events', 'outside-segments', 'id-mappings'));
