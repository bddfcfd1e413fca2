import { pgQuery } from '../../../platform/index.ts';

/**
 * Which of these people may be handed on to an advertising company, and by which addresses. As the gate of messages, with what
 * is particular to it: the purpose is asked without a channel, an address several people share stays, and an address that
 * nothing is sent to is not handed on either. A row for each address of who may; one row with a reason for who may not.
 *
 * Everything fails closed: no row of consent, no address, an unknown purpose are a no. Primary keys of membership and
 * consent_state; indexes profile_root and identifier_profile.
 */
export const judgeHandingOn = pgQuery({
  name: 'communicate.judgeHandingOn',
  planEachTime: true,
  params: { workspace: 'int4', roots: 'int8[]', segment: 'int4', purpose: 'text', usual: 'jsonb', now: 'timestamptz' },
  row: { root: 'int8', reason: 'text?', namespace: 'text?', value: 'text?' },
  text: `
    with asked as materialized (
      select distinct root from unnest(:roots) as root
    ), rule as (
      select coalesce((select rules from communicate.rules where workspace_id = :workspace), :usual) as rules
    ), member as materialized (
      select profile.id, profile.root_id as root, doubt.at as doubted_at
      from asked
      join unify.profile on profile.workspace_id = :workspace and profile.root_id = asked.root
      left join unify.merge as doubt on doubt.workspace_id = :workspace and doubt.id = profile.merge_id
        and doubt.kind <> 'deterministic'
    ), person as (
      select root, max(doubted_at) as doubted_at from member group by root
    ), consented as (
      select distinct on (member.root) member.root, state.state, state.basis, state.expires_at, state.at,
        bool_or(state.state = 'denied') over (partition by member.root) as refused,
        coalesce(purpose.bases -> '*', '["consent"]'::jsonb) as bases
      from member
      join communicate.consent_state as state on state.workspace_id = :workspace and state.profile_id = member.id
        and state.purpose = :purpose and state.channel = ''
      left join communicate.purpose on purpose.workspace_id = :workspace and purpose.name = :purpose
      order by member.root, state.at desc, state.state = 'denied' desc
    ), addressed as materialized (
      select member.root, identifier.namespace, identifier.value, exists (
          select from communicate.suppression
          where suppression.workspace_id = :workspace and suppression.value = identifier.value
            and suppression.channel = any(case identifier.namespace when 'email' then '{email}' else '{sms,whatsapp}' end::text[])
        ) as suppressed
      from member
      join unify.identifier on identifier.workspace_id = :workspace and identifier.profile_id = member.id
      where identifier.namespace in ('email', 'phone') and not identifier.shared
    ), reached as (
      select root, bool_or(not suppressed) as open from addressed group by root
    ), judged as (
      select asked.root, case
          when person.root is null then 'erased'
          when membership.profile_id is null then 'not_in_segment'
          when consented.state is distinct from 'granted' or consented.expires_at <= :now
            or not consented.bases ? consented.basis then 'no_consent'
          -- They were joined because they look alike: a no of either counts until a yes is newer than that (ADR 0057).
          when consented.refused and consented.at <= person.doubted_at then 'no_consent'
          when mod(hashtextextended('holdout/' || asked.root, :workspace) & 9223372036854775807, 10000)
            < (rule.rules ->> 'holdout')::float8 * 10000 then 'holdout'
          when reached.root is null then 'no_address'
          when not reached.open then 'suppressed'
        end as reason
      from asked
      cross join rule
      -- Not by "exists": within a case it was answered by reading all members of the segment for every batch.
      left join decide.membership on membership.workspace_id = :workspace and membership.profile_id = asked.root
        and membership.segment_id = :segment
      left join person on person.root = asked.root
      left join consented on consented.root = asked.root
      left join reached on reached.root = asked.root
    )
    select judged.root, judged.reason, addressed.namespace, addressed.value
    from judged
    left join addressed on judged.reason is null and addressed.root = judged.root and not addressed.suppressed`,
});
