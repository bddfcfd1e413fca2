-- People handed on to advertising companies: which segment goes to which audience there, and what is known to be in it.

create table communicate.ad_audience (
  workspace_id int not null references govern.workspace on delete cascade,
  id int generated always as identity,
  name text not null,
  kind text not null check (kind in ('meta', 'google')),
  segment_id int not null,
  -- What may be shown: the company's numbers of account and audience. Fixed: who is in an audience is taken out of that one.
  settings jsonb not null,
  -- AES-256-GCM over the JSON of the secret fields; bound to workspace and kind.
  credentials bytea not null,
  -- paused: nobody is added, who must go is still taken out. ending: everybody is taken out, then the row goes.
  state text not null check (state in ('running', 'paused', 'ending')),
  -- When everybody was gone through last, and what was counted: {"matched", "allowed", <reason>: n}
  looked_at timestamptz,
  counts jsonb,
  -- Entries of the ledger of consents up to here have been heard.
  heard_to bigint not null default 0,
  -- When the company took something last.
  handed_at timestamptz,
  -- A closed word for what keeps it from going on; not tried again before retry_at.
  error text,
  error_detail text not null default '',
  failures int not null default 0,
  retry_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);

-- Addresses that were, are or shall be in an audience, as the company hashes them.
create table communicate.ad_member (
  workspace_id int not null,
  audience_id int not null,
  kind text not null check (kind in ('email', 'phone')),
  -- SHA-256 of the address as this company writes it.
  hash bytea not null,
  -- The profile row it was found at; null once the person was erased: only the hash is needed to take it out.
  profile_id bigint,
  -- add → in; remove → gone.
  state text not null check (state in ('add', 'in', 'remove')),
  -- Written before it leaves the house. Null: the company has certainly never heard of it.
  offered_at timestamptz,
  changed_at timestamptz not null,
  primary key (workspace_id, audience_id, kind, hash),
  foreign key (workspace_id, audience_id) references communicate.ad_audience on delete cascade
) with (fillfactor = 85);
create index ad_member_open on communicate.ad_member (workspace_id, audience_id, state, kind) where state <> 'in';
create index ad_member_profile on communicate.ad_member (workspace_id, profile_id) where profile_id is not null;
