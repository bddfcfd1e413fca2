import { pgQuery } from '../../../platform/index.ts';

const columns = `lookalike.id, lookalike.name, lookalike.segment_id, segment.name as segment_name, lookalike.reach,
  lookalike.state, lookalike.reason, lookalike.run_id, lookalike.at, lookalike.seeds, lookalike.candidates, lookalike.result`;
const row = {
  id: 'int4',
  name: 'text',
  segment_id: 'int4',
  segment_name: 'text',
  reach: 'float8',
  state: 'text',
  reason: 'text?',
  run_id: 'int8?',
  at: 'timestamptz?',
  seeds: 'int4',
  candidates: 'int4',
  result: 'jsonb?',
} as const;
const joined = `
  from decide.lookalike
  join decide.segment on segment.workspace_id = lookalike.workspace_id and segment.id = lookalike.segment_id
  where lookalike.workspace_id = :workspace`;

/** Newest first, a page at a time. By primary key. */
export const listLookalikes = pgQuery({
  name: 'decide.listLookalikes',
  params: { workspace: 'int4', before: 'int4', limit: 'int4' },
  row,
  text: `select ${columns} ${joined} and lookalike.id < :before order by lookalike.id desc limit :limit`,
});

export const findLookalike = pgQuery({
  name: 'decide.findLookalike',
  params: { workspace: 'int4', id: 'int4' },
  row,
  text: `select ${columns} ${joined} and lookalike.id = :id`,
});

export const insertLookalike = pgQuery({
  name: 'decide.insertLookalike',
  params: { workspace: 'int4', name: 'text', segment: 'int4', reach: 'float8', at: 'timestamptz' },
  row: { id: 'int4' },
  text: `
    insert into decide.lookalike (workspace_id, name, segment_id, reach, state, created_at)
    values (:workspace, :name, :segment, :reach, 'queued', :at)
    returning id`,
});

/** What is not given stays. */
export const changeLookalike = pgQuery({
  name: 'decide.changeLookalike',
  params: { workspace: 'int4', id: 'int4', name: 'text?', reach: 'float8?' },
  row: { id: 'int4' },
  text: `
    update decide.lookalike set name = coalesce(:name, name), reach = coalesce(:reach, reach)
    where workspace_id = :workspace and id = :id
    returning id`,
});

export const deleteLookalike = pgQuery({
  name: 'decide.deleteLookalike',
  params: { workspace: 'int4', id: 'int4' },
  row: { id: 'int4' },
  text: `delete from decide.lookalike where workspace_id = :workspace and id = :id returning id`,
});

/** Begins a scoring, unless nobody has counted yet who is in the segment: then it goes on waiting. */
export const markLookalikeRunning = pgQuery({
  name: 'decide.markLookalikeRunning',
  params: { workspace: 'int4', id: 'int4' },
  row: { segment_id: 'int4', run_id: 'int8?', state: 'text' },
  text: `
    update decide.lookalike
    set state = case when segment.state = 'building' and segment.evaluated_at is null then 'queued' else 'running' end
    from decide.segment
    where lookalike.workspace_id = :workspace and lookalike.id = :id
      and segment.workspace_id = :workspace and segment.id = lookalike.segment_id
    returning lookalike.segment_id, lookalike.run_id, lookalike.state`,
});

/** The new scoring is put in use; one that is newer already stays. */
export const useLookalikeRun = pgQuery({
  name: 'decide.useLookalikeRun',
  params: {
    workspace: 'int4',
    id: 'int4',
    run: 'int8',
    at: 'timestamptz',
    seeds: 'int4',
    candidates: 'int4',
    result: 'jsonb',
  },
  row: { id: 'int4' },
  text: `
    update decide.lookalike
    set state = 'ready', reason = null, run_id = :run, at = :at, seeds = :seeds, candidates = :candidates, result = :result
    where workspace_id = :workspace and id = :id and (run_id is null or run_id < :run)
    returning id`,
});

/** The scoring in use, if there is one, stays. */
export const refuseLookalike = pgQuery({
  name: 'decide.refuseLookalike',
  params: { workspace: 'int4', id: 'int4', state: 'text', reason: 'text', seeds: 'int4', candidates: 'int4' },
  row: {},
  text: `
    update decide.lookalike set state = :state, reason = :reason, seeds = :seeds, candidates = :candidates
    where workspace_id = :workspace and id = :id`,
});

/** For the nightly scoring, and to take up what a stop interrupted. */
export const listAllLookalikes = pgQuery({
  name: 'decide.listAllLookalikes',
  params: {},
  row: { workspace_id: 'int4', id: 'int4', state: 'text' },
  text: `select workspace_id, id, state from decide.lookalike order by workspace_id, id`,
});
