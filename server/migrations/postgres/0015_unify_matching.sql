-- Finding the same person twice: models, runs and what they did, questions to people and their answers, households.

-- Which run made a merge; null for those that identifiers or a person made.
alter table unify.merge add column run_id bigint;
create index merge_run on unify.merge (workspace_id, run_id) where run_id is not null;
comment on column unify.merge.kind is
  '''deterministic'' (identifiers in one record), ''probable'' (the model), ''manual'' (a person''s decision)';

create table unify.match_policy (
  workspace_id int not null references govern.workspace on delete cascade,
  kind text not null check (kind in ('people', 'company')),
  -- The version in force; null until one was activated.
  model_version int,
  auto_threshold float8 not null default 0.96,
  review_threshold float8 not null default 0.90,
  -- What arrives is compared, merged and asked about by itself.
  automatic boolean not null default false,
  two_person boolean not null default false,
  -- Share of automatic merges that a person is asked to check.
  checked_share float8 not null default 0.01,
  -- Comparisons and blocking rules as edited; null: the built-in ones.
  settings jsonb,
  primary key (workspace_id, kind)
);

create table unify.match_model (
  workspace_id int not null references govern.workspace on delete cascade,
  kind text not null,
  version int not null,
  created_at timestamptz not null,
  created_by text not null,
  -- Parameters, window, diagnostics: no personal data (term frequencies by hash).
  model jsonb not null,
  activated_at timestamptz,
  activated_by text,
  -- Those it was last in force with.
  auto_threshold float8,
  review_threshold float8,
  primary key (workspace_id, kind, version)
);

create table unify.match_run (
  workspace_id int not null references govern.workspace on delete cascade,
  id bigint generated always as identity,
  kind text not null,
  dry_run boolean not null,
  fit boolean not null,
  state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled', 'undoing', 'undone')),
  -- 'manual', 'nightly', 'live' (what was merged while records arrived, one run a day)
  trigger text not null,
  model_version int,
  auto_threshold float8 not null,
  review_threshold float8 not null,
  requested_at timestamptz not null,
  requested_by text not null,
  started_at timestamptz,
  finished_at timestamptz,
  -- {"stage", "done", "total", "at"}
  progress jsonb,
  -- Its links are all written: a repeat goes on with them and compares nothing anew.
  planned boolean not null default false,
  cancel_wanted boolean not null default false,
  report jsonb,
  error jsonb,
  undone_at timestamptz,
  undone_by text,
  primary key (workspace_id, id)
);
create unique index match_run_alone on unify.match_run (workspace_id, kind)
  where state in ('queued', 'running') and trigger <> 'live';
create index match_run_live on unify.match_run (workspace_id, kind, requested_at) where trigger = 'live';

-- What a run decided to merge or to ask, in order, and what became of it.
create table unify.match_link (
  workspace_id int not null,
  run_id bigint not null,
  position int not null,
  -- Roots (or numbers of companies) as they were compared.
  left_id bigint not null,
  right_id bigint not null,
  weight float8 not null,
  household_weight float8 not null,
  probability float8 not null,
  action text not null check (action in ('merge', 'review')),
  -- Why it is asked and not merged, when the probability alone would have merged.
  veto text,
  -- 'planned', 'merged', 'already_one', 'asked', or the veto met when it was applied
  outcome text not null default 'planned',
  merge_id bigint,
  review_id bigint,
  primary key (workspace_id, run_id, position)
);
create index match_link_left on unify.match_link (workspace_id, left_id);
create index match_link_right on unify.match_link (workspace_id, right_id);

-- A question to people: are these two one? Sides are roots (or numbers of companies), the older one left.
create table unify.review (
  workspace_id int not null references govern.workspace on delete cascade,
  id bigint generated always as identity,
  kind text not null,
  -- 'open', 'second' (one said merge, another must agree), 'merged', 'distinct', 'unsure', 'stale'
  state text not null default 'open',
  -- 'band', 'veto' (likely enough, but something forbids it), 'check' (an automatic merge, drawn at random)
  reason text not null,
  veto text,
  left_id bigint not null,
  right_id bigint not null,
  weight float8 not null,
  household_weight float8 not null,
  probability float8 not null,
  -- Net revenue of both in the base currency, when it was asked.
  value float8 not null,
  -- Value by uncertainty: what is worth most to decide comes first.
  priority float8 not null,
  run_id bigint,
  model_version int not null,
  -- The merge that the decision made; of a check the merge to be checked.
  merge_id bigint,
  assignee text,
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (workspace_id, id),
  check (left_id < right_id)
);
create unique index review_pair on unify.review (workspace_id, kind, left_id, right_id) where state in ('open', 'second');
create index review_queue on unify.review (workspace_id, priority, id) where state in ('open', 'second');
create index review_closed on unify.review (workspace_id, closed_at) where closed_at is not null;
create index review_left on unify.review (workspace_id, left_id);
create index review_right on unify.review (workspace_id, right_id);

create table unify.review_vote (
  workspace_id int not null,
  id bigint generated always as identity,
  review_id bigint not null,
  actor text not null,
  decision text not null check (decision in ('merge', 'distinct', 'unsure')),
  note text,
  at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (workspace_id, id)
);
create index review_vote_review on unify.review_vote (workspace_id, review_id);
create index review_vote_at on unify.review_vote (workspace_id, at);

create table unify.review_comment (
  workspace_id int not null,
  id bigint generated always as identity,
  review_id bigint not null,
  actor text not null,
  text text not null,
  at timestamptz not null,
  primary key (workspace_id, id)
);
create index review_comment_review on unify.review_comment (workspace_id, review_id);

-- Profile rows (or companies) of which something is known now that was not when they were last compared.
create table unify.match_queue (
  workspace_id int not null,
  kind text not null,
  record_id bigint not null,
  since timestamptz not null,
  primary key (workspace_id, kind, record_id)
);

-- People who live together, as the newest run found them. Keyed by root.
create table unify.household_member (
  workspace_id int not null,
  profile_id bigint not null,
  -- The smallest root of the household when it was found.
  household_id bigint not null,
  size int not null,
  -- Stands for the household when one of each is wanted.
  first boolean not null,
  primary key (workspace_id, profile_id)
);
create index household_member_household on unify.household_member (workspace_id, household_id);

-- Companies that are one: edges between them, like merges of people.
alter table unify.company add column number bigint generated always as identity;
-- Null: it stands for itself.
alter table unify.company add column root_number bigint;
alter table unify.company add column merge_id bigint;
create unique index company_number on unify.company (workspace_id, number);
create index company_root on unify.company (workspace_id, root_number) where root_number is not null;

create table unify.company_merge (
  workspace_id int not null,
  id bigint generated always as identity,
  winner_number bigint not null,
  loser_number bigint not null,
  at timestamptz not null,
  kind text not null,
  run_id bigint,
  evidence jsonb not null,
  undone_at timestamptz,
  undone_by text,
  primary key (workspace_id, id)
);
create index company_merge_winner on unify.company_merge (workspace_id, winner_number);
create index company_merge_loser on unify.company_merge (workspace_id, loser_number);
create index company_merge_run on unify.company_merge (workspace_id, run_id) where run_id is not null;

create table unify.company_kept_apart (
  workspace_id int not null,
  low_number bigint not null,
  high_number bigint not null,
  at timestamptz not null,
  by_actor text not null,
  primary key (workspace_id, low_number, high_number),
  check (low_number < high_number)
);

-- Orders what is written to ClickHouse's match_records: taken before the customers are read.
create sequence unify.match_version;
