import { pgQuery } from '../../../platform/index.ts';

const domainRow = {
  domain: 'text',
  selector: 'text',
  public_record: 'text',
  checks: 'jsonb?',
  checked_at: 'timestamptz?',
  signing: 'bool',
} as const;
const domainColumns = Object.keys(domainRow).join(', ');

/** A workspace has few; primary key. */
export const listSenderDomains = pgQuery({
  name: 'communicate.listSenderDomains',
  params: { workspace: 'int4' },
  row: domainRow,
  text: `select ${domainColumns} from communicate.sender_domain where workspace_id = :workspace order by domain`,
});

export const findSenderDomain = pgQuery({
  name: 'communicate.findSenderDomain',
  params: { workspace: 'int4', domain: 'text' },
  row: domainRow,
  text: `select ${domainColumns} from communicate.sender_domain where workspace_id = :workspace and domain = :domain`,
});

export const insertSenderDomain = pgQuery({
  name: 'communicate.insertSenderDomain',
  params: {
    workspace: 'int4',
    domain: 'text',
    selector: 'text',
    privateKey: 'bytea',
    publicRecord: 'text',
    now: 'timestamptz',
  },
  row: {},
  text: `
    insert into communicate.sender_domain (workspace_id, domain, selector, private_key, public_record, created_at)
    values (:workspace, :domain, :selector, :privateKey, :publicRecord, :now) on conflict do nothing`,
});

/** Primary key. */
export const recordDomainChecks = pgQuery({
  name: 'communicate.recordDomainChecks',
  params: { workspace: 'int4', domain: 'text', checks: 'jsonb', signing: 'bool', now: 'timestamptz' },
  row: {},
  text: `
    update communicate.sender_domain set checks = :checks, checked_at = :now, signing = :signing
    where workspace_id = :workspace and domain = :domain`,
});

export const deleteSenderDomain = pgQuery({
  name: 'communicate.deleteSenderDomain',
  params: { workspace: 'int4', domain: 'text' },
  row: {},
  text: `delete from communicate.sender_domain where workspace_id = :workspace and domain = :domain`,
});

const brakeRow = {
  id: 'int4',
  channel: 'text',
  reason: 'text',
  counts: 'jsonb',
  pulled_at: 'timestamptz',
  released_at: 'timestamptz?',
} as const;
const brakeColumns = Object.keys(brakeRow).join(', ');

/** Pulled ones first, then the latest; a workspace has few. Primary key. */
export const listBrakes = pgQuery({
  name: 'communicate.listBrakes',
  params: { workspace: 'int4' },
  row: brakeRow,
  text: `
    select ${brakeColumns} from communicate.brake where workspace_id = :workspace
    order by released_at is not null, pulled_at desc limit 10`,
});

/** Nothing when the brake of the channel is pulled already. Index brake_pulled. */
export const pullBrake = pgQuery({
  name: 'communicate.pullBrake',
  params: { workspace: 'int4', channel: 'text', reason: 'text', counts: 'jsonb', now: 'timestamptz' },
  row: { id: 'int4' },
  text: `
    insert into communicate.brake (workspace_id, channel, reason, counts, pulled_at)
    values (:workspace, :channel, :reason, :counts, :now)
    on conflict (workspace_id, channel) where released_at is null do nothing
    returning id`,
});

/** Primary key. */
export const releaseBrake = pgQuery({
  name: 'communicate.releaseBrake',
  params: { workspace: 'int4', id: 'int4', by: 'text', now: 'timestamptz' },
  row: { channel: 'text' },
  text: `
    update communicate.brake set released_at = :now, released_by = :by
    where workspace_id = :workspace and id = :id and released_at is null
    returning channel`,
});

/** Workspaces and channels with trouble since a moment: only these are counted. Index feedback_trouble of each. */
export const listTroubled = pgQuery({
  name: 'communicate.listTroubled',
  params: { since: 'timestamptz' },
  row: { workspace_id: 'int4', channel: 'text' },
  text: `
    select distinct feedback.workspace_id, message.channel
    from govern.workspace
    join communicate.feedback on feedback.workspace_id = workspace.id
      and feedback.kind in ('bounced', 'complained') and feedback.at >= :since
    join communicate.message on message.workspace_id = feedback.workspace_id and message.id = feedback.message_id`,
});

/**
 * Marketing of a channel that left since a moment, and what came back of it. A refusal at the door counts as a bounce. What
 * was sent before the brake was last released is forgiven. Indexes message_sent and message_decided (blocks of the
 * period), feedback_once.
 */
export const countTrouble = pgQuery({
  name: 'communicate.countTrouble',
  params: { workspace: 'int4', channel: 'text', since: 'timestamptz' },
  row: { sent: 'int8', bounced: 'int8', complained: 'int8' },
  text: `
    select count(*) as sent,
      count(*) filter (where exists (
        select from communicate.feedback where feedback.workspace_id = message.workspace_id
          and feedback.message_id = message.id and feedback.kind = 'bounced')) as bounced,
      count(*) filter (where exists (
        select from communicate.feedback where feedback.workspace_id = message.workspace_id
          and feedback.message_id = message.id and feedback.kind = 'complained')) as complained
    from communicate.message
    cross join (
      select greatest(:since, max(released_at)) as moment
      from communicate.brake where workspace_id = :workspace and channel = :channel
    ) as start
    where workspace_id = :workspace and channel = :channel and kind = 'marketing' and (
      sent_at > start.moment
      or (state = 'failed' and reason = 'invalid_address' and sent_at is null and decided_at > start.moment))`,
});

/** Index message_sent for the period, then feedback_once: e-mail by day of the workspace. */
export const countMailByDay = pgQuery({
  name: 'communicate.countMailByDay',
  params: { workspace: 'int4', since: 'timestamptz', timeZone: 'text' },
  row: { day: 'date', sent: 'int8', bounced: 'int8', complained: 'int8' },
  text: `
    with sent as (
      select id, (sent_at at time zone :timeZone)::date as day from communicate.message
      where workspace_id = :workspace and channel = 'email' and kind <> 'test' and sent_at >= :since
    ), trouble as (
      select message_id, bool_or(kind = 'bounced') as bounced, bool_or(kind = 'complained') as complained
      from communicate.feedback
      where workspace_id = :workspace and kind in ('bounced', 'complained') and at >= :since
      group by message_id
    )
    select day, count(*) as sent, count(*) filter (where bounced) as bounced,
      count(*) filter (where complained) as complained
    from sent left join trouble on trouble.message_id = sent.id
    group by day order by day`,
});

/** What came of the messages `sent`, one row for each of which anything is known; machines are no people. */
const came = `came as (
      select message_id, bool_or(kind = 'delivered') as delivered, bool_or(kind = 'bounced') as bounced,
        bool_or(kind = 'complained') as complained, bool_or(kind = 'opened' and not machine) as opened,
        bool_or(kind = 'clicked' and not machine) as clicked, bool_or(kind = 'unsubscribed') as unsubscribed
      from communicate.feedback where workspace_id = :workspace and message_id in (select id from sent)
      group by message_id
    )`;
const rates = `count(*) as sent, count(*) filter (where delivered) as delivered,
        count(*) filter (where bounced) as bounced, count(*) filter (where complained) as complained,
        count(*) filter (where opened) as opened, count(*) filter (where clicked) as clicked`;

/** E-mail of a period by the receivers' domain; the largest, and all others together. Index message_sent. */
export const countMailByDomain = pgQuery({
  name: 'communicate.countMailByDomain',
  params: { workspace: 'int4', since: 'timestamptz', limit: 'int4' },
  row: {
    domain: 'text',
    sent: 'int8',
    delivered: 'int8',
    bounced: 'int8',
    complained: 'int8',
    opened: 'int8',
    clicked: 'int8',
  },
  text: `
    with sent as (
      select id, lower(split_part(address, '@', 2)) as domain from communicate.message
      where workspace_id = :workspace and channel = 'email' and kind <> 'test' and sent_at >= :since
        and address is not null
    ), ${came}, counted as (
      select domain, ${rates},
        row_number() over (order by count(*) desc, domain) as place
      from sent left join came on came.message_id = sent.id
      group by domain
    )
    select case when place <= :limit then domain else 'other' end as domain, sum(sent)::int8 as sent,
      sum(delivered)::int8 as delivered, sum(bounced)::int8 as bounced, sum(complained)::int8 as complained,
      sum(opened)::int8 as opened, sum(clicked)::int8 as clicked
    from counted group by 1 order by min(place)`,
});

/** Messages of a period by channel and who took them; what people did, machines left out. Index message_sent. */
export const countByProvider = pgQuery({
  name: 'communicate.countByProvider',
  params: { workspace: 'int4', since: 'timestamptz' },
  row: {
    channel: 'text',
    provider: 'text',
    sent: 'int8',
    uncertain: 'int8',
    delivered: 'int8',
    bounced: 'int8',
    complained: 'int8',
    opened: 'int8',
    clicked: 'int8',
    unsubscribed: 'int8',
  },
  text: `
    with sent as (
      select id, channel, coalesce(provider, '') as provider, state from communicate.message
      where workspace_id = :workspace and kind <> 'test' and sent_at >= :since
    ), ${came}
    select channel, provider, ${rates}, count(*) filter (where state = 'uncertain') as uncertain,
      count(*) filter (where unsubscribed) as unsubscribed
    from sent left join came on came.message_id = sent.id
    group by channel, provider order by count(*) desc, channel, provider`,
});
