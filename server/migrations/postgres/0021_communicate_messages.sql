-- The outbox of every channel, and the ledger of what was sent.

create table communicate.message (
  workspace_id int not null references govern.workspace on delete cascade,
  id bigint generated always as identity,
  -- The root when it was asked for; the customer is looked up again when it is sent.
  profile_id bigint not null,
  -- Whoever asks twice gets the first one: 'campaign/7/1234', 'journey/3/run/88/step/mail', 'api/<idempotency key>'.
  dedupe_key text not null,
  channel text not null,
  purpose text not null,
  kind text not null check (kind in ('marketing', 'transactional', 'test')),
  -- Higher goes first, and wins where two compete for one place under a cap.
  priority int not null default 0,
  template_id int,
  template_version int,
  variant text not null default '',
  -- 'campaign', 'journey', 'api', 'consent', 'test' and its id; `step` is the journey's node.
  origin text not null,
  origin_id text not null default '',
  step text not null default '',
  -- What the template may say of this message: the event that caused it, the API's variables.
  variables jsonb not null default '{}',
  -- queued → claimed → sending → sent → delivered; or held, skipped, failed, uncertain, cancelled.
  state text not null check (state in ('queued', 'claimed', 'sending', 'sent', 'delivered', 'held', 'skipped', 'failed', 'uncertain', 'cancelled')),
  -- A closed word for a state that is not success (see contracts: gate reasons, failure reasons).
  reason text,
  detail text not null default '',
  -- Fixed by whoever asked (a test, an address to be confirmed); else the gate finds it in the profile.
  given_address text,
  -- Where it went; null until the gate said yes.
  address text,
  due_at timestamptz not null,
  attempts int not null default 0,
  -- The process that has it in hand (communicate.worker).
  claimed_by int,
  provider text,
  provider_message_id text,
  created_at timestamptz not null,
  decided_at timestamptz,
  sent_at timestamptz,
  primary key (workspace_id, id)
) with (fillfactor = 70);
create unique index message_once on communicate.message (workspace_id, dedupe_key);
create index message_due on communicate.message (due_at, id) where state = 'queued' and kind = 'marketing';
-- Never behind a campaign.
create index message_due_at_once on communicate.message (due_at, id) where state = 'queued' and kind <> 'marketing';
create index message_in_hand on communicate.message (claimed_by) where state in ('claimed', 'sending');
create index message_address on communicate.message (workspace_id, address, created_at desc) where address is not null;
create index message_person on communicate.message (workspace_id, profile_id, created_at desc);
create index message_origin on communicate.message (workspace_id, origin, origin_id, id);
-- Is anything of a campaign still to come?
create index message_open on communicate.message (workspace_id, origin, origin_id)
  where state in ('queued', 'claimed', 'sending', 'held');
create index message_newest on communicate.message (workspace_id, created_at desc, id desc);
create index message_provider on communicate.message (workspace_id, provider, provider_message_id) where provider_message_id is not null;

-- What came of a message: 'delivered', 'opened', 'clicked', 'bounced', 'complained', 'unsubscribed', 'replied'.
create table communicate.feedback (
  workspace_id int not null,
  id bigint generated always as identity,
  message_id bigint not null,
  kind text not null,
  at timestamptz not null,
  -- A repeat of the same news changes nothing.
  dedupe_key text not null,
  -- A scanner or a machine, not the person.
  machine boolean not null default false,
  detail jsonb not null default '{}',
  primary key (workspace_id, id),
  foreign key (workspace_id, message_id) references communicate.message on delete cascade
);
create unique index feedback_once on communicate.feedback (workspace_id, message_id, kind, dedupe_key);

-- Events about messages that ClickHouse has still to be told of, as decide.outbox.
create table communicate.outbox (
  id bigint generated always as identity primary key,
  workspace_id int not null,
  -- Roots whose segments and journeys must hear of it once the rows can be read.
  profiles bigint[] not null,
  rows int not null,
  payload bytea not null,
  -- Entries of one number are sent as one, always the same ones: it is their deduplication token.
  shipment bigint
);

create table communicate.campaign (
  workspace_id int not null references govern.workspace on delete cascade,
  id int generated always as identity,
  name text not null,
  state text not null check (state in ('draft', 'scheduled', 'freezing', 'sending', 'paused', 'done', 'cancelled', 'failed')),
  -- {segment, exclusions, channels, purpose, variants, schedule, perMinute, control, winner …}: see contracts.
  definition jsonb not null,
  -- Counted while it is frozen: {"matched", "willSend", <reason>: n, "complete"}
  audience jsonb,
  -- Everyone up to this root has been gone through.
  frozen_to bigint not null default 0,
  winner text,
  starts_at timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  reason text,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);

-- Who was chosen for the control group of a campaign: never written to, compared with.
create table communicate.campaign_control (
  workspace_id int not null,
  campaign_id int not null,
  profile_id bigint not null,
  primary key (workspace_id, campaign_id, profile_id),
  foreign key (workspace_id, campaign_id) references communicate.campaign on delete cascade
);

-- Names PostgreSQL knows: a zone a person's device made up must not stop a batch.
create table communicate.time_zone (name text primary key);
insert into communicate.time_zone select distinct name from pg_timezone_names;

-- Processes that send, and when each was last alive by this server's clock. What a dead one had in hand others take over.
create table communicate.worker (
  id int generated always as identity primary key,
  seen_at timestamptz not null
);

-- Marketing rules of a workspace: {"caps":[{"channel","purpose","engagement","max","days"}],
-- "quietHours":{"from","to","channels"} or null, "holdout": share}. None: the built-in ones (see contracts).
create table communicate.rules (
  workspace_id int primary key references govern.workspace on delete cascade,
  rules jsonb not null,
  updated_at timestamptz not null
);
