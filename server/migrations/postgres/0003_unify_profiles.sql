-- One customer: profiles, identifiers, merges, traits, orders.
create schema unify;
create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists btree_gin;

create table unify.namespace (
  workspace_id int not null references govern.workspace on delete cascade,
  name text not null,
  -- Lower is stronger: the strongest identifier of an event decides whose it is.
  priority int not null,
  -- How many values one profile may hold; a merge that would exceed it is refused.
  max_per_profile int not null check (max_per_profile > 0),
  -- A shared identifier (a household's landline) may sit on many profiles and never joins them.
  shared boolean not null default false,
  primary key (workspace_id, name)
);

create table unify.blocked_value (
  workspace_id int not null references govern.workspace on delete cascade,
  namespace text not null,
  value text not null,
  primary key (workspace_id, namespace, value)
);

-- A merge is an edge between two roots; a live one is undone by cutting it (see docs/adr on identity).
create table unify.merge (
  id bigint generated always as identity,
  workspace_id int not null,
  winner_id bigint not null,
  loser_id bigint not null,
  at timestamptz not null,
  -- 'deterministic' (identifiers in one record), 'manual' (a person's decision)
  kind text not null,
  -- Which identifiers in which message: {"messageId","sourceId","identifiers":[{"namespace","value"}]}
  evidence jsonb not null,
  undone_at timestamptz,
  undone_by text,
  primary key (workspace_id, id)
);
create index merge_winner on unify.merge (workspace_id, winner_id);
create index merge_loser on unify.merge (workspace_id, loser_id);

-- A profile as first seen. Joined profiles share `root_id`; each keeps its own identifiers, traits, orders and events,
-- so that a merge moves no data and un-merging is exact.
create table unify.profile (
  workspace_id int not null,
  id bigint generated always as identity,
  -- The profile that stands for the whole customer: itself unless merged.
  root_id bigint not null,
  -- The live merge that put it under another root; null for a root.
  merge_id bigint,
  created_at timestamptz not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  -- {name: {"value", "raw"?, "at", "source"}}
  traits jsonb not null default '{}',
  -- Consent categories as received: {category: {"granted", "at", "source"}}
  consents jsonb not null default '{}',
  -- Lower-case, unaccented name, identifiers and city of this profile, for search.
  search text not null default '',
  primary key (workspace_id, id)
) with (fillfactor = 85);
create index profile_root on unify.profile (workspace_id, root_id);
create index profile_search on unify.profile using gin (workspace_id, search gin_trgm_ops);

create table unify.identifier (
  workspace_id int not null,
  namespace text not null,
  -- Normalised: lower-case e-mail, E.164 phone.
  value text not null,
  profile_id bigint not null,
  -- As it came.
  raw text not null,
  shared boolean not null default false,
  source_id int not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  primary key (workspace_id, namespace, value, profile_id)
) with (fillfactor = 85);
create unique index identifier_exclusive on unify.identifier (workspace_id, namespace, value) where not shared;
create index identifier_profile on unify.identifier (workspace_id, profile_id);
-- Search by the beginning of any identifier.
create index identifier_prefix on unify.identifier (workspace_id, value text_pattern_ops);

-- Joins that were wanted and not made, with the reason.
create table unify.collision (
  workspace_id int not null,
  profile_id bigint not null,
  other_profile_id bigint,
  namespace text not null,
  value text not null,
  -- 'limit' (a profile would hold too many), 'kept_apart' (a person said they differ)
  reason text not null,
  message_id text not null,
  at timestamptz not null,
  -- Met again and again while two people share a device: written once.
  primary key (workspace_id, profile_id, namespace, value, reason)
);
create index collision_other on unify.collision (workspace_id, other_profile_id);

-- Two profiles that must not be joined again: written by an undo.
create table unify.kept_apart (
  workspace_id int not null,
  low_id bigint not null,
  high_id bigint not null,
  at timestamptz not null,
  by_actor text not null,
  primary key (workspace_id, low_id, high_id),
  check (low_id < high_id)
);
create index kept_apart_high on unify.kept_apart (workspace_id, high_id);

create table unify.former_trait (
  workspace_id int not null,
  profile_id bigint not null,
  name text not null,
  value jsonb not null,
  source_id int not null,
  at timestamptz not null,
  replaced_at timestamptz not null
);
create index former_trait_profile on unify.former_trait (workspace_id, profile_id);

create table unify."order" (
  workspace_id int not null,
  order_id text not null,
  profile_id bigint,
  source_id int not null,
  site text,
  -- 'completed', 'cancelled', 'refunded' (fully); null while only a refund is known
  status text,
  ordered_at timestamptz,
  -- When the record that gave the current content was made: newer wins.
  content_at timestamptz not null,
  currency text,
  total numeric(18, 4),
  -- In the workspace's base currency; null when the currency has no rate.
  base_total numeric(18, 4),
  tax numeric(18, 4),
  shipping numeric(18, 4),
  discount numeric(18, 4),
  coupon text,
  refunded numeric(18, 4) not null default 0,
  base_refunded numeric(18, 4) not null default 0,
  channel text,
  version bigint not null,
  primary key (workspace_id, order_id)
);
create index order_profile on unify."order" (workspace_id, profile_id, ordered_at);

create table unify.order_line (
  workspace_id int not null,
  order_id text not null,
  line int not null,
  product_id text not null,
  sku text,
  name text,
  brand text,
  category text,
  variant text,
  quantity numeric(18, 4) not null,
  price numeric(18, 4),
  coupon text,
  primary key (workspace_id, order_id, line)
);
create index order_line_product on unify.order_line (workspace_id, product_id);

-- A refund may arrive before its order, and twice: its message id keeps it single.
create table unify.refund (
  workspace_id int not null,
  order_id text not null,
  message_hash uuid not null,
  profile_id bigint,
  at timestamptz not null,
  currency text,
  -- Null: the whole order.
  amount numeric(18, 4),
  base_amount numeric(18, 4),
  primary key (workspace_id, order_id, message_hash)
);

create table unify.company (
  workspace_id int not null,
  group_id text not null,
  traits jsonb not null default '{}',
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  primary key (workspace_id, group_id)
);

create table unify.company_member (
  workspace_id int not null,
  group_id text not null,
  profile_id bigint not null,
  since timestamptz not null,
  primary key (workspace_id, group_id, profile_id)
);
create index company_member_profile on unify.company_member (workspace_id, profile_id);
