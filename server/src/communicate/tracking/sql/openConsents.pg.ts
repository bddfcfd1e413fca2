import { pgQuery } from '../../../platform/index.ts';

/**
 * Messages whose person allows the measuring of opens now: the newest word of the customer's rows counts, a refusal wins a
 * tie. Primary keys of message, profile and consent_state; index profile_root of unify.profile.
 */
export const listOpenConsents = pgQuery({
  name: 'communicate.listOpenConsents',
  params: { workspace: 'int4', messages: 'int8[]', now: 'timestamptz' },
  row: { id: 'int8' },
  text: `
    select message.id from communicate.message
    where message.workspace_id = :workspace and message.id = any(:messages) and (
      select state.state = 'granted' and (state.expires_at is null or state.expires_at > :now)
      from unify.profile as own
      join unify.profile as member on member.workspace_id = own.workspace_id and member.root_id = own.root_id
      join communicate.consent_state as state on state.workspace_id = member.workspace_id
        and state.profile_id = member.id and state.purpose = 'email_open_tracking' and state.channel in ('', 'email')
      where own.workspace_id = message.workspace_id and own.id = message.profile_id
      order by state.at desc, state.state = 'denied' desc limit 1)`,
});
