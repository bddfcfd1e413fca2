import { pgQuery } from '../../../platform/index.ts';

const span = {
  from: 'timestamptz',
  to: 'timestamptz',
} as const;
const scope = {
  workspace: 'int4',
  by: 'text',
  origin: 'text',
  originId: 'text',
  channel: 'text',
  days: 'int4',
} as const;

const key = `
        case :by
          when 'campaign' then message.origin_id
          when 'journey' then message.origin_id
          when 'step' then message.origin_id || '/' || message.step
          when 'variant' then message.origin_id || '/' || message.variant
          when 'template' then coalesce(message.template_id::text, '')
          when 'channel' then message.channel
          when 'provider' then coalesce(message.provider, '')
          else coalesce(message.domain, '')
        end`;

/** Messages a provider took, as every number of a report counts them: tests are none, what may be lost is none. */
const counted = `
        message.workspace_id = :workspace and message.kind <> 'test' and message.state in ('sent', 'delivered', 'failed')
        and (:origin = '' or message.origin = :origin) and (:originId = '' or message.origin_id = :originId)
        and (:channel = '' or message.channel = :channel) and (:by <> 'domain' or message.channel = 'email')`;

/** By the bits of `news`. */
const figures = `
        count(*) filter (where message.state = 'delivered') as delivered,
        count(*) filter (where message.news & 2 > 0) as opened,
        count(*) filter (where message.news & 4 > 0) as clicked,
        count(*) filter (where message.news & 8 > 0) as bounced,
        count(*) filter (where message.news & 16 > 0) as complained,
        count(*) filter (where message.news & 32 > 0) as unsubscribed`;

/**
 * What became of the messages of a period, and of the one it is compared with (none: an empty span), by a fact of theirs.
 * Messages and orders are summed apart: joined,
 * a plan without statistics went through every pair. Index message_reported alone; order_credit_sent, primary keys.
 */
export const countReport = pgQuery({
  name: 'communicate.countReport',
  planEachTime: true,
  params: { ...scope, ...span, beforeFrom: 'timestamptz', beforeTo: 'timestamptz' },
  row: {
    key: 'text',
    current: 'bool',
    sent: 'int8',
    delivered: 'int8',
    opened: 'int8',
    clicked: 'int8',
    bounced: 'int8',
    complained: 'int8',
    unsubscribed: 'int8',
    converted: 'int8',
    orders: 'int8',
    revenue: 'numeric',
  },
  text: `
    with stood as (
      select ${key} as key, true as current, count(*) as sent, ${figures}, 0 as converted, 0 as orders, 0.0 as revenue
      from communicate.message
      where ${counted} and message.sent_at >= :from and message.sent_at < :to
      group by 1
      union all
      select ${key}, false, count(*), ${figures}, 0, 0, 0.0
      from communicate.message
      where ${counted} and message.sent_at >= :beforeFrom and message.sent_at < :beforeTo
      group by 1
      union all
      select ${key}, message.sent_at >= :from and message.sent_at < :to, 0, 0, 0, 0, 0, 0, 0,
        count(distinct message.id), count(*), sum(coalesce(sale.base_total, 0) - sale.base_refunded)
      from communicate.order_credit as credit
      join unify."order" as sale on sale.workspace_id = :workspace and sale.order_id = credit.order_id
      join communicate.message on message.workspace_id = :workspace and message.id = credit.message_id
      where ${counted} and credit.workspace_id = :workspace and credit.after <= make_interval(days => :days)
        and ((credit.sent_at >= :from and credit.sent_at < :to)
          or (credit.sent_at >= :beforeFrom and credit.sent_at < :beforeTo))
        and sale.status in ('completed', 'refunded')
      group by 1, 2
    )
    select key, current, sum(sent)::int8 as sent, sum(delivered)::int8 as delivered, sum(opened)::int8 as opened,
      sum(clicked)::int8 as clicked, sum(bounced)::int8 as bounced, sum(complained)::int8 as complained,
      sum(unsubscribed)::int8 as unsubscribed, sum(converted)::int8 as converted, sum(orders)::int8 as orders,
      sum(revenue) as revenue
    from stood group by key, current`,
});

/** Customers behind one number, after a root, with how many there are. Index message_reported, then profiles by key. */
export const listReportPeople = pgQuery({
  name: 'communicate.listReportPeople',
  planEachTime: true,
  params: { ...scope, ...span, key: 'text?', metric: 'text', after: 'int8', limit: 'int4' },
  row: { root: 'int8', people: 'int8' },
  text: `
    with person as materialized (
      select distinct profile.root_id as root
      from communicate.message
      join unify.profile on profile.workspace_id = :workspace and profile.id = message.profile_id
      where ${counted} and message.sent_at >= :from and message.sent_at < :to
        and (:key is null or ${key} = :key)
        and case :metric
          when 'sent' then true
          when 'delivered' then message.state = 'delivered'
          when 'opened' then message.news & 2 > 0
          when 'clicked' then message.news & 4 > 0
          when 'bounced' then message.news & 8 > 0
          when 'complained' then message.news & 16 > 0
          when 'unsubscribed' then message.news & 32 > 0
          else exists (
            select from communicate.order_credit as credit
            join unify."order" as sale on sale.workspace_id = :workspace and sale.order_id = credit.order_id
            where credit.workspace_id = :workspace and credit.message_id = message.id
              and credit.after <= make_interval(days => :days) and sale.status in ('completed', 'refunded'))
        end
    )
    select root, (select count(*) from person) as people from person where root > :after order by root limit :limit`,
});

/** What campaigns, journeys and templates are called. Primary keys. */
export const nameReportRows = pgQuery({
  name: 'communicate.nameReportRows',
  params: { workspace: 'int4', of: 'text', ids: 'int4[]' },
  row: { id: 'int4', name: 'text' },
  text: `
    select id, name from communicate.campaign where :of = 'campaign' and workspace_id = :workspace and id = any(:ids)
    union all
    select id, name from communicate.journey where :of = 'journey' and workspace_id = :workspace and id = any(:ids)
    union all
    select id, name from communicate.template where :of = 'template' and workspace_id = :workspace and id = any(:ids)`,
});

/** Labels people gave the steps of journeys, in their newest version. Primary keys. */
export const nameReportSteps = pgQuery({
  name: 'communicate.nameReportSteps',
  params: { workspace: 'int4', ids: 'int4[]' },
  row: { id: 'int4', step: 'text', label: 'text' },
  text: `
    select journey.id, node.key as step, node.value ->> 'label' as label
    from communicate.journey
    join communicate.journey_version as version on version.workspace_id = :workspace and version.journey_id = journey.id
      and version.version = journey.version
    cross join lateral jsonb_each(version.definition -> 'nodes') as node
    where journey.workspace_id = :workspace and journey.id = any(:ids) and node.value ? 'label'`,
});
