import { pgQuery } from '../../../platform/index.ts';

const span = { workspace: 'int4', experience: 'int4', since: 'timestamptz' } as const;
const within = `answer.workspace_id = :workspace and answer.experience_id = :experience and answer.at >= :since`;

/** How many answered, and what became of what they agreed to. Indexes answer_experience, primary key of consent_state. */
export const countAnswers = pgQuery({
  name: 'experience.countAnswers',
  params: span,
  row: { people: 'int8', answers: 'int8', agreed: 'int8', asked: 'int8', confirmed: 'int8', kept: 'int8' },
  text: `
    select count(distinct profile.root_id) as people, count(*) as answers, count(answer.consent) as agreed,
      count(*) filter (where answer.consent_state = 'asked') as asked,
      count(*) filter (where answer.consent_state = 'asked' and standing.state = 'granted') as confirmed,
      count(*) filter (where answer.consent_state in ('limited', 'no_address', 'granted')) as kept
    from experience.answer
    left join unify.profile on profile.workspace_id = :workspace and profile.id = answer.profile_id
    left join communicate.consent_state as standing on standing.workspace_id = :workspace
      and standing.profile_id = answer.consent_profile and standing.purpose = answer.consent ->> 'purpose'
      and standing.channel = answer.consent ->> 'channel'
    where ${within}`,
});

/** How often each answer was given, of these traits; lists by what is in them. Index answer_experience. */
export const countValues = pgQuery({
  name: 'experience.countAnswerValues',
  params: { ...span, traits: 'text[]' },
  row: { variant: 'text', trait: 'text', value: 'text', times: 'int8' },
  text: `
    select answer.variant, wanted.trait, given.value, count(*) as times
    from experience.answer
    join unnest(:traits) as wanted (trait) on answer.answers ? wanted.trait
    cross join lateral jsonb_array_elements_text(
      case jsonb_typeof(answer.answers -> wanted.trait)
        when 'array' then answer.answers -> wanted.trait else jsonb_build_array(answer.answers -> wanted.trait) end
    ) as given (value)
    where ${within}
    group by answer.variant, wanted.trait, given.value
    order by times desc, given.value limit 1000`,
});

/** The newest texts. Index answer_experience, backwards. */
export const listTexts = pgQuery({
  name: 'experience.listAnswerTexts',
  params: { ...span, traits: 'text[]', limit: 'int4' },
  row: { at: 'timestamptz', variant: 'text', trait: 'text', value: 'text' },
  text: `
    select answer.at, answer.variant, wanted.trait, answer.answers ->> wanted.trait as value
    from experience.answer
    join unnest(:traits) as wanted (trait) on answer.answers ? wanted.trait
    where ${within}
    order by answer.at desc, wanted.trait limit :limit`,
});

/** How quizzes ended. Index answer_experience. */
export const countOutcomes = pgQuery({
  name: 'experience.countOutcomes',
  params: span,
  row: { variant: 'text', outcome: 'text', times: 'int8' },
  text: `
    select answer.variant, answer.outcome, count(*) as times from experience.answer
    where ${within} and answer.outcome <> ''
    group by answer.variant, answer.outcome order by times desc limit 200`,
});

/**
 * What was drawn, beside what the chances told at each draw would let expect. Segments that were never drawn stand with what
 * was expected of them. Index draw_experience.
 */
export const countDraws = pgQuery({
  name: 'experience.countDraws',
  params: span,
  row: { variant: 'text', segment: 'text', offer: 'text', drawn: 'int8', expected: 'float8' },
  text: `
    select draw.variant, told.segment, max(case when draw.segment = told.segment then draw.offer else '' end) as offer,
      count(*) filter (where draw.segment = told.segment) as drawn, sum(told.chance::float8) as expected
    from experience.draw
    cross join lateral jsonb_each_text(draw.chances) as told (segment, chance)
    where draw.workspace_id = :workspace and draw.experience_id = :experience and draw.at >= :since
    group by draw.variant, told.segment
    order by draw.variant, expected desc, told.segment`,
});
