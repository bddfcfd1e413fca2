import { pgQuery } from '../../../platform/index.ts';

/** The experience of this key, in whatever state. Unique key. */
export const findByKey = pgQuery({
  name: 'experience.findByKey',
  params: { workspace: 'int4', key: 'text' },
  row: { id: 'int4', state: 'text', version: 'int4', definition: 'jsonb' },
  text: `
    select id, state, version, definition from experience.experience
    where workspace_id = :workspace and key = :key`,
});

/** Keeps an answer; one that was kept before stays as it is. Primary key. */
export const insertAnswer = pgQuery({
  name: 'experience.insertAnswer',
  params: {
    workspace: 'int4',
    message: 'text',
    experience: 'int4',
    variant: 'text',
    version: 'int4',
    at: 'timestamptz',
    answers: 'jsonb',
    outcome: 'text',
    consent: 'jsonb?',
    proof: 'jsonb',
  },
  row: {},
  text: `
    insert into experience.answer
      (workspace_id, message_id, experience_id, variant, version, at, answers, outcome, consent, proof, consent_state)
    values (:workspace, :message, :experience, :variant, :version, :at, :answers, :outcome, :consent, :proof,
      case when cast(:consent as jsonb) is not null then 'due' end)
    on conflict (workspace_id, message_id) do nothing`,
});

/** Whose it is, and what it is an answer to. Primary key. */
export const findAnswer = pgQuery({
  name: 'experience.findAnswer',
  params: { workspace: 'int4', message: 'text' },
  row: { experience_id: 'int4', variant: 'text', profile_id: 'int8?' },
  text: `
    select experience_id, variant, profile_id from experience.answer
    where workspace_id = :workspace and message_id = :message`,
});

/** The pipeline knows whose answers these are. Primary key. */
export const claimAnswers = pgQuery({
  name: 'experience.claimAnswers',
  params: { workspace: 'int4', messages: 'text[]', profiles: 'int8[]' },
  row: {},
  text: `
    update experience.answer set profile_id = told.profile
    from unnest(:messages, :profiles) as told (message, profile)
    where answer.workspace_id = :workspace and answer.message_id = told.message and answer.profile_id is null`,
});

/** Nobody's: of a person who was erased, or that the pipeline did not keep. Primary key. */
export const dropAnswers = pgQuery({
  name: 'experience.dropAnswers',
  params: { workspace: 'int4', messages: 'text[]' },
  row: {},
  text: `
    delete from experience.answer
    where workspace_id = :workspace and message_id = any(:messages) and profile_id is null`,
});

/** Of answers that never became anybody's nothing is kept. Index answer_unclaimed. */
export const dropUnclaimed = pgQuery({
  name: 'experience.dropUnclaimedAnswers',
  params: { workspace: 'int4', before: 'timestamptz' },
  row: {},
  text: `delete from experience.answer where workspace_id = :workspace and profile_id is null and at < :before`,
});

/** Consents to ask for, the oldest first; those that another process has in hand are passed over. Index answer_due. */
export const takeDue = pgQuery({
  name: 'experience.takeDueConsents',
  params: { workspace: 'int4', limit: 'int4' },
  row: {
    message_id: 'text',
    key: 'text',
    version: 'int4',
    at: 'timestamptz',
    answers: 'jsonb',
    consent: 'jsonb?',
    proof: 'jsonb',
  },
  text: `
    select answer.message_id, experience.key, answer.version, answer.at, answer.answers, answer.consent, answer.proof
    from experience.answer
    join experience.experience on experience.workspace_id = :workspace and experience.id = answer.experience_id
    where answer.workspace_id = :workspace and answer.consent_state = 'due' and answer.profile_id is not null
    order by answer.at limit :limit
    for update of answer skip locked`,
});

/** What became of it. Primary key. */
export const settleConsent = pgQuery({
  name: 'experience.settleConsent',
  params: { workspace: 'int4', message: 'text', state: 'text', entry: 'int8?', profile: 'int8?' },
  row: {},
  text: `
    update experience.answer set consent_state = :state, consent_entry = :entry, consent_profile = :profile
    where workspace_id = :workspace and message_id = :message`,
});

/** One message to an address in a while. No row: it had one. Primary key. */
export const allowMessage = pgQuery({
  name: 'experience.allowMessage',
  params: { workspace: 'int4', profile: 'int8', channel: 'text', now: 'timestamptz', since: 'timestamptz' },
  row: { profile_id: 'int8' },
  text: `
    insert into experience.asked_address as known (workspace_id, profile_id, channel, at)
    values (:workspace, :profile, :channel, :now)
    on conflict (workspace_id, profile_id, channel) do update set at = excluded.at where known.at < :since
    returning profile_id`,
});

/** The answer that a pending entry of the ledger came from. Index answer_entry. */
export const findByEntry = pgQuery({
  name: 'experience.findAnswerByEntry',
  params: { workspace: 'int4', entry: 'int8' },
  row: { experience_id: 'int4', variant: 'text', profile_id: 'int8?', definition: 'jsonb' },
  text: `
    select answer.experience_id, answer.variant, answer.profile_id, experience.definition
    from experience.answer
    join experience.experience on experience.workspace_id = :workspace and experience.id = answer.experience_id
    where answer.workspace_id = :workspace and answer.consent_entry = :entry
    order by answer.at limit 1`,
});

/** Questions that were closed without an answer. Primary key. */
export const noteAsked = pgQuery({
  name: 'experience.noteAskedTraits',
  params: { workspace: 'int4', profiles: 'int8[]', traits: 'text[]', at: 'timestamptz[]' },
  row: {},
  text: `
    insert into experience.asked_trait as known (workspace_id, profile_id, trait, at)
    select :workspace, profile, trait, max(at) from unnest(:profiles, :traits, :at) as told (profile, trait, at)
    group by profile, trait
    on conflict (workspace_id, profile_id, trait) do update set at = greatest(known.at, excluded.at)`,
});

/** Which of these traits are known of a customer, and which were closed when. Primary keys, index profile_root. */
export const readAnswered = pgQuery({
  name: 'experience.readAnswered',
  params: { workspace: 'int4', root: 'int8', traits: 'text[]' },
  row: { trait: 'text', known: 'bool', closed_at: 'timestamptz?' },
  text: `
    select wanted.trait,
      coalesce(bool_or(part.traits ? wanted.trait), false) as known, max(closed.at) as closed_at
    from unnest(:traits) as wanted (trait)
    join unify.profile as part on part.workspace_id = :workspace and part.root_id = :root
    left join experience.asked_trait as closed
      on closed.workspace_id = :workspace and closed.profile_id = part.id and closed.trait = wanted.trait
    group by wanted.trait`,
});

/** For their owner's copy of everything. Index answer_profile. */
export const exportAnswers = pgQuery({
  name: 'experience.exportAnswers',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: {
    experience: 'text',
    variant: 'text',
    at: 'timestamptz',
    answers: 'jsonb',
    outcome: 'text',
    consent: 'jsonb?',
    proof: 'jsonb',
    consent_state: 'text?',
  },
  text: `
    select experience.key as experience, answer.variant, answer.at, answer.answers, answer.outcome, answer.consent,
      answer.proof, answer.consent_state
    from experience.answer
    join experience.experience on experience.workspace_id = :workspace and experience.id = answer.experience_id
    where answer.workspace_id = :workspace and answer.profile_id = any(:profiles)
    order by answer.at`,
});

/** Forgets them. Index answer_profile. */
export const eraseAnswers = pgQuery({
  name: 'experience.eraseAnswers',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: {},
  text: `delete from experience.answer where workspace_id = :workspace and profile_id = any(:profiles)`,
});

/** Forgets what they were asked. Primary keys. */
export const eraseAsked = pgQuery({
  name: 'experience.eraseAsked',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: {},
  text: `
    with addresses as (
      delete from experience.asked_address where workspace_id = :workspace and profile_id = any(:profiles)
    )
    delete from experience.asked_trait where workspace_id = :workspace and profile_id = any(:profiles)`,
});
