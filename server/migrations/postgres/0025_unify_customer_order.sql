-- In which order lists of customers can be shown: one narrow row for each customer (root). Sorting 300,000 people by a
-- column reads one page of an index of this table.
create table unify.customer (
  workspace_id int not null,
  -- The root of the customer's profile rows.
  id bigint not null,
  -- More than browser ids is known.
  known boolean not null,
  -- As lists show it, lower-case and without accents; null for somebody without a name or e-mail.
  name text collate "C",
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  -- Null without an order that counts.
  orders int,
  -- In the base currency, less refunds.
  revenue numeric(18, 4),
  last_order_at timestamptz,
  primary key (workspace_id, id)
);
create index customer_first_seen on unify.customer (workspace_id, known, first_seen_at, id);
create index customer_last_seen on unify.customer (workspace_id, known, last_seen_at, id);
create index customer_name on unify.customer (workspace_id, known, name, id) where name is not null;
create index customer_orders on unify.customer (workspace_id, known, orders, id) where orders is not null;
create index customer_revenue on unify.customer (workspace_id, known, revenue, id) where revenue is not null;
create index customer_last_order on unify.customer (workspace_id, known, last_order_at, id) where last_order_at is not null;

-- Profile rows of which something is new that `unify.customer` does not say yet. A batch writes one line for all its people,
-- so that the path of an event pays almost nothing; the lines are worked off a moment later, each customer once.
create table unify.customer_news (
  id bigint generated always as identity primary key,
  workspace_id int not null,
  profiles bigint[] not null
);
insert into unify.customer_news (workspace_id, profiles)
  select workspace_id, array_agg(id) from unify.profile group by workspace_id, id / 2000;

-- People erased together: a job with its progress, which a restart takes up where it was.
create table unify.mass_erasure (
  id int generated always as identity,
  workspace_id int not null references govern.workspace on delete cascade,
  -- 'running', 'done', 'cancelled'
  state text not null,
  requested_at timestamptz not null,
  finished_at timestamptz,
  actor_kind text not null,
  requested_by text not null,
  people int not null,
  erased int not null default 0,
  -- Gone or merged into another of them before their turn.
  missing int not null default 0,
  -- Ids of the erasures it made (govern.erasure): they know what was removed.
  receipts bigint[] not null default '{}',
  -- Whose turn has not come.
  pending bigint[] not null,
  primary key (workspace_id, id)
);
