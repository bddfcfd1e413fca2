import { pgQuery } from '../../../platform/index.ts';

const row = {
  id: 'int4',
  label: 'text',
  kind: 'text',
  channel: 'text',
  settings: 'jsonb',
  credentials: 'bytea',
  priority: 'int4',
  per_second: 'int4',
  concurrency: 'int4',
  warm_up: 'jsonb?',
  enabled: 'bool',
  health: 'text',
  health_detail: 'text',
  health_at: 'timestamptz?',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
} as const;
const columns = Object.keys(row).join(', ');

/** A workspace has few; primary key. */
export const listProviders = pgQuery({
  name: 'communicate.listProviders',
  params: { workspace: 'int4' },
  row,
  text: `select ${columns} from communicate.provider where workspace_id = :workspace order by channel, priority, id`,
});

/** Mail servers in use that come with a mailbox for returns: few in all workspaces together. */
export const listMailboxes = pgQuery({
  name: 'communicate.listMailboxes',
  params: {},
  row: { workspace_id: 'int4', ...row },
  text: `
    select workspace_id, ${columns} from communicate.provider
    where kind = 'smtp' and enabled and settings ->> 'mailboxHost' <> '' order by workspace_id, id`,
});

export const findProvider = pgQuery({
  name: 'communicate.findProvider',
  params: { workspace: 'int4', id: 'int4' },
  row,
  text: `select ${columns} from communicate.provider where workspace_id = :workspace and id = :id`,
});

export const insertProvider = pgQuery({
  name: 'communicate.insertProvider',
  params: {
    workspace: 'int4',
    label: 'text',
    kind: 'text',
    channel: 'text',
    settings: 'jsonb',
    credentials: 'bytea',
    priority: 'int4',
    perSecond: 'int4',
    concurrency: 'int4',
    warmUp: 'jsonb?',
    enabled: 'bool',
    now: 'timestamptz',
  },
  row: { id: 'int4' },
  text: `
    insert into communicate.provider
      (workspace_id, label, kind, channel, settings, credentials, priority, per_second, concurrency, warm_up, enabled,
       created_at, updated_at)
    values (:workspace, :label, :kind, :channel, :settings, :credentials, :priority, :perSecond, :concurrency, :warmUp,
      :enabled, :now, :now)
    returning id`,
});

/** Primary key. What was said of it before holds no more. */
export const updateProvider = pgQuery({
  name: 'communicate.updateProvider',
  params: {
    workspace: 'int4',
    id: 'int4',
    label: 'text',
    settings: 'jsonb',
    credentials: 'bytea',
    priority: 'int4',
    perSecond: 'int4',
    concurrency: 'int4',
    warmUp: 'jsonb?',
    enabled: 'bool',
    now: 'timestamptz',
  },
  row: {},
  text: `
    update communicate.provider
    set label = :label, settings = :settings, credentials = :credentials, priority = :priority, per_second = :perSecond,
      concurrency = :concurrency, warm_up = :warmUp, enabled = :enabled, updated_at = :now,
      health = 'untried', health_detail = '', health_at = null
    where workspace_id = :workspace and id = :id`,
});

export const deleteProvider = pgQuery({
  name: 'communicate.deleteProvider',
  params: { workspace: 'int4', id: 'int4' },
  row: {},
  text: `delete from communicate.provider where workspace_id = :workspace and id = :id`,
});

/** Primary key. */
export const recordHealth = pgQuery({
  name: 'communicate.recordProviderHealth',
  params: { workspace: 'int4', id: 'int4', health: 'text', detail: 'text', now: 'timestamptz' },
  row: {},
  text: `
    update communicate.provider set health = :health, health_detail = :detail, health_at = :now
    where workspace_id = :workspace and id = :id`,
});

/** Primary key. */
export const openWarmUpDay = pgQuery({
  name: 'communicate.openWarmUpDay',
  params: { workspace: 'int4', provider: 'int4', day: 'date' },
  row: {},
  text: `
    insert into communicate.provider_day (workspace_id, provider_id, day, sent)
    values (:workspace, :provider, :day, 0) on conflict do nothing`,
});

/** Takes places for as many as there are left today, in one statement, so that processes share them. Primary key. */
export const reserveWarmUp = pgQuery({
  name: 'communicate.reserveWarmUp',
  params: { workspace: 'int4', provider: 'int4', day: 'date', wanted: 'int4', allowed: 'int4' },
  row: { granted: 'int4' },
  text: `
    with before as (
      select sent from communicate.provider_day
      where workspace_id = :workspace and provider_id = :provider and day = :day for update
    )
    update communicate.provider_day as counted
    set sent = counted.sent + least(:wanted, greatest(:allowed - before.sent, 0))
    from before
    where counted.workspace_id = :workspace and counted.provider_id = :provider and counted.day = :day
    returning least(:wanted, greatest(:allowed - before.sent, 0)) as granted`,
});

/** Gives back places of messages that did not leave. Primary key. */
export const releaseWarmUp = pgQuery({
  name: 'communicate.releaseWarmUp',
  params: { workspace: 'int4', provider: 'int4', day: 'date', unused: 'int4' },
  row: {},
  text: `
    update communicate.provider_day set sent = greatest(sent - :unused, 0)
    where workspace_id = :workspace and provider_id = :provider and day = :day`,
});

/** Primary key. */
export const readWarmUpDays = pgQuery({
  name: 'communicate.readWarmUpDays',
  params: { workspace: 'int4', day: 'date' },
  row: { provider_id: 'int4', sent: 'int4' },
  text: `select provider_id, sent from communicate.provider_day where workspace_id = :workspace and day = :day`,
});

/** What a dispatcher must know of a workspace besides its providers. Index brake_pulled. */
export const readSendingRules = pgQuery({
  name: 'communicate.readSendingRules',
  params: { workspace: 'int4' },
  row: { time_zone: 'text', braked: 'text[]' },
  text: `
    select time_zone, array(
        select channel from communicate.brake where workspace_id = :workspace and released_at is null
      ) as braked
    from govern.workspace where id = :workspace`,
});

/** The key that signs mail of a domain, once DNS has it. Primary key. */
export const findSigningKey = pgQuery({
  name: 'communicate.findSigningKey',
  params: { workspace: 'int4', domain: 'text' },
  row: { selector: 'text', private_key: 'bytea' },
  text: `
    select selector, private_key from communicate.sender_domain
    where workspace_id = :workspace and domain = :domain and signing`,
});
