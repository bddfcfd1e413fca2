import { pgQuery } from '../../../../platform/index.ts';

export const runRow = {
  id: 'int8',
  kind: 'text',
  dry_run: 'bool',
  fit: 'bool',
  state: 'text',
  trigger: 'text',
  model_version: 'int4?',
  auto_threshold: 'float8',
  review_threshold: 'float8',
  requested_at: 'timestamptz',
  requested_by: 'text',
  started_at: 'timestamptz?',
  finished_at: 'timestamptz?',
  progress: 'jsonb?',
  planned: 'bool',
  cancel_wanted: 'bool',
  report: 'jsonb?',
  error: 'jsonb?',
  undone_at: 'timestamptz?',
  undone_by: 'text?',
  merges: 'int4',
  undone_merges: 'int4',
  reviews: 'int4',
} as const;

/** A run with what stands of it. Indexes merge_run, company_merge_run, key of match_link. */
const columns = `
  run.id, run.kind, run.dry_run, run.fit, run.state, run.trigger, run.model_version, run.auto_threshold, run.review_threshold,
  run.requested_at, run.requested_by, run.started_at, run.finished_at, run.progress, run.planned, run.cancel_wanted, run.report,
  run.error, run.undone_at, run.undone_by,
  ((select count(*) from unify.merge where merge.workspace_id = :workspace and merge.run_id = run.id and merge.undone_at is null)
   + (select count(*) from unify.company_merge as m where m.workspace_id = :workspace and m.run_id = run.id and m.undone_at is null)
  )::int as merges,
  ((select count(*) from unify.merge where merge.workspace_id = :workspace and merge.run_id = run.id and merge.undone_at is not null)
   + (select count(*) from unify.company_merge as m
      where m.workspace_id = :workspace and m.run_id = run.id and m.undone_at is not null)
  )::int as undone_merges,
  (select count(*) from unify.match_link as link
   where link.workspace_id = :workspace and link.run_id = run.id and link.outcome = 'asked')::int as reviews`;

export const findRun = pgQuery({
  name: 'unify.findMatchRun',
  params: { workspace: 'int4', id: 'int8' },
  row: runRow,
  text: `select ${columns} from unify.match_run as run where run.workspace_id = :workspace and run.id = :id`,
});

/** Newest first, by keyset. Primary key. */
export const listRuns = pgQuery({
  name: 'unify.listMatchRuns',
  params: { workspace: 'int4', kind: 'text?', below: 'int8', limit: 'int4' },
  row: runRow,
  text: `
    select ${columns} from unify.match_run as run
    where run.workspace_id = :workspace and run.id < :below and (:kind is null or run.kind = :kind)
    order by run.id desc limit :limit`,
});

/** The newest dry run, real run, and what is under way, of one kind. */
export const listNewestRuns = pgQuery({
  name: 'unify.listNewestMatchRuns',
  params: { workspace: 'int4', kind: 'text' },
  row: { ...runRow, role: 'text' },
  text: `
    with chosen as (
      (select id, 'dry' as role from unify.match_run
       where workspace_id = :workspace and kind = :kind and dry_run and state = 'done' order by id desc limit 1)
      union all
      (select id, 'real' from unify.match_run
       where workspace_id = :workspace and kind = :kind and not dry_run and trigger <> 'live'
         and state not in ('queued', 'running') order by id desc limit 1)
      union all
      (select id, 'running' from unify.match_run
       where workspace_id = :workspace and kind = :kind and trigger <> 'live' and state in ('queued', 'running', 'undoing')
       order by id desc limit 1)
    )
    select ${columns}, chosen.role from chosen
    join unify.match_run as run on run.workspace_id = :workspace and run.id = chosen.id`,
});

/** Queues a run; nothing when one of the kind waits or runs already. Index match_run_alone. */
export const insertRun = pgQuery({
  name: 'unify.insertMatchRun',
  params: {
    workspace: 'int4',
    kind: 'text',
    dryRun: 'bool',
    fit: 'bool',
    trigger: 'text',
    model: 'int4?',
    auto: 'float8',
    review: 'float8',
    at: 'timestamptz',
    actor: 'text',
  },
  row: { id: 'int8' },
  text: `
    insert into unify.match_run
      (workspace_id, kind, dry_run, fit, state, trigger, model_version, auto_threshold, review_threshold, requested_at, requested_by)
    values (:workspace, :kind, :dryRun, :fit, 'queued', :trigger, :model, :auto, :review, :at, :actor)
    on conflict (workspace_id, kind) where state in ('queued', 'running') and trigger <> 'live' do nothing
    returning id`,
});

/** Today's run of what is merged while records arrive. Index match_run_live. */
export const findLiveRun = pgQuery({
  name: 'unify.findLiveMatchRun',
  params: { workspace: 'int4', kind: 'text', model: 'int4', since: 'timestamptz' },
  row: { id: 'int8' },
  text: `
    select id from unify.match_run
    where workspace_id = :workspace and kind = :kind and trigger = 'live' and state = 'done'
      and model_version = :model and requested_at >= :since
    order by id desc limit 1`,
});

export const insertLiveRun = pgQuery({
  name: 'unify.insertLiveMatchRun',
  params: { workspace: 'int4', kind: 'text', model: 'int4', auto: 'float8', review: 'float8', at: 'timestamptz' },
  row: { id: 'int8' },
  text: `
    insert into unify.match_run
      (workspace_id, kind, dry_run, fit, state, trigger, model_version, auto_threshold, review_threshold, requested_at,
       requested_by, started_at, finished_at, planned)
    values (:workspace, :kind, false, false, 'done', 'live', :model, :auto, :review, :at, 'system:matching', :at, :at, true)
    returning id`,
});

/** A finished dry run of this model and these thresholds that was not too long ago. */
export const findDryRun = pgQuery({
  name: 'unify.findDryRun',
  params: {
    workspace: 'int4',
    kind: 'text',
    model: 'int4?',
    auto: 'float8?',
    review: 'float8?',
    since: 'timestamptz',
  },
  row: { id: 'int8', model_version: 'int4', auto_threshold: 'float8', review_threshold: 'float8' },
  text: `
    select id, coalesce(model_version, 0) as model_version, auto_threshold, review_threshold from unify.match_run
    where workspace_id = :workspace and kind = :kind and dry_run and state = 'done' and finished_at >= :since
      and (:model is null or model_version = :model) and (:auto is null or auto_threshold = :auto)
      and (:review is null or review_threshold = :review)
    order by id desc limit 1`,
});

export const markRunning = pgQuery({
  name: 'unify.markMatchRunning',
  params: { workspace: 'int4', id: 'int8', at: 'timestamptz' },
  row: { id: 'int8' },
  text: `
    update unify.match_run set state = 'running', started_at = coalesce(started_at, :at)
    where workspace_id = :workspace and id = :id and state in ('queued', 'running') returning id`,
});

export const setProgress = pgQuery({
  name: 'unify.setMatchProgress',
  params: { workspace: 'int4', id: 'int8', progress: 'jsonb' },
  row: { cancel_wanted: 'bool' },
  text: `
    update unify.match_run set progress = :progress
    where workspace_id = :workspace and id = :id returning cancel_wanted`,
});

export const setModel = pgQuery({
  name: 'unify.setMatchRunModel',
  params: { workspace: 'int4', id: 'int8', model: 'int4' },
  row: {},
  text: `update unify.match_run set model_version = :model where workspace_id = :workspace and id = :id`,
});

export const markPlanned = pgQuery({
  name: 'unify.markMatchPlanned',
  params: { workspace: 'int4', id: 'int8', report: 'jsonb' },
  row: {},
  text: `update unify.match_run set planned = true, report = :report where workspace_id = :workspace and id = :id`,
});

export const endRun = pgQuery({
  name: 'unify.endMatchRun',
  params: { workspace: 'int4', id: 'int8', state: 'text', at: 'timestamptz', report: 'jsonb?', error: 'jsonb?' },
  row: {},
  text: `
    update unify.match_run
    set state = :state, finished_at = :at, progress = null, report = coalesce(:report, report), error = :error
    where workspace_id = :workspace and id = :id and state in ('queued', 'running')`,
});

export const wantCancel = pgQuery({
  name: 'unify.wantMatchCancel',
  params: { workspace: 'int4', id: 'int8' },
  row: { id: 'int8' },
  text: `
    update unify.match_run set cancel_wanted = true
    where workspace_id = :workspace and id = :id and state in ('queued', 'running') returning id`,
});

/** A run that is over is being undone; again when a stop interrupted that. */
export const beginUndo = pgQuery({
  name: 'unify.beginMatchUndo',
  params: { workspace: 'int4', id: 'int8', at: 'timestamptz', actor: 'text' },
  row: { id: 'int8' },
  text: `
    update unify.match_run set state = 'undoing', undone_at = :at, undone_by = :actor
    where workspace_id = :workspace and id = :id and not dry_run and state in ('done', 'failed', 'cancelled', 'undoing')
    returning id`,
});

export const endUndo = pgQuery({
  name: 'unify.endMatchUndo',
  params: { workspace: 'int4', id: 'int8' },
  row: {},
  text: `update unify.match_run set state = 'undone' where workspace_id = :workspace and id = :id and state = 'undoing'`,
});

/** Runs that a stop interrupted while they were undone. */
export const listUndoing = pgQuery({
  name: 'unify.listUndoingRuns',
  params: {},
  row: { workspace_id: 'int4', id: 'int8', undone_by: 'text?' },
  text: `select workspace_id, id, undone_by from unify.match_run where state = 'undoing'`,
});

/** Runs that wait although no job carries them: lost with a stop at the wrong moment. */
export const listWaitingRuns = pgQuery({
  name: 'unify.listWaitingRuns',
  params: {},
  row: { workspace_id: 'int4', id: 'int8' },
  text: `select workspace_id, id from unify.match_run where state in ('queued', 'running') and trigger <> 'live'`,
});
