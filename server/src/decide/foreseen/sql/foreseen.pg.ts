import { pgQuery } from '../../../platform/index.ts';

/** Which runs count for everyone's predictions and habits. Primary keys. */
export const readForeseenRuns = pgQuery({
  name: 'decide.readForeseenRuns',
  params: { workspace: 'int4' },
  row: { predictions: 'int8?', habits: 'int8?' },
  text: `
    select (select run_id from decide.prediction_scope where workspace_id = :workspace and site = '') as predictions,
      (select run_id from decide.habit_run where workspace_id = :workspace) as habits`,
});

/** Lookalike audiences by id, with the scoring in use. */
export const listLookalikeRuns = pgQuery({
  name: 'decide.listLookalikeRuns',
  params: { workspace: 'int4' },
  row: { id: 'int4', name: 'text', reach: 'float8', run_id: 'int8?' },
  text: `select id, name, reach, run_id from decide.lookalike where workspace_id = :workspace order by id`,
});

/** Audiences that are made from a segment. */
export const listLookalikesOf = pgQuery({
  name: 'decide.listLookalikesOf',
  params: { workspace: 'int4', segment: 'int4' },
  row: { id: 'int4', name: 'text' },
  text: `select id, name from decide.lookalike where workspace_id = :workspace and segment_id = :segment order by id`,
});
