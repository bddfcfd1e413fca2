-- How messages leave and how news of them comes back: providers, sender domains, the brake, what the sandbox shows.

-- A provider as one workspace set it up.
create table communicate.provider (
  workspace_id int not null references govern.workspace on delete cascade,
  id int generated always as identity,
  label text not null,
  -- 'smtp', 'ses', 'sendgrid', 'twilio', 'webhook', 'slack'…
  kind text not null,
  channel text not null,
  -- What may be shown: host, region, sender, return path.
  settings jsonb not null,
  -- AES-256-GCM over the JSON of the secret fields; bound to workspace and kind.
  credentials bytea not null,
  -- The lowest number goes first; the next takes over what the first certainly did not take.
  priority int not null default 10,
  per_second int not null check (per_second between 1 and 10000),
  concurrency int not null check (concurrency between 1 and 500),
  -- {"startedOn": "2026-11-01", "perDay": 500, "growthPercent": 30}: at most so many marketing messages a day.
  warm_up jsonb,
  enabled boolean not null default true,
  -- Of the last message or test: 'ok', or a closed word for what went wrong.
  health text not null default 'untried',
  health_detail text not null default '',
  health_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);

-- Marketing messages handed to a provider that is warming up, by day of the workspace.
create table communicate.provider_day (
  workspace_id int not null,
  provider_id int not null,
  day date not null,
  sent int not null,
  primary key (workspace_id, provider_id, day),
  foreign key (workspace_id, provider_id) references communicate.provider on delete cascade
);

-- Domains a workspace writes from, with the key that signs (AES-256-GCM) and what DNS said last.
create table communicate.sender_domain (
  workspace_id int not null references govern.workspace on delete cascade,
  domain text not null,
  selector text not null,
  private_key bytea not null,
  -- What the TXT record of the selector must say.
  public_record text not null,
  -- {"spf": {"state", "found", "advice"}, "dkim": …, "dmarc": …, "mx": …}
  checks jsonb,
  checked_at timestamptz,
  -- DKIM was found in DNS: from now on messages are signed with it.
  signing boolean not null default false,
  created_at timestamptz not null,
  primary key (workspace_id, domain)
);

-- Marketing messages of a channel are held back: too many bounced or complained.
create table communicate.brake (
  workspace_id int not null references govern.workspace on delete cascade,
  id int generated always as identity,
  channel text not null,
  -- 'bounces' or 'complaints', or 'manual'.
  reason text not null check (reason in ('bounces', 'complaints', 'manual')),
  -- {"sent", "bounced", "complained"}: what was counted when it was pulled.
  counts jsonb not null,
  pulled_at timestamptz not null,
  released_at timestamptz,
  released_by text,
  primary key (workspace_id, id)
);
create unique index brake_pulled on communicate.brake (workspace_id, channel) where released_at is null;

-- What the sandbox took, as the person would have seen it. Kept 30 days.
create table communicate.sandbox_message (
  workspace_id int not null references govern.workspace on delete cascade,
  message_id bigint not null,
  channel text not null,
  address text not null,
  content jsonb not null,
  at timestamptz not null,
  primary key (workspace_id, message_id)
);
create index sandbox_newest on communicate.sandbox_message (workspace_id, at desc, message_id desc);

-- Messages stored for the shop's own pages.
create table communicate.inbox_message (
  workspace_id int not null references govern.workspace on delete cascade,
  message_id bigint not null,
  profile_id bigint not null,
  content jsonb not null,
  at timestamptz not null,
  primary key (workspace_id, message_id)
);
create index inbox_person on communicate.inbox_message (workspace_id, profile_id, at desc);

-- Bounces and complaints by time, for the brake and the reports.
create index feedback_trouble on communicate.feedback (workspace_id, at) where kind in ('bounced', 'complained');
-- Messages by the time they left: reports of a period read a slice of the table.
create index message_sent on communicate.message using brin (sent_at);
create index message_decided on communicate.message using brin (decided_at);
