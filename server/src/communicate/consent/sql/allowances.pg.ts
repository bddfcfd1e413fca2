import { pgQuery } from '../../../platform/index.ts';

/**
 * What customers last said of a purpose, whatever the channel: the newest over their rows, at the same instant the refusal;
 * where two people may have been joined by likeness, a refusal of either until a yes is newer (as the gate has it). A yes
 * that ended is as if nothing had been said. Index of roots and primary keys.
 */
export const readAllowances = pgQuery({
  name: 'communicate.readAllowances',
  params: { workspace: 'int4', purpose: 'text', roots: 'int8[]', now: 'timestamptz' },
  row: { root: 'int8', granted: 'bool', ends_at: 'timestamptz?' },
  text: `
    with said as (
      select profile.root_id as root, state.state, state.at, state.expires_at,
        max(doubt.at) over (partition by profile.root_id) as doubted_at
      from unify.profile
      join communicate.consent_state as state on state.workspace_id = :workspace and state.profile_id = profile.id
        and state.purpose = :purpose and state.channel = ''
      left join unify.merge as doubt on doubt.workspace_id = :workspace and doubt.id = profile.merge_id
        and doubt.kind <> 'deterministic'
      where profile.workspace_id = :workspace and profile.root_id = any(:roots)
    ), newest as (
      select distinct on (root) root, state, at, expires_at, doubted_at,
        bool_or(state = 'denied') over (partition by root) as refused
      from said
      order by root, at desc, state = 'denied' desc
    )
    select root, state = 'granted' and not (refused and doubted_at is not null and at <= doubted_at) as granted,
      expires_at as ends_at
    from newest
    where state <> 'pending' and (expires_at is null or expires_at > :now)`,
});
