-- Products, exchange rates and imports.
create table collect.product (
  workspace_id int not null references govern.workspace on delete cascade,
  product_id text not null,
  -- Variants of one model share it (Merchant feed `item_group_id`).
  group_id text,
  title text not null,
  description text,
  brand text,
  category text,
  link text,
  image_link text,
  gtin text,
  size text,
  color text,
  availability text not null check (availability in ('in_stock', 'out_of_stock', 'preorder', 'backorder')),
  stock int,
  -- Extra fields of the feed, as they came.
  attributes jsonb not null default '{}',
  search text not null default '',
  updated_at timestamptz not null,
  -- Gone from the last full feed, kept for history.
  removed_at timestamptz,
  primary key (workspace_id, product_id)
);
create index product_search on collect.product using gin (workspace_id, search gin_trgm_ops);
create index product_group on collect.product (workspace_id, group_id);

create table collect.product_price (
  workspace_id int not null,
  product_id text not null,
  -- '' when the feed is not bound to a site.
  site text not null default '',
  currency text not null,
  price numeric(18, 4) not null,
  sale_price numeric(18, 4),
  updated_at timestamptz not null,
  primary key (workspace_id, product_id, site, currency),
  foreign key (workspace_id, product_id) references collect.product on delete cascade
);

-- Back in stock, out of stock, price dropped, price raised: what journeys will start from.
create table collect.product_change (
  workspace_id int not null,
  id bigint generated always as identity,
  product_id text not null,
  kind text not null check (kind in ('added', 'back_in_stock', 'out_of_stock', 'price_drop', 'price_rise', 'removed')),
  site text not null default '',
  currency text,
  before text,
  after text,
  at timestamptz not null,
  primary key (workspace_id, id)
);
create index product_change_product on collect.product_change (workspace_id, product_id, at);

-- Units of `currency` for one euro on `day`. workspace_id 0: the table that comes with Vitrail.
create table collect.exchange_rate (
  workspace_id int not null,
  currency text not null,
  day date not null,
  per_euro numeric(20, 8) not null check (per_euro > 0),
  source text not null,
  primary key (workspace_id, currency, day)
);

create table collect.import (
  id uuid primary key,
  workspace_id int not null references govern.workspace on delete cascade,
  source_id int references collect.source on delete set null,
  file_name text not null,
  file_bytes bigint not null,
  -- SHA-256 of the content: the same file again is recognised.
  file_hash bytea not null,
  kind text not null check (kind in ('people', 'orders', 'order-lines', 'products', 'events')),
  -- Delimiter, encoding, sheet, decimal mark and field mapping, all as guessed and edited.
  settings jsonb not null,
  state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')) default 'queued',
  -- Rows read and committed: where a resumed import goes on.
  rows bigint not null default 0,
  accepted bigint not null default 0,
  rejected bigint not null default 0,
  reasons jsonb not null default '{}',
  bytes_read bigint not null default 0,
  error jsonb,
  created_by text not null,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);
create index import_workspace on collect.import (workspace_id, created_at desc);

create table collect.import_reject (
  import_id uuid not null references collect.import on delete cascade,
  row bigint not null,
  reason text not null,
  detail text not null,
  record jsonb not null,
  primary key (import_id, row)
);
