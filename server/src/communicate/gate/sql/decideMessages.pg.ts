import { pgQuery } from '../../../platform/index.ts';

/** Decisions of a workspace are made one after the other: two that compete for one place under a cap see each other. */
export const lockGate = pgQuery({
  name: 'communicate.lockGate',
  params: { workspace: 'int4' },
  row: { locked: 'bool?' },
  text: `select true as locked from (select pg_advisory_xact_lock(7410, :workspace)) as lock`,
});

/**
 * The rules, over `wanted`: (id, profile_id, channel, purpose, kind, priority, origin, origin_id, given, root, campaign_state,
 * segment, run). One text for what is decided and for what is foreseen, so that they cannot differ.
 */
const rules = `
    rule as (
      select coalesce((select rules from communicate.rules where workspace_id = :workspace), :usual) as rules
    ), member as materialized (
      select profile.id, profile.root_id as root, profile.last_seen_at, profile.traits -> 'timezone' ->> 'value' as zone,
        doubt.at as doubted_at
      from unify.profile
      left join unify.merge as doubt on doubt.workspace_id = :workspace and doubt.id = profile.merge_id
        and doubt.kind <> 'deterministic'
      where profile.workspace_id = :workspace and profile.root_id in (select root from wanted)
    ), person as materialized (
      select member.root, max(member.last_seen_at) as seen_at, max(member.doubted_at) as doubted_at,
        coalesce(
          (array_agg(time_zone.name order by member.last_seen_at desc) filter (where time_zone.name is not null))[1],
          (select time_zone from govern.workspace where id = :workspace)) as zone
      from member left join communicate.time_zone on time_zone.name = member.zone
      group by member.root
    ), reached as (
      select distinct on (member.root, identifier.namespace) member.root, identifier.namespace, identifier.value
      from member join unify.identifier on identifier.workspace_id = :workspace and identifier.profile_id = member.id
      where identifier.namespace in ('email', 'phone', 'webpush', 'device_token')
      order by member.root, identifier.namespace, identifier.last_seen_at desc, identifier.value
    ), addressed as materialized (
      select wanted.*, coalesce(wanted.given,
        case when wanted.channel in ('inbox', 'webhook') then wanted.root::text else reached.value end) as address
      from wanted
      left join reached on reached.root = wanted.root and reached.namespace = case wanted.channel
        when 'email' then 'email' when 'sms' then 'phone' when 'whatsapp' then 'phone'
        when 'webpush' then 'webpush' when 'mobilepush' then 'device_token' end
    ), consented as (
      select distinct on (wanted.id) wanted.id, state.state, state.basis, state.expires_at, state.at,
        bool_or(state.state = 'denied') over (partition by wanted.id) as refused,
        coalesce(purpose.bases -> wanted.channel, purpose.bases -> '*', '["consent"]'::jsonb) as bases
      from wanted
      join member on member.root = wanted.root
      join communicate.consent_state as state on state.workspace_id = :workspace and state.profile_id = member.id
        and state.purpose = wanted.purpose and state.channel in ('', wanted.channel)
      left join communicate.purpose on purpose.workspace_id = :workspace and purpose.name = wanted.purpose
      where wanted.kind = 'marketing'
      order by wanted.id, state.at desc, state.state = 'denied' desc
    ), past as materialized (
      select member.root, message.channel, message.purpose, message.origin, message.origin_id,
        coalesce(message.sent_at, message.decided_at, message.created_at) as at
      from member
      join communicate.message on message.workspace_id = :workspace and message.profile_id = member.id
        and message.created_at > :now - interval '91 days'
      where message.kind = 'marketing' and message.state in ('sending', 'sent', 'delivered', 'uncertain')
    ), checked as materialized (
      select addressed.id, addressed.profile_id, addressed.root, addressed.channel, addressed.purpose, addressed.kind,
        addressed.priority, addressed.address, person.zone, person.seen_at,
        case
          when addressed.root is null then 'erased'
          when addressed.campaign_state = 'cancelled' then 'campaign_cancelled'
          when addressed.campaign_state = 'paused' then 'paused'
          -- Also what a provider could not take then, and is tried again now.
          when exists (
            select from communicate.journey_run as ended
            where ended.workspace_id = :workspace and ended.id = addressed.run and ended.state = 'done'
              and ended.reason is distinct from 'finished'
          ) then 'journey_ended'
          when addressed.address is null then 'no_address'
          when exists (
            select from communicate.suppression
            where suppression.workspace_id = :workspace and suppression.channel = addressed.channel
              and suppression.value = addressed.address
              and (addressed.kind = 'marketing' or suppression.reason in ('bounce', 'manual', 'imported'))
          ) then 'suppressed'
          when addressed.kind <> 'marketing' then null
          when consented.state is distinct from 'granted' or consented.expires_at <= :now
            or not consented.bases ? consented.basis then 'no_consent'
          -- They were joined because they look alike: a no of either counts until a yes is newer than that (ADR 0057).
          when consented.refused and consented.at <= person.doubted_at then 'no_consent'
          when mod(hashtextextended('holdout/' || addressed.root, :workspace) & 9223372036854775807, 10000)
            < (rule.rules ->> 'holdout')::float8 * 10000 then 'holdout'
          when addressed.segment is not null and not exists (
            select from decide.membership
            where membership.workspace_id = :workspace and membership.profile_id = addressed.root
              and membership.segment_id = addressed.segment
          ) then 'not_in_segment'
          when addressed.origin = 'campaign' and (
            exists (
              select from past
              where past.root = addressed.root and past.origin = 'campaign' and past.origin_id = addressed.origin_id
            ) or exists (
              select from communicate.message as same
              where same.workspace_id = :workspace and same.address = addressed.address and same.origin = 'campaign'
                and same.origin_id = addressed.origin_id and same.id <> addressed.id
                and same.state in ('sending', 'sent', 'delivered', 'uncertain')
            ) or row_number() over (
              partition by addressed.origin, addressed.origin_id, addressed.channel, addressed.address order by addressed.id) > 1
          ) then 'already_sent'
        end as reason
      from addressed
      cross join rule
      left join person on person.root = addressed.root
      left join consented on consented.id = addressed.id
    ), cap as materialized (
      select ordinality as no, value ->> 'channel' as channel, value ->> 'purpose' as purpose,
        value ->> 'engagement' as engagement, (value ->> 'max')::int as max, (value ->> 'days')::int as days
      from rule, jsonb_array_elements(rule.rules -> 'caps') with ordinality
    ), used as (
      select past.root, cap.no, count(*) as messages
      from past join cap on (cap.channel is null or cap.channel = past.channel)
        and (cap.purpose is null or cap.purpose = past.purpose)
        and past.at > :now - make_interval(days => cap.days)
      group by past.root, cap.no
    ), capped as (
      select distinct counted.id
      from (
        select checked.id, checked.root, cap.no, cap.max,
          row_number() over (partition by checked.root, cap.no order by checked.priority desc, checked.id) as place
        from checked join cap on (cap.channel is null or cap.channel = checked.channel)
          and (cap.purpose is null or cap.purpose = checked.purpose)
          and (cap.engagement is null or cap.engagement = case
            when checked.seen_at > :now - interval '30 days' then 'engaged'
            when checked.seen_at > :now - interval '180 days' then 'lapsing' else 'inactive' end)
        where checked.reason is null and checked.kind = 'marketing'
      ) as counted
      left join used on used.root = counted.root and used.no = counted.no
      where counted.place + coalesce(used.messages, 0) > counted.max
    ), timed as (
      select checked.id, checked.profile_id, checked.root, checked.channel, checked.address,
        case when checked.reason is not null then checked.reason when capped.id is not null then 'capped' end as reason,
        case
          when checked.kind <> 'marketing' or rule.rules -> 'quietHours' = 'null'::jsonb
            or not rule.rules -> 'quietHours' -> 'channels' ? checked.channel then null
          when quiet.first <= quiet.last and not (local.time >= quiet.first and local.time < quiet.last) then null
          when quiet.first > quiet.last and local.time >= quiet.last and local.time < quiet.first then null
          when local.time < quiet.last then (local.day + quiet.last) at time zone checked.zone
          else (local.day + 1 + quiet.last) at time zone checked.zone
        end as until
      from checked
      cross join rule
      cross join lateral (
        select (rule.rules -> 'quietHours' ->> 'from')::time as first, (rule.rules -> 'quietHours' ->> 'to')::time as last
      ) as quiet
      cross join lateral (
        select (:now at time zone checked.zone)::time as time, (:now at time zone checked.zone)::date as day
      ) as local
      left join capped on capped.id = checked.id
    ), decided as (
      select id, profile_id, root, channel, address, coalesce(reason, case when until is not null then 'quiet_hours' end) as reason,
        case when reason is null then until end as until,
        case
          when reason = 'paused' then 'hold'
          when reason is not null then 'skip'
          when until is not null then 'wait'
          else 'yes'
        end as verdict
      from timed
    )`;

/**
 * The gate. For every message of `ids` that stands in `from` in this worker's hands (0: nobody's): may it go out now, to
 * which address, and if not, why not. The decision and the message's new state are one statement: `yes` becomes `to`,
 * `wait` goes back to the queue until its hour, `hold` and `skip` stay with their reason. With `to` 'queued' (a campaign
 * that is being frozen) only what is left out is written.
 *
 * Everything fails closed: no row of consent, no address, an unknown purpose are a no. What erased people left on the list
 * of addresses is asked of its answers (`takeOutErased`). Primary keys of message, profile
 * and consent_state; indexes profile_root, identifier_profile, message_person, message_address.
 */
const decision = {
  params: {
    workspace: 'int4',
    ids: 'int8[]',
    from: 'text',
    holder: 'int4',
    to: 'text',
    worker: 'int4',
    now: 'timestamptz',
    usual: 'jsonb',
  },
  row: {
    id: 'int8',
    profile_id: 'int8',
    root_id: 'int8?',
    channel: 'text',
    verdict: 'text',
    reason: 'text?',
    until: 'timestamptz?',
    address: 'text?',
  },
  text: `
    with wanted as materialized (
      select message.id, message.profile_id, message.channel, message.purpose, message.kind, message.priority,
        message.origin, message.origin_id, message.given_address as given, profile.root_id as root,
        campaign.state as campaign_state, (campaign.definition ->> 'segment')::int as segment,
        case when message.origin = 'journey' and message.dedupe_key ~ '^journey/[0-9]+/run/[0-9]+/'
          then split_part(message.dedupe_key, '/', 4)::int8 end as run
      from communicate.message
      left join unify.profile on profile.workspace_id = message.workspace_id and profile.id = message.profile_id
      left join communicate.campaign on message.origin = 'campaign' and campaign.workspace_id = message.workspace_id
        and campaign.id = case when message.origin = 'campaign' then message.origin_id::int end
      where message.workspace_id = :workspace and message.id = any(:ids) and message.state = :from
        and coalesce(message.claimed_by, 0) = :holder
    ), ${rules}, written as (
      update communicate.message set
        state = case decided.verdict
          when 'yes' then :to
          when 'wait' then 'queued'
          when 'hold' then 'held'
          else case when decided.reason in ('campaign_cancelled', 'journey_ended') then 'cancelled' else 'skipped' end
        end,
        reason = case when decided.verdict = 'yes' then null else decided.reason end,
        due_at = coalesce(decided.until, message.due_at),
        address = case when :to = 'sending' and decided.verdict = 'yes' then decided.address else message.address end,
        claimed_by = case when decided.verdict = 'yes' then nullif(:worker, 0) end,
        decided_at = :now
      from decided
      where message.workspace_id = :workspace and message.id = decided.id
        and (:to <> 'queued' or decided.verdict = 'skip')
        -- Taken back by another transaction while this one decided: it stays so.
        and message.state = :from and coalesce(message.claimed_by, 0) = :holder
      returning message.id
    )
    select id, profile_id, root as root_id, channel, verdict, reason, until, address from decided
    where (:to = 'queued' and verdict <> 'skip') or id in (select id from written)`,
} as const;
export const decideMessages = pgQuery({ name: 'communicate.decideMessages', ...decision });
/**
 * The same for hundreds and thousands at once, planned for as many as there are. A kept plan expects a handful and takes 300 ms
 * for 500 where this one takes 70; while an audience is frozen and the table grows tenfold, 8 s for 5,000 where this one
 * takes 0.3 s.
 */
export const decideMany = pgQuery({ name: 'communicate.decideMany', planEachTime: true, ...decision });

/**
 * What the gate would say to a campaign's message to each of these people now: nothing is written. Indexes as above.
 */
export const foreseeMessages = pgQuery({
  name: 'communicate.foreseeMessages',
  planEachTime: true,
  params: {
    workspace: 'int4',
    roots: 'int8[]',
    channel: 'text',
    purpose: 'text',
    priority: 'int4',
    campaign: 'text',
    segment: 'int4',
    now: 'timestamptz',
    usual: 'jsonb',
  },
  row: { root_id: 'int8', verdict: 'text', reason: 'text?', address: 'text?' },
  text: `
    with wanted as materialized (
      select place as id, asked.root as profile_id, :channel as channel, :purpose as purpose, 'marketing' as kind,
        :priority as priority, 'campaign' as origin, :campaign as origin_id, null::text as given,
        profile.root_id as root, null::text as campaign_state, :segment as segment, null::int8 as run
      from unnest(:roots) with ordinality as asked (root, place)
      left join unify.profile on profile.workspace_id = :workspace and profile.id = asked.root
    ), ${rules}
    select profile_id as root_id, verdict, reason, address from decided`,
});
