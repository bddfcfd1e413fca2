-- Who may do what: installations, workspaces, members, keys, audit, erasures.
create schema govern;

create table govern.installation (
  id boolean primary key default true check (id),
  -- Signs sessions and keys the hashes of erased identifiers. Never leaves the server.
  secret bytea not null,
  created_at timestamptz not null default now()
);

create table govern.workspace (
  id int generated always as identity primary key,
  name text not null,
  base_currency text not null default 'EUR',
  country text not null default 'FR',
  time_zone text not null default 'Europe/Paris',
  language text not null default 'fr',
  created_at timestamptz not null default now()
);

create table govern.site (
  id int generated always as identity primary key,
  workspace_id int not null references govern.workspace on delete cascade,
  name text not null,
  domain text,
  country text not null,
  currency text not null,
  language text not null,
  created_at timestamptz not null default now(),
  unique (workspace_id, name)
);

create table govern.member (
  workspace_id int not null references govern.workspace on delete cascade,
  -- better-auth's user id; its tables live in schema `auth`.
  user_id text not null,
  role text not null check (role in ('owner', 'marketer', 'analyst', 'steward', 'developer', 'viewer')),
  created_at timestamptz not null default now(),
  primary key (workspace_id, user_id)
);
create index member_user on govern.member (user_id);

create table govern.api_key (
  id int generated always as identity primary key,
  workspace_id int not null references govern.workspace on delete cascade,
  kind text not null check (kind in ('write', 'secret')),
  name text not null,
  -- A write key is public (it sits in web pages) and can only write, so it is kept readable for install snippets.
  value text,
  -- A secret key is shown once; only its SHA-256 stays.
  hash bytea,
  prefix text not null,
  source_id int,
  scopes text[] not null default '{}',
  created_at timestamptz not null default now(),
  created_by text,
  last_used_at timestamptz,
  revoked_at timestamptz,
  check ((kind = 'write' and value is not null and source_id is not null) or (kind = 'secret' and hash is not null))
);
create unique index api_key_value on govern.api_key (value) where value is not null;
create unique index api_key_hash on govern.api_key (hash) where hash is not null;

create table govern.audit (
  id bigint generated always as identity,
  workspace_id int not null,
  at timestamptz not null default now(),
  actor_kind text not null check (actor_kind in ('user', 'key', 'system', 'command')),
  actor_id text not null,
  -- `profile.erased`, `key.created` …
  action text not null,
  target text not null,
  details jsonb not null default '{}',
  primary key (workspace_id, id)
);

create table govern.erasure (
  id bigint generated always as identity,
  workspace_id int not null references govern.workspace on delete cascade,
  requested_at timestamptz not null default now(),
  requested_by text not null,
  state text not null check (state in ('running', 'done')) default 'running',
  -- What is still to be removed (identifiers, order ids), so that a restart can finish; null once done.
  pending jsonb,
  -- What was removed where: counts only.
  receipt jsonb not null default '{}',
  finished_at timestamptz,
  primary key (workspace_id, id)
);

create table govern.erased_identifier (
  workspace_id int not null references govern.workspace on delete cascade,
  -- HMAC-SHA256(installation secret, workspace, namespace, value): keeps the person out without knowing who it was.
  hash bytea not null,
  erased_at timestamptz not null default now(),
  primary key (workspace_id, hash)
);
