-- Offers, the codes that go with them, and points.

-- One object used the same in an e-mail, a banner, a push: what is given, to whom, until when, and how it is said.
create table communicate.offer (
  workspace_id int not null references govern.workspace on delete cascade,
  id int generated always as identity,
  -- What templates call it: {{ offers.summer.title }}
  key text not null,
  name text not null,
  state text not null check (state in ('draft', 'active', 'paused', 'archived')),
  starts_at timestamptz,
  ends_at timestamptz,
  -- {texts: {fr: {title, terms}}, creative: {email: {…}}, segments: [], limits: {…}, code: {…}}
  definition jsonb not null,
  -- Codes for one person each; null: none, or one code for all (in the definition).
  pool_id int,
  -- The code for all, in capitals.
  shared_code text,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index offer_key on communicate.offer (workspace_id, key);
create unique index offer_shared_code on communicate.offer (workspace_id, shared_code) where shared_code is not null;

create table communicate.coupon_pool (
  workspace_id int not null references govern.workspace on delete cascade,
  id int generated always as identity,
  name text not null,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);

-- Codes for one person each, in capitals. Given to one claim, once; used in one order, once.
create table communicate.coupon (
  workspace_id int not null,
  code text not null,
  pool_id int not null,
  -- Who asked for it: 'journey/3/run/88/gift'. The same asks again: the same code.
  claim_key text,
  profile_id bigint,
  offer_id int,
  claimed_at timestamptz,
  expires_at timestamptz,
  order_id text,
  redeemed_at timestamptz,
  primary key (workspace_id, code),
  foreign key (workspace_id, pool_id) references communicate.coupon_pool on delete cascade
) with (fillfactor = 80);
create unique index coupon_claim on communicate.coupon (workspace_id, pool_id, claim_key) where claim_key is not null;
create index coupon_free on communicate.coupon (workspace_id, pool_id, code) where claim_key is null and redeemed_at is null;
create index coupon_profile on communicate.coupon (workspace_id, profile_id) where profile_id is not null;

-- Codes of ours seen in orders. `problem`: why it should not have been taken ('used_before', 'not_theirs', 'expired', 'not_given').
create table communicate.redemption (
  workspace_id int not null references govern.workspace on delete cascade,
  order_id text not null,
  code text not null,
  offer_id int,
  pool_id int,
  profile_id bigint,
  at timestamptz not null,
  -- Of the order, in the base currency, less refunds.
  amount numeric(18, 4) not null,
  discount numeric(18, 4) not null,
  problem text,
  primary key (workspace_id, order_id, code)
);
create index redemption_offer on communicate.redemption (workspace_id, offer_id, at);
create index redemption_profile on communicate.redemption (workspace_id, profile_id);

-- How points are earned, when they end, and the tiers. One row.
create table communicate.loyalty (
  workspace_id int primary key references govern.workspace on delete cascade,
  rules jsonb not null,
  updated_at timestamptz not null
);

-- Points: only ever appended to; the balance is the sum over the customer's rows.
create table communicate.points (
  workspace_id int not null references govern.workspace on delete cascade,
  id bigint generated always as identity,
  profile_id bigint not null,
  kind text not null check (kind in ('earn', 'correct', 'burn', 'expire', 'adjust')),
  points int not null,
  -- A repeat of the same changes nothing: 'order/1001/0', 'api/<key>', 'expire/2027-01-31'.
  key text not null,
  at timestamptz not null,
  expires_at timestamptz,
  order_id text,
  note text not null default '',
  actor text not null,
  primary key (workspace_id, id)
);
create unique index points_once on communicate.points (workspace_id, profile_id, key);
create index points_profile on communicate.points (workspace_id, profile_id, at);
create index points_order on communicate.points (workspace_id, order_id) where order_id is not null;
create index points_ending on communicate.points (workspace_id, expires_at) where expires_at is not null;

-- Which content of an order was looked at for codes and points.
create table communicate.order_taken (
  workspace_id int not null references govern.workspace on delete cascade,
  order_id text not null,
  version bigint not null,
  primary key (workspace_id, order_id)
);
