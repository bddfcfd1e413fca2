import { pgQuery } from '../../../platform/index.ts';

/** Our messages by the names a provider gave them. Index message_provider. */
export const findByProviderIds = pgQuery({
  name: 'communicate.findByProviderIds',
  params: { workspace: 'int4', provider: 'text', ids: 'text[]' },
  row: { id: 'int8', provider_message_id: 'text' },
  text: `
    select id, provider_message_id from communicate.message
    where workspace_id = :workspace and provider = :provider and provider_message_id = any(:ids)`,
});

/** Every profile row that holds a telephone number. Primary key of identifier. */
export const findPhoneHolders = pgQuery({
  name: 'communicate.findPhoneHolders',
  params: { workspace: 'int4', phone: 'text' },
  row: { profile_id: 'int8' },
  text: `
    select profile_id from unify.identifier
    where workspace_id = :workspace and namespace = 'phone' and value = :phone`,
});

/** The newest message to a number, which an answer belongs to. Index message_person. */
export const findLatestTo = pgQuery({
  name: 'communicate.findLatestTo',
  params: { workspace: 'int4', profiles: 'int8[]', channel: 'text', address: 'text' },
  row: { id: 'int8' },
  text: `
    select id from communicate.message
    where workspace_id = :workspace and profile_id = any(:profiles) and channel = :channel and address = :address
    order by created_at desc limit 1`,
});

/** A number that asked for an end and belongs to nobody we know. Primary key. */
export const suppressNumber = pgQuery({
  name: 'communicate.suppressNumber',
  params: { workspace: 'int4', channel: 'text', phone: 'text', now: 'timestamptz', actor: 'text' },
  row: {},
  text: `
    insert into communicate.suppression (workspace_id, channel, value, reason, at, by_actor, detail)
    values (:workspace, :channel, :phone, 'unsubscribed', :now, :actor, 'STOP')
    on conflict (workspace_id, channel, value) do nothing`,
});

/** Whom messages spoke to, of those whose person is still there. Primary keys of message and profile. */
export const findSpokenTo = pgQuery({
  name: 'communicate.findSpokenTo',
  params: { workspace: 'int4', messages: 'int8[]' },
  row: { id: 'int8', profile_id: 'int8', channel: 'text', purpose: 'text', kind: 'text' },
  text: `
    select message.id, message.profile_id, message.channel, message.purpose, message.kind
    from communicate.message
    join unify.profile on profile.workspace_id = :workspace and profile.id = message.profile_id
    where message.workspace_id = :workspace and message.id = any(:messages)`,
});

/**
 * Questions that wait for the yes of these people on a channel: what stands as pending for them, with the profile row it was
 * asked of. Primary key of consent_state.
 */
export const findPending = pgQuery({
  name: 'communicate.findPendingConsents',
  params: { workspace: 'int4', profiles: 'int8[]', channel: 'text', since: 'timestamptz' },
  row: { profile_id: 'int8', purpose: 'text', consent_id: 'int8' },
  text: `
    select profile_id, purpose, consent_id from communicate.consent_state
    where workspace_id = :workspace and profile_id = any(:profiles) and channel = :channel and state = 'pending'
      and at >= :since`,
});
