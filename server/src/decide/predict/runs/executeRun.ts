import { type Deps, Fault, type JobOutcome } from '../../../platform/index.ts';
import { getWorkspace } from '../../rfm/readRfm.ts';
import { listOrderSites } from '../../rfm/sql/personaDays.ch.ts';
import { applySegmentsNow } from '../../segments/jobs.ts';
import type { LearnOptions } from '../backtest/learnInThread.ts';
import {
  dropOldPredictionRuns,
  dropPredictionScopes,
  endPredictionRun,
  findPredictionRun,
  markPredictionRunning,
} from '../sql/predictions.pg.ts';
import { checkPublished } from './checkPublished.ts';
import { predictScope } from './predictScope.ts';
import { cancelledRun, watchPredictionRun } from './watchRun.ts';

export type PredictionDeps = Pick<Deps, 'pg' | 'ch' | 'clock' | 'log' | 'jobs'>;

/** Runs older than this are forgotten, unless they are in use. */
const keepMs = 400 * 86_400_000;
/** More sites than that are predicted together only. */
const mostSites = 20;

/**
 * Carries out a queued run: everyone, then the buyers of each site when there are several. Each group is put in use by
 * itself, so a run that stops half way leaves every group with complete predictions. May be repeated after a crash.
 */
export async function executePredictionRun(
  deps: PredictionDeps,
  workspace: number,
  id: number,
  signal: AbortSignal,
  thread: Pick<LearnOptions, 'execArgv'> = {},
): Promise<JobOutcome> {
  const run = await deps.pg.row(findPredictionRun, { workspace, id });
  if (run === null) return { skipped: 'the run is gone' };
  const now = deps.clock.now();
  if ((await deps.pg.row(markPredictionRunning, { workspace, id, at: now })) === null) {
    return { skipped: `the run is ${run.state}` };
  }
  const watch = watchPredictionRun(deps, { workspace, id }, signal);
  const end = (state: string, error: { code: string; detail: string } | null) =>
    deps.pg.run(endPredictionRun, { workspace, id, state, at: deps.clock.now(), error });
  try {
    if (run.cancel_wanted) throw cancelledRun();
    const { zone, currency } = await getWorkspace(deps, workspace);
    const found = (await deps.ch.rows(listOrderSites, { workspace })).map(({ site }) => site);
    // One site's buyers are everyone.
    const sites = found.length > 1 ? found.slice(0, mostSites) : [];
    let changed = false;
    for (const site of ['', ...sites]) {
      watch.report('read', 0, 1);
      const used = await predictScope(
        deps,
        { scope: { workspace, site, zone, now: now.getTime() }, run: id, currency },
        watch,
        thread,
      );
      if (used && site === '') changed = true;
    }
    await deps.pg.rows(dropPredictionScopes, { workspace, sites });
    await checkPublished(deps, workspace, zone);
    await deps.pg.run(dropOldPredictionRuns, { workspace, before: new Date(now.getTime() - keepMs) });
    await end('done', null);
    if (changed) await applySegmentsNow(deps);
    return { done: true };
  } catch (error) {
    if (signal.aborted) throw error;
    const cause = watch.signal.aborted ? watch.signal.reason : error;
    if (cause instanceof Fault && cause.code === 'decide.prediction_run_cancelled') {
      await end('cancelled', null);
      return { skipped: 'cancelled' };
    }
    if (error instanceof Fault && error.kind === 'unavailable') throw error;
    deps.log.error({ err: error, workspace, run: id }, 'a run of predictions failed');
    await end('failed', describe(error));
    return { skipped: 'failed' };
  } finally {
    await watch.end();
  }
}

const describe = (error: unknown): { code: string; detail: string } =>
  error instanceof Fault
    ? { code: error.code, detail: error.message }
    : { code: 'decide.prediction_run_failed', detail: 'Something unforeseen happened; the log says what.' };
