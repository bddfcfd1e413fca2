import { pgQuery } from '../../../platform/index.ts';

/** Held until the chunk is stored: one process at a time goes through a campaign's people. Primary key. */
export const lockCampaign = pgQuery({
  name: 'communicate.lockCampaign',
  params: { workspace: 'int4', id: 'int4' },
  row: { state: 'text', definition: 'jsonb', audience: 'jsonb?', frozen_to: 'int8', started_at: 'timestamptz?' },
  text: `
    select state, definition, audience, frozen_to, started_at from communicate.campaign
    where workspace_id = :workspace and id = :id for update`,
});

/**
 * The next people of a segment with the draws that decide what becomes of them: the same for a person however often it is
 * asked. Primary key of membership.
 */
export const listAudience = pgQuery({
  name: 'communicate.listAudience',
  params: { workspace: 'int4', segment: 'int4', exclude: 'int4[]', salt: 'text', after: 'int8', limit: 'int4' },
  row: { root: 'int8', excluded: 'bool', control: 'float8', variant: 'float8', test: 'float8' },
  text: `
    select membership.profile_id as root,
      exists (
        select from decide.membership as other
        where other.workspace_id = :workspace and other.profile_id = membership.profile_id
          and other.segment_id = any(:exclude)) as excluded,
      mod(hashtextextended('control/' || :salt || membership.profile_id, 0) & 9223372036854775807, 1000000) / 1000000.0::float8 as control,
      mod(hashtextextended('variant/' || :salt || membership.profile_id, 0) & 9223372036854775807, 1000000) / 1000000.0::float8 as variant,
      mod(hashtextextended('test/' || :salt || membership.profile_id, 0) & 9223372036854775807, 1000000) / 1000000.0::float8 as test
    from decide.membership
    where membership.workspace_id = :workspace and membership.segment_id = :segment and membership.profile_id > :after
    order by membership.profile_id limit :limit`,
});

/** The moment of a local hour on everyone's own clock. Index profile_root. */
export const placeInZones = pgQuery({
  name: 'communicate.placeInZones',
  params: { workspace: 'int4', roots: 'int8[]', times: 'text[]', day: 'date' },
  row: { root: 'int8', at: 'timestamptz' },
  text: `
    select wanted.root, (:day + wanted.time::time) at time zone coalesce(zone.name, workspace.time_zone) as at
    from unnest(:roots, :times) as wanted (root, time)
    join govern.workspace on workspace.id = :workspace
    left join lateral (
      select time_zone.name from unify.profile
      join communicate.time_zone on time_zone.name = profile.traits -> 'timezone' ->> 'value'
      where profile.workspace_id = :workspace and profile.root_id = wanted.root
      order by profile.last_seen_at desc limit 1
    ) as zone on true`,
});

export const insertControl = pgQuery({
  name: 'communicate.insertControl',
  params: { workspace: 'int4', campaign: 'int4', roots: 'int8[]' },
  row: {},
  text: `
    insert into communicate.campaign_control (workspace_id, campaign_id, profile_id)
    select :workspace, :campaign, root from unnest(:roots) as chosen (root) on conflict do nothing`,
});

export const recordFrozen = pgQuery({
  name: 'communicate.recordFrozen',
  params: { workspace: 'int4', id: 'int4', frozenTo: 'int8', audience: 'jsonb', state: 'text', now: 'timestamptz' },
  row: {},
  text: `
    update communicate.campaign set frozen_to = :frozenTo, audience = :audience, state = :state, updated_at = :now
    where workspace_id = :workspace and id = :id`,
});

/** Clicks by people, and orders, of each variant of the part that went first. Index message_origin. */
export const compareVariants = pgQuery({
  name: 'communicate.compareVariants',
  params: { workspace: 'int4', id: 'text' },
  row: { variant: 'text', sent: 'int8', clicks: 'int8', conversions: 'int8' },
  text: `
    select message.variant, count(*) as sent,
      count(*) filter (where exists (
        select from communicate.feedback where feedback.workspace_id = :workspace and feedback.message_id = message.id
          and feedback.kind = 'clicked' and not feedback.machine)) as clicks,
      count(*) filter (where exists (
        select from unify.profile as own
        join unify.profile as member on member.workspace_id = :workspace and member.root_id = own.root_id
        join unify."order" on "order".workspace_id = :workspace and "order".profile_id = member.id
        where own.workspace_id = :workspace and own.id = message.profile_id
          and "order".ordered_at >= message.sent_at and "order".status in ('completed', 'refunded'))) as conversions
    from communicate.message
    where message.workspace_id = :workspace and message.origin = 'campaign' and message.origin_id = :id
      and message.state in ('sent', 'delivered') and message.step = 'test'
    group by message.variant`,
});

/** Gives the rest of a campaign the variant that won, and lets it go. Index message_open. */
export const useWinner = pgQuery({
  name: 'communicate.useWinner',
  params: {
    workspace: 'int4',
    campaign: 'int4',
    id: 'text',
    variant: 'text',
    template: 'int4',
    version: 'int4',
    now: 'timestamptz',
  },
  row: {},
  text: `
    with chosen as (
      update communicate.campaign set winner = :variant, updated_at = :now
      where workspace_id = :workspace and id = :campaign and winner is null returning id
    )
    update communicate.message set variant = :variant, template_id = :template, template_version = :version,
      due_at = :now, state = 'queued', reason = null
    from chosen
    where message.workspace_id = :workspace and message.origin = 'campaign' and message.origin_id = :id
      and message.step = 'rest' and message.state in ('held', 'queued')`,
});

/** People of the rest wait for the winner. Index message_open. */
export const holdForWinner = pgQuery({
  name: 'communicate.holdForWinner',
  params: { workspace: 'int4', ids: 'int8[]' },
  row: {},
  text: `
    update communicate.message set state = 'held', reason = 'winner'
    where workspace_id = :workspace and id = any(:ids) and state = 'queued'`,
});

/** The newest version of templates. Primary key of template. */
export const findTemplateVersions = pgQuery({
  name: 'communicate.findTemplateVersions',
  params: { workspace: 'int4', ids: 'int4[]' },
  row: { id: 'int4', version: 'int4', channel: 'text', name: 'text' },
  text: `
    select id, version, channel, name from communicate.template
    where workspace_id = :workspace and id = any(:ids) and archived_at is null`,
});

/**
 * Looks at what the outbox holds, also of this transaction. Of a table that was empty a moment ago the planner thinks that a
 * workspace has a handful of messages, and reads them all for each person (measured: 11 s for 5,000 people in place of 0.3).
 */
export const analyzeMessages = pgQuery({
  name: 'communicate.analyzeMessages',
  params: {},
  row: {},
  text: `analyze communicate.message`,
});

/** Which of these campaigns have an experiment that gives people their variant. Primary key. */
export const findCampaignExperiments = pgQuery({
  name: 'communicate.findCampaignExperiments',
  params: { workspace: 'int4', ids: 'int4[]' },
  row: { id: 'int4', experiment: 'text' },
  text: `
    select id, definition ->> 'experiment' as experiment from communicate.campaign
    where workspace_id = :workspace and id = any(:ids) and definition ->> 'experiment' is not null`,
});
