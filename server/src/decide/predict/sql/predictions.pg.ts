import { pgQuery } from '../../../platform/index.ts';

/** Queues a run; nothing when one waits or runs already. Index prediction_run_alone. */
export const insertPredictionRun = pgQuery({
  name: 'decide.insertPredictionRun',
  params: { workspace: 'int4', trigger: 'text', at: 'timestamptz', actor: 'text' },
  row: { id: 'int8' },
  text: `
    insert into decide.prediction_run (workspace_id, state, trigger, requested_at, requested_by)
    values (:workspace, 'queued', :trigger, :at, :actor)
    on conflict (workspace_id) where state in ('queued', 'running') do nothing
    returning id`,
});

/** Primary key. */
export const findPredictionRun = pgQuery({
  name: 'decide.findPredictionRun',
  params: { workspace: 'int4', id: 'int8' },
  row: { id: 'int8', state: 'text', cancel_wanted: 'bool' },
  text: `select id, state, cancel_wanted from decide.prediction_run where workspace_id = :workspace and id = :id`,
});

/** What waits or runs. Index prediction_run_alone. */
export const findActivePredictionRun = pgQuery({
  name: 'decide.findActivePredictionRun',
  params: { workspace: 'int4' },
  row: { id: 'int8', requested_at: 'timestamptz', started_at: 'timestamptz?', progress: 'jsonb?' },
  text: `
    select id, requested_at, started_at, progress from decide.prediction_run
    where workspace_id = :workspace and state in ('queued', 'running')`,
});

/** The newest run that is over; how it ended. Primary key, backwards. */
export const findLastPredictionRun = pgQuery({
  name: 'decide.findLastPredictionRun',
  params: { workspace: 'int4' },
  row: { id: 'int8', state: 'text', finished_at: 'timestamptz?' },
  text: `
    select id, state, finished_at from decide.prediction_run
    where workspace_id = :workspace and state not in ('queued', 'running') order by id desc limit 1`,
});

export const markPredictionRunning = pgQuery({
  name: 'decide.markPredictionRunning',
  params: { workspace: 'int4', id: 'int8', at: 'timestamptz' },
  row: { id: 'int8' },
  text: `
    update decide.prediction_run set state = 'running', started_at = coalesce(started_at, :at)
    where workspace_id = :workspace and id = :id and state in ('queued', 'running') returning id`,
});

export const setPredictionProgress = pgQuery({
  name: 'decide.setPredictionProgress',
  params: { workspace: 'int4', id: 'int8', progress: 'jsonb' },
  row: { cancel_wanted: 'bool' },
  text: `
    update decide.prediction_run set progress = :progress
    where workspace_id = :workspace and id = :id returning cancel_wanted`,
});

export const endPredictionRun = pgQuery({
  name: 'decide.endPredictionRun',
  params: { workspace: 'int4', id: 'int8', state: 'text', at: 'timestamptz', error: 'jsonb?' },
  row: {},
  text: `
    update decide.prediction_run set state = :state, finished_at = :at, progress = null, error = :error
    where workspace_id = :workspace and id = :id and state in ('queued', 'running')`,
});

export const cancelPredictionRun = pgQuery({
  name: 'decide.cancelPredictionRun',
  params: { workspace: 'int4' },
  row: { id: 'int8' },
  text: `
    update decide.prediction_run set cancel_wanted = true
    where workspace_id = :workspace and state in ('queued', 'running') returning id`,
});

/** Runs that wait although their job may be lost. Index prediction_run_alone. */
export const listWaitingPredictionRuns = pgQuery({
  name: 'decide.listWaitingPredictionRuns',
  params: {},
  row: { workspace_id: 'int4', id: 'int8' },
  text: `select workspace_id, id from decide.prediction_run where state in ('queued', 'running')`,
});

/** What a run found out of one group; a repeat of the run replaces it. */
export const savePredictionFit = pgQuery({
  name: 'decide.savePredictionFit',
  params: {
    workspace: 'int4',
    run: 'int8',
    site: 'text',
    currency: 'text',
    at: 'timestamptz',
    served: 'text?',
    reasons: 'text[]',
    people: 'int4',
    result: 'jsonb',
  },
  row: {},
  text: `
    insert into decide.prediction_fit (workspace_id, run_id, site, currency, at, served, reasons, people, result)
    values (:workspace, :run, :site, :currency, :at, :served, :reasons, :people, :result)
    on conflict (workspace_id, run_id, site) do update set currency = excluded.currency, at = excluded.at,
      served = excluded.served, reasons = excluded.reasons, people = excluded.people, result = excluded.result`,
});

/** The run was tried for the group, and is in use when `used`; an older run never takes the place of a newer one. */
export const usePredictionRun = pgQuery({
  name: 'decide.usePredictionRun',
  params: { workspace: 'int4', site: 'text', run: 'int8', used: 'bool' },
  row: { run_id: 'int8?' },
  text: `
    insert into decide.prediction_scope (workspace_id, site, run_id, tried_run_id)
    values (:workspace, :site, case when :used then :run end, :run)
    on conflict (workspace_id, site) do update
    set run_id = case when :used then :run else prediction_scope.run_id end, tried_run_id = :run
    where prediction_scope.tried_run_id <= :run
    returning run_id`,
});

/** Groups of a workspace: the fit in use and the one tried last. Primary keys. */
export const listPredictionScopes = pgQuery({
  name: 'decide.listPredictionScopes',
  params: { workspace: 'int4' },
  row: {
    site: 'text',
    run_id: 'int8?',
    at: 'timestamptz?',
    currency: 'text?',
    served: 'text?',
    reasons: 'text[]?',
    people: 'int4?',
    result: 'jsonb?',
    tried_run_id: 'int8',
    tried_at: 'timestamptz',
    tried_currency: 'text',
    tried_reasons: 'text[]',
    tried_result: 'jsonb',
  },
  text: `
    select scope.site, used.run_id, used.at, used.currency, used.served, used.reasons, used.people, used.result,
      scope.tried_run_id, tried.at as tried_at, tried.currency as tried_currency, tried.reasons as tried_reasons,
      tried.result as tried_result
    from decide.prediction_scope as scope
    join decide.prediction_fit as tried on tried.workspace_id = scope.workspace_id and tried.run_id = scope.tried_run_id
      and tried.site = scope.site
    left join decide.prediction_fit as used on used.workspace_id = scope.workspace_id and used.run_id = scope.run_id
      and used.site = scope.site
    where scope.workspace_id = :workspace order by scope.site`,
});

/** Sites that have no orders any more are no groups any more. */
export const dropPredictionScopes = pgQuery({
  name: 'decide.dropPredictionScopes',
  params: { workspace: 'int4', sites: 'text[]' },
  row: { site: 'text' },
  text: `
    delete from decide.prediction_scope where workspace_id = :workspace and site <> '' and site <> all(:sites)
    returning site`,
});

/** Runs of long ago explain nothing any more, unless they are in use. */
export const dropOldPredictionRuns = pgQuery({
  name: 'decide.dropOldPredictionRuns',
  params: { workspace: 'int4', before: 'timestamptz' },
  row: {},
  text: `
    delete from decide.prediction_run as run
    where workspace_id = :workspace and requested_at < :before and state not in ('queued', 'running')
      and not exists (select from decide.prediction_scope as scope
        where scope.workspace_id = run.workspace_id and run.id in (scope.run_id, scope.tried_run_id))`,
});

/** Keeps that a run's probabilities were published, unless others were since `since`. */
export const notePublished = pgQuery({
  name: 'decide.notePublished',
  params: { workspace: 'int4', run: 'int8', site: 'text', at: 'timestamptz', horizon: 'int4', since: 'timestamptz' },
  row: { run_id: 'int8' },
  text: `
    insert into decide.prediction_published (workspace_id, run_id, site, at, horizon_days)
    select :workspace, :run, :site, :at, :horizon
    where not exists (select from decide.prediction_published
      where workspace_id = :workspace and site = :site and run_id <> :run and at > :since)
    on conflict (workspace_id, run_id, site) do update set at = excluded.at
    returning run_id`,
});

/** Published probabilities whose horizon has passed. Index prediction_published_due. */
export const listDuePublished = pgQuery({
  name: 'decide.listDuePublished',
  params: { workspace: 'int4', now: 'timestamptz' },
  row: { run_id: 'int8', site: 'text', at: 'timestamptz', horizon_days: 'int4' },
  text: `
    select run_id, site, at, horizon_days from decide.prediction_published
    where workspace_id = :workspace and checked_at is null and at + make_interval(days => horizon_days) <= :now
    order by run_id, site`,
});

export const saveChecked = pgQuery({
  name: 'decide.savePublishedCheck',
  params: { workspace: 'int4', run: 'int8', site: 'text', at: 'timestamptz', result: 'jsonb?' },
  row: {},
  text: `
    update decide.prediction_published set checked_at = :at, result = :result
    where workspace_id = :workspace and run_id = :run and site = :site`,
});

/** The newest that were compared. Primary key. */
export const listChecked = pgQuery({
  name: 'decide.listCheckedPublished',
  params: { workspace: 'int4' },
  row: { run_id: 'int8', site: 'text', at: 'timestamptz', horizon_days: 'int4', result: 'jsonb' },
  text: `
    select run_id, site, at, horizon_days, result from decide.prediction_published
    where workspace_id = :workspace and result is not null order by run_id desc limit 100`,
});

/** Whether rows of a customer were merged or parted since. Indexes merge_winner and merge_loser. */
export const wasRegrouped = pgQuery({
  name: 'decide.wasRegrouped',
  params: { workspace: 'int4', members: 'int8[]', since: 'timestamptz' },
  row: { regrouped: 'bool' },
  text: `
    select exists (
      select from unify.merge
      where workspace_id = :workspace and winner_id = any(:members) and (at > :since or undone_at > :since)
    ) or exists (
      select from unify.merge
      where workspace_id = :workspace and loser_id = any(:members) and (at > :since or undone_at > :since)
    ) as regrouped`,
});

/**
 * What was learnt about four weeks before the newest try of each group, else the first that was: what has changed shows only
 * against another time. Primary keys.
 */
export const listFormerFits = pgQuery({
  name: 'decide.listFormerFits',
  params: { workspace: 'int4' },
  row: { site: 'text', at: 'timestamptz', result: 'jsonb' },
  text: `
    select scope.site, former.at, former.result
    from decide.prediction_scope as scope
    join decide.prediction_fit as tried on tried.workspace_id = scope.workspace_id and tried.run_id = scope.tried_run_id
      and tried.site = scope.site
    cross join lateral (
      select fit.at, fit.result from decide.prediction_fit as fit
      where fit.workspace_id = scope.workspace_id and fit.site = scope.site and fit.at <= tried.at - interval '1 day'
        and fit.result -> 'rates' <> 'null'
      order by fit.at > tried.at - interval '28 days', abs(extract(epoch from tried.at - interval '28 days' - fit.at))
      limit 1
    ) as former
    where scope.workspace_id = :workspace`,
});
