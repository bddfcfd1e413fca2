import { pgQuery } from '../../../platform/index.ts';

/** One writer at a time per workspace: each entry is chained to the one before. Held until commit. */
export const lockLedger = pgQuery({
  name: 'communicate.lockLedger',
  params: { workspace: 'int4' },
  row: { locked: 'bool?' },
  text: `select true as locked from (select pg_advisory_xact_lock(7406, :workspace)) as lock`,
});

/** The end of the chain. Primary key, backwards. */
export const readLastHash = pgQuery({
  name: 'communicate.readLastConsentHash',
  params: { workspace: 'int4' },
  row: { hash: 'bytea' },
  text: `select hash from communicate.consent where workspace_id = :workspace order by id desc limit 1`,
});

export const nextConsentIds = pgQuery({
  name: 'communicate.nextConsentIds',
  params: { count: 'int4' },
  row: { id: 'int8' },
  text: `
    select nextval(pg_get_serial_sequence('communicate.consent', 'id'))::int8 as id from generate_series(1, :count)`,
});

/** Entries that say what is to be recorded already, by position from 1. Indexes consent_profile, consent_key. */
export const findRecorded = pgQuery({
  name: 'communicate.findRecordedConsents',
  params: {
    workspace: 'int4',
    profiles: 'int8[]',
    purposes: 'text[]',
    channels: 'text[]',
    states: 'text[]',
    at: 'timestamptz[]',
    keys: 'text[]',
  },
  row: { position: 'int4', id: 'int8' },
  text: `
    select asked.position::int as position, min(consent.id)::int8 as id
    from unnest(:profiles, :purposes, :channels, :states, :at) with ordinality
      as asked (profile_id, purpose, channel, state, at, position)
    join communicate.consent on consent.workspace_id = :workspace and consent.profile_id = asked.profile_id
      and consent.purpose = asked.purpose and consent.channel = asked.channel
      and consent.at = asked.at and consent.state = asked.state
    group by asked.position
    union all
    select asked.position::int, consent.id
    from unnest(:keys) with ordinality as asked (key, position)
    join communicate.consent on consent.workspace_id = :workspace and consent.proof ? 'key'
      and consent.proof ->> 'key' = asked.key
    where asked.key is not null`,
});

export const insertConsents = pgQuery({
  name: 'communicate.insertConsents',
  params: {
    workspace: 'int4',
    ids: 'int8[]',
    profiles: 'int8[]',
    purposes: 'text[]',
    channels: 'text[]',
    states: 'text[]',
    bases: 'text[]',
    at: 'timestamptz[]',
    now: 'timestamptz',
    expires: 'timestamptz[]',
    sources: 'text[]',
    actors: 'text[]',
    proofs: 'jsonb[]',
    salts: 'bytea[]',
    contents: 'bytea[]',
    hashes: 'bytea[]',
  },
  row: {},
  text: `
    insert into communicate.consent
      (workspace_id, id, profile_id, purpose, channel, state, basis, at, recorded_at, expires_at, source, actor, proof,
       salt, content_hash, hash)
    overriding system value
    select :workspace, id, profile_id, purpose, channel, state, basis, at, :now, expires_at, source, actor, proof,
      salt, content_hash, hash
    from unnest(:ids, :profiles, :purposes, :channels, :states, :bases, :at, :expires, :sources, :actors, :proofs,
                :salts, :contents, :hashes)
      as entry (id, profile_id, purpose, channel, state, basis, at, expires_at, source, actor, proof,
                salt, content_hash, hash)`,
});

/**
 * Makes these entries the state of their profile rows where nothing newer is known. At the same instant a refusal beats
 * anything else, and what is recorded last beats what was recorded before. Returns the entries that count now. Primary key.
 */
export const applyConsents = pgQuery({
  name: 'communicate.applyConsents',
  params: {
    workspace: 'int4',
    ids: 'int8[]',
    profiles: 'int8[]',
    purposes: 'text[]',
    channels: 'text[]',
    states: 'text[]',
    bases: 'text[]',
    at: 'timestamptz[]',
    expires: 'timestamptz[]',
  },
  row: { consent_id: 'int8' },
  text: `
    insert into communicate.consent_state as known
      (workspace_id, profile_id, purpose, channel, consent_id, state, basis, at, expires_at)
    select distinct on (profile_id, purpose, channel) :workspace, profile_id, purpose, channel, id, state, basis, at, expires_at
    from unnest(:ids, :profiles, :purposes, :channels, :states, :bases, :at, :expires)
      as entry (id, profile_id, purpose, channel, state, basis, at, expires_at)
    order by profile_id, purpose, channel, at desc, (state = 'denied') desc, id desc
    on conflict (workspace_id, profile_id, purpose, channel) do update
    set consent_id = excluded.consent_id, state = excluded.state, basis = excluded.basis, at = excluded.at,
        expires_at = excluded.expires_at
    where excluded.at > known.at or (excluded.at = known.at and (excluded.state = 'denied' or known.state <> 'denied'))
    returning consent_id`,
});

/**
 * Takes back marketing messages that a withdrawal forbids and that have not left: of the customers these profile rows
 * belong to, whatever row a message was asked for. Index message_person.
 */
export const cancelMessages = pgQuery({
  name: 'communicate.cancelWithdrawnMessages',
  params: { workspace: 'int4', profiles: 'int8[]', purposes: 'text[]', channels: 'text[]', now: 'timestamptz' },
  row: { id: 'int8' },
  text: `
    with withdrawn as (
      select distinct part.id as profile_id, said.purpose, said.channel
      from unnest(:profiles, :purposes, :channels) as said (profile_id, purpose, channel)
      join unify.profile as own on own.workspace_id = :workspace and own.id = said.profile_id
      join unify.profile as part on part.workspace_id = :workspace and part.root_id = own.root_id
    )
    update communicate.message
    set state = 'cancelled', reason = 'no_consent', decided_at = :now, claimed_by = null
    from withdrawn
    where message.workspace_id = :workspace and message.profile_id = withdrawn.profile_id
      and message.state in ('queued', 'claimed', 'held') and message.kind = 'marketing'
      and message.purpose = withdrawn.purpose and withdrawn.channel in ('', message.channel)
    returning message.id`,
});

const entryRow = {
  id: 'int8',
  profile_id: 'int8',
  purpose: 'text',
  channel: 'text',
  state: 'text',
  basis: 'text',
  at: 'timestamptz',
  recorded_at: 'timestamptz',
  expires_at: 'timestamptz?',
  source: 'text',
  actor: 'text',
  proof: 'jsonb',
} as const;

/** Entries of some profile rows, newest first, below an id. Index consent_profile. */
export const listConsents = pgQuery({
  name: 'communicate.listConsents',
  params: { workspace: 'int4', profiles: 'int8[]', below: 'int8', limit: 'int4' },
  row: entryRow,
  text: `
    select id, profile_id, purpose, channel, state, basis, at, recorded_at, expires_at, source, actor, proof
    from communicate.consent
    where workspace_id = :workspace and profile_id = any(:profiles) and id < :below
    order by id desc limit :limit`,
});

/** One entry. Primary key. */
export const readConsent = pgQuery({
  name: 'communicate.readConsent',
  params: { workspace: 'int4', id: 'int8' },
  row: entryRow,
  text: `
    select id, profile_id, purpose, channel, state, basis, at, recorded_at, expires_at, source, actor, proof
    from communicate.consent where workspace_id = :workspace and id = :id`,
});

/** The whole ledger with its hashes, page by page in order of id. Primary key. */
export const readLedger = pgQuery({
  name: 'communicate.readLedger',
  params: { workspace: 'int4', after: 'int8', limit: 'int4' },
  row: { ...entryRow, salt: 'bytea?', content_hash: 'bytea', hash: 'bytea' },
  text: `
    select id, profile_id, purpose, channel, state, basis, at, recorded_at, expires_at, source, actor, proof,
      salt, content_hash, hash
    from communicate.consent where workspace_id = :workspace and id > :after order by id limit :limit`,
});

/** What the rows of these profiles say, with where it came from. Primary keys. */
export const listStates = pgQuery({
  name: 'communicate.listConsentStates',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: {
    profile_id: 'int8',
    purpose: 'text',
    channel: 'text',
    consent_id: 'int8',
    state: 'text',
    basis: 'text',
    at: 'timestamptz',
    expires_at: 'timestamptz?',
    source: 'text',
  },
  text: `
    select state.profile_id, state.purpose, state.channel, state.consent_id, state.state, state.basis, state.at,
      state.expires_at, consent.source
    from communicate.consent_state as state
    join communicate.consent on consent.workspace_id = :workspace and consent.id = state.consent_id
    where state.workspace_id = :workspace and state.profile_id = any(:profiles)`,
});

/** When rows among these were last joined by likeness or by hand, not by an identifier. Primary keys. */
export const readDoubt = pgQuery({
  name: 'communicate.readDoubtedMerge',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: { at: 'timestamptz?' },
  text: `
    select max(merge.at) as at
    from unify.profile
    join unify.merge on merge.workspace_id = :workspace and merge.id = profile.merge_id and merge.kind <> 'deterministic'
    where profile.workspace_id = :workspace and profile.id = any(:profiles)`,
});

/**
 * All workspaces: pauses that are over, oldest first, with the yes they interrupted (of any row of the customer). Indexes
 * consent_state_pauses, profile_root, consent_profile.
 */
export const listEndedPauses = pgQuery({
  name: 'communicate.listEndedPauses',
  params: { now: 'timestamptz', limit: 'int4' },
  row: {
    workspace_id: 'int4',
    profile_id: 'int8',
    purpose: 'text',
    channel: 'text',
    until: 'timestamptz',
    granted: 'bool',
    basis: 'text?',
    expires_at: 'timestamptz?',
  },
  text: `
    select state.workspace_id, state.profile_id, state.purpose, state.channel, state.expires_at as until,
      former.basis is not null as granted, former.basis, former.expires_at
    from communicate.consent_state as state
    left join lateral (
      select entry.basis, entry.expires_at
      from unify.profile as own
      join unify.profile as part on part.workspace_id = own.workspace_id and part.root_id = own.root_id
      join communicate.consent as entry on entry.workspace_id = own.workspace_id and entry.profile_id = part.id
        and entry.purpose = state.purpose and entry.channel in (state.channel, '')
      where own.workspace_id = state.workspace_id and own.id = state.profile_id
        and entry.state = 'granted' and entry.at < state.at
      order by entry.at desc, entry.id desc limit 1
    ) as former on true
    where state.state = 'denied' and state.expires_at <= :now
    order by state.expires_at limit :limit`,
});

/** Takes the content of a person's entries away; their hashes stay, so that the chain holds. Index consent_profile. */
export const eraseConsents = pgQuery({
  name: 'communicate.eraseConsents',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: {},
  text: `
    update communicate.consent set profile_id = 0, actor = '', proof = '{}', salt = null
    where workspace_id = :workspace and profile_id = any(:profiles)`,
});

/** Primary key. */
export const deleteStates = pgQuery({
  name: 'communicate.deleteConsentStates',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: {},
  text: `delete from communicate.consent_state where workspace_id = :workspace and profile_id = any(:profiles)`,
});
