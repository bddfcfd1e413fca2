import { pgQuery } from '../../../platform/index.ts';

/** Queues a build; nothing when one waits or runs already. Index recommendation_run_alone. */
export const insertBuildRun = pgQuery({
  name: 'decide.insertRecommendationRun',
  params: { workspace: 'int4', trigger: 'text', at: 'timestamptz', actor: 'text' },
  row: { id: 'int8' },
  text: `
    insert into decide.recommendation_run (workspace_id, state, trigger, requested_at, requested_by)
    values (:workspace, 'queued', :trigger, :at, :actor)
    on conflict (workspace_id) where state in ('queued', 'running') do nothing
    returning id`,
});

/** A run that waits, or one that a stop interrupted, begins (again). */
export const beginBuildRun = pgQuery({
  name: 'decide.beginRecommendationRun',
  params: { workspace: 'int4', id: 'int8', at: 'timestamptz' },
  row: { trigger: 'text', cancel_wanted: 'bool' },
  text: `
    update decide.recommendation_run set state = 'running', started_at = coalesce(started_at, :at)
    where workspace_id = :workspace and id = :id and state in ('queued', 'running')
    returning trigger, cancel_wanted`,
});

export const setBuildProgress = pgQuery({
  name: 'decide.setRecommendationProgress',
  params: { workspace: 'int4', id: 'int8', progress: 'jsonb' },
  row: { cancel_wanted: 'bool' },
  text: `
    update decide.recommendation_run set progress = :progress
    where workspace_id = :workspace and id = :id returning cancel_wanted`,
});

export const endBuildRun = pgQuery({
  name: 'decide.endRecommendationRun',
  params: { workspace: 'int4', id: 'int8', state: 'text', at: 'timestamptz', report: 'jsonb?', error: 'jsonb?' },
  row: {},
  text: `
    update decide.recommendation_run
    set state = :state, finished_at = :at, progress = null, report = :report, error = :error
    where workspace_id = :workspace and id = :id and state in ('queued', 'running')`,
});

/** Asks the build under way to stop. Index recommendation_run_alone. */
export const cancelBuildRun = pgQuery({
  name: 'decide.cancelRecommendationRun',
  params: { workspace: 'int4' },
  row: { id: 'int8' },
  text: `
    update decide.recommendation_run set cancel_wanted = true
    where workspace_id = :workspace and state in ('queued', 'running') returning id`,
});

export const findBuildRun = pgQuery({
  name: 'decide.findRecommendationRun',
  params: { workspace: 'int4' },
  row: { id: 'int8', progress: 'jsonb?', requested_at: 'timestamptz', started_at: 'timestamptz?' },
  text: `
    select id, progress, requested_at, started_at from decide.recommendation_run
    where workspace_id = :workspace and state in ('queued', 'running')`,
});
