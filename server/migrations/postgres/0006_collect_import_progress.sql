-- An import's progress, who works on it, and what going on after a crash needs.
alter table collect.import
  add column phase text not null default 'waiting' check (phase in ('waiting', 'checking', 'importing', 'finished')),
  -- Of the accepted rows: already there, nothing changed.
  add column duplicates bigint not null default 0,
  -- What was left out of accepted rows: {notice: count}.
  add column notices jsonb not null default '{}',
  -- Units done (a row; for order lines a whole order): a resumed import reads the file again and skips as many.
  add column position bigint not null default 0,
  -- Known once the whole file has been checked.
  add column rows_total bigint,
  add column rows_per_second float8 not null default 0,
  -- One worker at a time holds an import, as long as it renews the lease.
  add column worker uuid,
  add column lease_until timestamptz,
  -- Starts since the last row went in: an import that never gets on is given up.
  add column attempts int not null default 0,
  add column file_removed_at timestamptz;
create index import_unfinished on collect.import (state) where state in ('queued', 'running');
create index import_same_file on collect.import (workspace_id, file_hash);
