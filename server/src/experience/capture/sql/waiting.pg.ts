import { pgQuery } from '../../../platform/index.ts';

/** Whether anybody has to be asked for a consent, or an answer became nobody's. Indexes answer_due, answer_unclaimed. */
export const readWaiting = pgQuery({
  name: 'experience.readWaitingAnswers',
  params: { workspace: 'int4', before: 'timestamptz' },
  row: { due: 'bool', unclaimed: 'bool' },
  text: `
    select
      exists (select from experience.answer
        where workspace_id = :workspace and consent_state = 'due' and profile_id is not null) as due,
      exists (select from experience.answer
        where workspace_id = :workspace and profile_id is null and at < :before) as unclaimed`,
});
