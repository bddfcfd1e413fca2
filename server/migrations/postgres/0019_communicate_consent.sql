-- What people allowed, with proof; what must never be written to; and the links by which they say so.
create schema communicate;

-- Purposes of a workspace that differ from the built-in ones, and its own. `categories`: names under which clients send
-- them (Segment's categoryPreferences, an import's consent columns): [{"name": "newsletter", "channel": "email"}]; channel
-- '' stands for every channel.
create table communicate.purpose (
  workspace_id int not null references govern.workspace on delete cascade,
  name text not null,
  categories jsonb not null default '[]',
  -- Lawful bases that let a message of this purpose out, by channel: {"email": ["consent", "soft_opt_in"]}
  bases jsonb not null default '{}',
  -- Consent to it ends so many months after it was given; null: never.
  expires_months int check (expires_months > 0),
  primary key (workspace_id, name)
);

-- The ledger: only ever appended to. `channel` '' stands for every channel.
create table communicate.consent (
  workspace_id int not null references govern.workspace on delete cascade,
  id bigint generated always as identity,
  -- The profile row as it was: follows merges through its root, and comes back with an un-merge.
  profile_id bigint not null,
  purpose text not null,
  channel text not null,
  state text not null check (state in ('granted', 'pending', 'denied')),
  basis text not null check (basis in ('consent', 'soft_opt_in', 'legitimate_interest')),
  at timestamptz not null,
  recorded_at timestamptz not null,
  expires_at timestamptz,
  -- 'event', 'import', 'api', 'console', 'preference_centre', 'unsubscribe', 'double_opt_in', 'gpc', 'tcf', 'complaint', 'sms_stop'
  source text not null,
  actor text not null,
  -- Proof: {"text","version","language","page","ip" (truncated),"userAgent","messageId"}
  proof jsonb not null default '{}',
  -- Hides the content behind its hash; gone, with the content, once the person was erased.
  salt bytea,
  -- Of salt and content. Stays when the person is erased, so that the chain still holds.
  content_hash bytea not null,
  -- Of the content's hash and the hash of the row before it in the workspace: a changed or missing row shows.
  hash bytea not null,
  primary key (workspace_id, id)
);
create index consent_profile on communicate.consent (workspace_id, profile_id, purpose, channel, at desc, id desc);
-- A repeat of the same API call finds the first one.
create unique index consent_key on communicate.consent (workspace_id, (proof ->> 'key')) where proof ? 'key';

-- How it stands, per profile row: the newest of the ledger. A customer's state is the newest over their rows.
create table communicate.consent_state (
  workspace_id int not null,
  profile_id bigint not null,
  purpose text not null,
  channel text not null,
  consent_id bigint not null,
  state text not null,
  basis text not null,
  at timestamptz not null,
  expires_at timestamptz,
  primary key (workspace_id, profile_id, purpose, channel)
) with (fillfactor = 85);
-- Denials that end by themselves: a pause of 30 or 90 days.
create index consent_state_pauses on communicate.consent_state (expires_at) where state = 'denied' and expires_at is not null;

-- Workspaces whose profiles were all looked through for statements, with the categories as they are now.
create table communicate.consent_sweep (
  workspace_id int primary key references govern.workspace on delete cascade,
  swept_at timestamptz not null
);

-- Addresses nothing goes to. `value` is normalised as identifiers are; hashed once the person was erased.
create table communicate.suppression (
  workspace_id int not null references govern.workspace on delete cascade,
  channel text not null,
  value text not null,
  reason text not null check (reason in ('bounce', 'complaint', 'manual', 'imported', 'unsubscribed')),
  at timestamptz not null,
  by_actor text not null,
  -- What the provider said; without personal data.
  detail text not null default '',
  primary key (workspace_id, channel, value)
);
create index suppression_newest on communicate.suppression (workspace_id, at desc);

-- Global Privacy Control: the browser that sent the request asks not to be sold or shared (header Sec-GPC: 1).
alter table collect.inbox add column gpc boolean not null default false;
