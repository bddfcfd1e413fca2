import { pgQuery } from '../../../platform/index.ts';

/** A number for this process. Its life is told by this server's clock: ours may be moved. */
export const enlistWorker = pgQuery({
  name: 'communicate.enlistWorker',
  params: {},
  row: { id: 'int4' },
  text: `insert into communicate.worker (seen_at) values (clock_timestamp()) returning id`,
});

export const dismissWorker = pgQuery({
  name: 'communicate.dismissWorker',
  params: { worker: 'int4' },
  row: {},
  text: `delete from communicate.worker where id = :worker`,
});

/**
 * Says that this process lives, and takes over from those not heard of for `seconds`. What they had in hand and not handed over
 * yet goes back to the queue; what may have reached a provider is uncertain and never sent again. Index message_in_hand.
 */
export const reportWorker = pgQuery({
  name: 'communicate.reportWorker',
  params: { worker: 'int4', seconds: 'int4', now: 'timestamptz' },
  row: { state: 'text' },
  text: `
    with alive as (
      insert into communicate.worker (id, seen_at) overriding system value values (:worker, clock_timestamp())
      on conflict (id) do update set seen_at = excluded.seen_at
    ), dead as (
      delete from communicate.worker
      where id <> :worker and seen_at < clock_timestamp() - make_interval(secs => :seconds)
    )
    update communicate.message set
      state = case state when 'claimed' then 'queued' else 'uncertain' end,
      reason = case state when 'claimed' then null else 'answer_lost' end,
      sent_at = case state when 'claimed' then sent_at else :now end,
      claimed_by = null
    where state in ('claimed', 'sending') and claimed_by <> :worker and not exists (
      select from communicate.worker
      where worker.id = claimed_by and worker.seen_at >= clock_timestamp() - make_interval(secs => :seconds))
    returning state`,
});

/**
 * A campaign's people are being gone through: as fast as it goes, because sending meanwhile made it forty times slower
 * (ADR 0073). One that stands still keeps nobody waiting. A handful of rows.
 */
const freezing = `select updated_at from communicate.campaign
      where state = 'freezing' and updated_at > :now - interval '30 seconds'`;

/** The next marketing messages whose moment has come, the longest waiting first; none while a campaign freezes. Index message_due. */
export const takeMarketing = pgQuery({
  name: 'communicate.takeMarketing',
  params: { now: 'timestamptz', limit: 'int4' },
  row: { workspace_id: 'int4', id: 'int8' },
  text: `
    select workspace_id, id from communicate.message
    where state = 'queued' and kind = 'marketing' and due_at <= :now and not exists (${freezing})
    order by due_at, id limit :limit for update skip locked`,
});

/** The same of those that wait for nobody. Index message_due_at_once. */
export const takeAtOnce = pgQuery({
  name: 'communicate.takeAtOnce',
  params: { now: 'timestamptz', limit: 'int4' },
  row: { workspace_id: 'int4', id: 'int8' },
  text: `
    select workspace_id, id from communicate.message
    where state = 'queued' and kind <> 'marketing' and due_at <= :now
    order by due_at, id limit :limit for update skip locked`,
});

/** When the next marketing message is due. Index message_due. */
export const findNextMarketing = pgQuery({
  name: 'communicate.findNextMarketing',
  params: { now: 'timestamptz' },
  row: { due_at: 'timestamptz' },
  text: `
    select greatest(due_at, (select max(updated_at) + interval '2 seconds' from (${freezing}) as campaign)) as due_at
    from communicate.message where state = 'queued' and kind = 'marketing' order by message.due_at limit 1`,
});

/** Index message_due_at_once. */
export const findNextAtOnce = pgQuery({
  name: 'communicate.findNextAtOnce',
  params: { now: 'timestamptz' },
  row: { due_at: 'timestamptz' },
  text: `
    select greatest(due_at, :now) as due_at
    from communicate.message where state = 'queued' and kind <> 'marketing' order by message.due_at limit 1`,
});

/** What is needed to write messages out. Primary key. */
export const readClaimed = pgQuery({
  name: 'communicate.readClaimed',
  params: { workspace: 'int4', ids: 'int8[]' },
  row: {
    id: 'int8',
    profile_id: 'int8',
    channel: 'text',
    purpose: 'text',
    kind: 'text',
    template_id: 'int4?',
    template_version: 'int4?',
    variant: 'text',
    origin: 'text',
    origin_id: 'text',
    step: 'text',
    variables: 'jsonb',
    attempts: 'int4',
    origin_name: 'text?',
    template_name: 'text?',
    own_marks: 'jsonb?',
    open_tracking: 'bool',
  },
  text: `
    select message.id, message.profile_id, message.channel, message.purpose, message.kind, message.template_id,
      message.template_version, message.variant, message.origin, message.origin_id, message.step, message.variables,
      message.attempts, coalesce(campaign.name, journey.name) as origin_name, template.name as template_name,
      campaign.definition -> 'linkMarks' as own_marks,
      coalesce(message.channel = 'email' and (
        select state.state = 'granted' and (state.expires_at is null or state.expires_at > message.decided_at)
        from unify.profile as own
        join unify.profile as member on member.workspace_id = own.workspace_id and member.root_id = own.root_id
        join communicate.consent_state as state on state.workspace_id = member.workspace_id
          and state.profile_id = member.id and state.purpose = 'email_open_tracking' and state.channel in ('', 'email')
        where own.workspace_id = message.workspace_id and own.id = message.profile_id
        order by state.at desc, state.state = 'denied' desc limit 1), false) as open_tracking
    from communicate.message
    left join communicate.template on template.workspace_id = :workspace and template.id = message.template_id
    left join communicate.campaign on message.origin = 'campaign' and campaign.workspace_id = :workspace
      and campaign.id = case when message.origin = 'campaign' then message.origin_id::int end
    left join communicate.journey on message.origin = 'journey' and journey.workspace_id = :workspace
      and journey.id = case when message.origin = 'journey' then message.origin_id::int end
    where message.workspace_id = :workspace and message.id = any(:ids) and message.state = 'claimed'`,
});

const takenBack = `outcome.state = 'queued' and message.reason is not distinct from 'journey_ended'`;

/**
 * Writes what became of messages in hand. A message that was taken for lost meanwhile and is known now is put right; one
 * that nobody could take and whose journey ended meanwhile is not tried again.
 * Primary key.
 */
export const finishMessages = pgQuery({
  name: 'communicate.finishMessages',
  params: {
    workspace: 'int4',
    now: 'timestamptz',
    ids: 'int8[]',
    states: 'text[]',
    reasons: 'text[]',
    details: 'text[]',
    providers: 'text[]',
    provider_ids: 'text[]',
    due: 'timestamptz[]',
    tries: 'int4[]',
  },
  row: {
    id: 'int8',
    profile_id: 'int8',
    channel: 'text',
    state: 'text',
    origin: 'text',
    origin_id: 'text',
    variant: 'text',
  },
  text: `
    update communicate.message set
      state = case when ${takenBack} then 'cancelled' else outcome.state end,
      reason = case when ${takenBack} then message.reason else nullif(outcome.reason, '') end, detail = outcome.detail,
      provider = nullif(outcome.provider, ''), provider_message_id = nullif(outcome.provider_id, ''),
      due_at = coalesce(outcome.due, message.due_at),
      sent_at = case when outcome.state in ('sent', 'uncertain') then :now else message.sent_at end,
      address = case when outcome.state = 'queued' then null else message.address end,
      attempts = message.attempts + outcome.tries, claimed_by = null
    from unnest(:ids, :states, :reasons, :details, :providers, :provider_ids, :due, :tries)
      as outcome (id, state, reason, detail, provider, provider_id, due, tries)
    where message.workspace_id = :workspace and message.id = outcome.id
      and message.state in ('claimed', 'sending', 'uncertain')
    returning message.id, message.profile_id, message.channel, message.state, message.origin, message.origin_id,
      message.variant`,
});
