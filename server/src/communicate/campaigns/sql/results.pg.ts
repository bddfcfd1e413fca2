import { pgQuery } from '../../../platform/index.ts';

/**
 * How many messages of each campaign (or journey) stand where, and what came of them. People who were left out while the
 * audience was frozen are counted in the audience, not here: theirs was decided in
 * the moment it came to be. Index message_origin.
 */
export const countMessages = pgQuery({
  name: 'communicate.countMessages',
  params: { workspace: 'int4', origin: 'text', ids: 'text[]' },
  row: {
    origin_id: 'text',
    queued: 'int8',
    sent: 'int8',
    delivered: 'int8',
    failed: 'int8',
    uncertain: 'int8',
    skipped: 'int8',
    opened: 'int8',
    clicked: 'int8',
    bounced: 'int8',
    complained: 'int8',
    unsubscribed: 'int8',
  },
  text: `
    select origin_id,
      count(*) filter (where state in ('queued', 'claimed', 'sending', 'held')) as queued,
      count(*) filter (where state in ('sent', 'delivered')) as sent,
      count(*) filter (where state = 'delivered') as delivered,
      count(*) filter (where state = 'failed' and reason is distinct from 'bounced') as failed,
      count(*) filter (where state = 'uncertain') as uncertain,
      count(*) filter (where state = 'skipped' and decided_at > created_at) as skipped,
      count(*) filter (where news & 2 > 0) as opened,
      count(*) filter (where news & 4 > 0) as clicked,
      count(*) filter (where news & 8 > 0) as bounced,
      count(*) filter (where news & 16 > 0) as complained,
      count(*) filter (where news & 32 > 0) as unsubscribed
    from communicate.message
    where workspace_id = :workspace and origin = :origin and origin_id = any(:ids)
    group by origin_id`,
});

/** Keeps what was counted, at the moment before it was; not where somebody is at work on the campaign. Primary key. */
export const keepCounts = pgQuery({
  name: 'communicate.keepCampaignCounts',
  params: { workspace: 'int4', ids: 'int4[]', counts: 'jsonb[]', at: 'timestamptz' },
  row: {},
  text: `
    update communicate.campaign set counts = due.counts, counted_at = :at
    from (
      select campaign.id, fresh.counts
      from unnest(:ids, :counts) as fresh (id, counts)
      join communicate.campaign on campaign.workspace_id = :workspace and campaign.id = fresh.id
        and (campaign.counted_at is null or campaign.counted_at < :at)
      for update of campaign skip locked
    ) as due
    where campaign.workspace_id = :workspace and campaign.id = due.id`,
});

/** This server's time. */
export const readServerTime = pgQuery({
  name: 'communicate.readServerTime',
  params: {},
  row: { now: 'timestamptz' },
  text: `select clock_timestamp() as now`,
});

/**
 * What the people of each variant, and those of the control group ('' with \`control\`), bought in the days after their message;
 * the control group's days begin when the campaign did. Indexes message_origin, profile_root, order_profile.
 */
export const readGroups = pgQuery({
  name: 'communicate.readGroups',
  params: { workspace: 'int4', campaign: 'int4', id: 'text', days: 'int4' },
  row: {
    variant: 'text',
    control: 'bool',
    people: 'int8',
    sent: 'int8',
    delivered: 'int8',
    clicked: 'int8',
    unsubscribed: 'int8',
    converted: 'int8',
    orders: 'int8',
    revenue: 'numeric',
  },
  text: `
    with person as (
      select message.variant, false as control, profile.root_id as root, min(message.sent_at) as since,
        bool_or(message.state = 'delivered') as delivered,
        bool_or(exists (
          select from communicate.feedback where feedback.workspace_id = :workspace
            and feedback.message_id = message.id and feedback.kind = 'clicked' and not feedback.machine)) as clicked,
        bool_or(exists (
          select from communicate.feedback where feedback.workspace_id = :workspace
            and feedback.message_id = message.id and feedback.kind = 'unsubscribed')) as unsubscribed
      from communicate.message
      join unify.profile on profile.workspace_id = message.workspace_id and profile.id = message.profile_id
      where message.workspace_id = :workspace and message.origin = 'campaign' and message.origin_id = :id
        and message.state in ('sent', 'delivered', 'uncertain')
      group by message.variant, profile.root_id
      union all
      select '', true, profile.root_id, campaign.started_at, false, false, false
      from communicate.campaign_control as chosen
      join communicate.campaign on campaign.workspace_id = chosen.workspace_id and campaign.id = chosen.campaign_id
      join unify.profile on profile.workspace_id = chosen.workspace_id and profile.id = chosen.profile_id
      where chosen.workspace_id = :workspace and chosen.campaign_id = :campaign
    ), bought as (
      select person.*, sales.orders, sales.revenue
      from person
      cross join lateral (
        select count(*) as orders, coalesce(sum("order".base_total - "order".base_refunded), 0) as revenue
        from unify.profile as member
        join unify."order" on "order".workspace_id = :workspace and "order".profile_id = member.id
        where member.workspace_id = :workspace and member.root_id = person.root
          and "order".status in ('completed', 'refunded') and "order".ordered_at >= person.since
          and "order".ordered_at < person.since + make_interval(days => :days)
      ) as sales
    )
    select variant, control, count(*) as people, count(*) filter (where not control) as sent,
      count(*) filter (where delivered) as delivered, count(*) filter (where clicked) as clicked,
      count(*) filter (where unsubscribed) as unsubscribed, count(*) filter (where orders > 0) as converted,
      coalesce(sum(orders), 0)::int8 as orders, coalesce(sum(revenue), 0) as revenue
    from bought group by variant, control order by control, variant`,
});

export const findBaseCurrency = pgQuery({
  name: 'communicate.findBaseCurrency',
  params: { workspace: 'int4' },
  row: { base_currency: 'text' },
  text: `select base_currency from govern.workspace where id = :workspace`,
});
