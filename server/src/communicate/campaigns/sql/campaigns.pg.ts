import { pgQuery } from '../../../platform/index.ts';

export const insertCampaign = pgQuery({
  name: 'communicate.insertCampaign',
  params: { workspace: 'int4', name: 'text', definition: 'jsonb', by: 'text', now: 'timestamptz' },
  row: { id: 'int4' },
  text: `
    insert into communicate.campaign (workspace_id, name, state, definition, created_by, created_at, updated_at)
    values (:workspace, :name, 'draft', :definition, :by, :now, :now) returning id`,
});

const campaignRow = {
  id: 'int4',
  name: 'text',
  state: 'text',
  reason: 'text?',
  definition: 'jsonb',
  audience: 'jsonb?',
  counts: 'jsonb?',
  stale: 'bool',
  winner: 'text?',
  segment_name: 'text?',
  starts_at: 'timestamptz?',
  started_at: 'timestamptz?',
  finished_at: 'timestamptz?',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
} as const;
const campaignColumns = `
  campaign.id, campaign.name, campaign.state, campaign.reason, campaign.definition, campaign.audience, campaign.counts,
  (campaign.counts is null or (campaign.counted_at < clock_timestamp() - interval '3 seconds' and (
    campaign.state in ('freezing', 'sending', 'paused')
    -- Longer than what was under way when it was counted took to be over.
    or campaign.counted_at < campaign.changed_at + interval '15 seconds'))) is true as stale,
  campaign.winner,
  segment.name as segment_name, campaign.starts_at, campaign.started_at, campaign.finished_at, campaign.created_at,
  campaign.updated_at`;
const withSegment = `
  left join decide.segment on segment.workspace_id = campaign.workspace_id
    and segment.id = (campaign.definition ->> 'segment')::int`;

/** Primary key. */
export const findCampaign = pgQuery({
  name: 'communicate.findCampaign',
  params: { workspace: 'int4', id: 'int4' },
  row: campaignRow,
  text: `
    select ${campaignColumns} from communicate.campaign ${withSegment}
    where campaign.workspace_id = :workspace and campaign.id = :id`,
});

/** Newest first. Primary key. */
export const pageCampaigns = pgQuery({
  name: 'communicate.pageCampaigns',
  params: { workspace: 'int4', before: 'int4', limit: 'int4' },
  row: campaignRow,
  text: `
    select ${campaignColumns} from communicate.campaign ${withSegment}
    where campaign.workspace_id = :workspace and campaign.id < :before order by campaign.id desc limit :limit`,
});

/** A draft may be changed. Primary key. */
export const changeCampaign = pgQuery({
  name: 'communicate.changeCampaign',
  params: { workspace: 'int4', id: 'int4', name: 'text', definition: 'jsonb', now: 'timestamptz' },
  row: {},
  text: `
    update communicate.campaign set name = :name, definition = :definition, updated_at = :now
    where workspace_id = :workspace and id = :id and state = 'draft'`,
});

export const deleteCampaign = pgQuery({
  name: 'communicate.deleteCampaign',
  params: { workspace: 'int4', id: 'int4' },
  row: {},
  text: `delete from communicate.campaign where workspace_id = :workspace and id = :id and state = 'draft'`,
});

/** From one of `from` to `to`; nothing when it stands elsewhere. Primary key. */
export const moveCampaign = pgQuery({
  name: 'communicate.moveCampaign',
  params: { workspace: 'int4', id: 'int4', from: 'text[]', to: 'text', startsAt: 'timestamptz?', now: 'timestamptz' },
  row: { state: 'text' },
  text: `
    update communicate.campaign set
      state = case when :to = 'sending' and not coalesce((audience ->> 'complete')::bool, false) then 'freezing' else :to end,
      starts_at = coalesce(:startsAt, starts_at),
      started_at = case when :to = 'freezing' then coalesce(started_at, :now) else started_at end,
      finished_at = case when :to in ('done', 'cancelled', 'failed') then :now else finished_at end,
      updated_at = :now
    where workspace_id = :workspace and id = :id and state = any(:from)
    returning state`,
});

export const failCampaign = pgQuery({
  name: 'communicate.failCampaign',
  params: { workspace: 'int4', id: 'int4', reason: 'text', now: 'timestamptz' },
  row: {},
  text: `
    update communicate.campaign set state = 'failed', reason = :reason, finished_at = :now, updated_at = :now
    where workspace_id = :workspace and id = :id`,
});

/** What is still to come of a campaign waits. Index message_open. */
export const holdMessages = pgQuery({
  name: 'communicate.holdMessages',
  params: { workspace: 'int4', origin: 'text', id: 'text' },
  row: {},
  text: `
    update communicate.message set state = 'held', reason = 'paused'
    where workspace_id = :workspace and origin = :origin and origin_id = :id and state = 'queued'`,
});

/** Index message_open. */
export const releaseMessages = pgQuery({
  name: 'communicate.releaseMessages',
  params: { workspace: 'int4', origin: 'text', id: 'text' },
  row: {},
  text: `
    update communicate.message set state = 'queued', reason = null
    where workspace_id = :workspace and origin = :origin and origin_id = :id and state = 'held' and reason = 'paused'`,
});

/** Index message_open. */
export const cancelMessages = pgQuery({
  name: 'communicate.cancelMessages',
  params: { workspace: 'int4', origin: 'text', id: 'text', reason: 'text' },
  row: {},
  text: `
    update communicate.message set state = 'cancelled', reason = :reason, claimed_by = null
    where workspace_id = :workspace and origin = :origin and origin_id = :id and state in ('queued', 'claimed', 'held')`,
});

/** Campaigns that have something to do, and when. A handful of rows. */
export const listActive = pgQuery({
  name: 'communicate.listActive',
  params: {},
  row: { workspace_id: 'int4', id: 'int4', state: 'text', starts_at: 'timestamptz?' },
  text: `
    select workspace_id, id, state, starts_at from communicate.campaign
    where state in ('scheduled', 'freezing', 'sending') order by starts_at nulls first, id`,
});

/** Whether anything is still to come. Index message_open. */
export const hasOpenMessages = pgQuery({
  name: 'communicate.hasOpenMessages',
  params: { workspace: 'int4', id: 'text' },
  row: { open: 'bool' },
  text: `
    select exists (
      select from communicate.message where workspace_id = :workspace and origin = 'campaign' and origin_id = :id
        and state in ('queued', 'claimed', 'sending', 'held')) as open`,
});
