-- Which products a feed has named so far, and for which site: a repeated row is told from the first one, and a full feed
-- knows the absent ones when it ends, even after a crash and a resume.
create table collect.feed_product (
  workspace_id int not null references govern.workspace on delete cascade,
  -- The import that reads the feed.
  run_id uuid not null,
  product_id text not null,
  site text not null,
  primary key (workspace_id, run_id, product_id, site)
);

-- Raised by every import of exchange rates, so that each process knows when to read them again. 0: the built-in table.
create table collect.exchange_rate_version (
  workspace_id int primary key,
  version bigint not null
);
