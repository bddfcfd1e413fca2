import { type Deps, Fault } from '../../platform/index.ts';
import { listAllWorkspaces } from '../rfm/sql/rfm.pg.ts';
import { executePredictionRun, type PredictionDeps } from './runs/executeRun.ts';
import { startPredictionRun } from './runs/startRun.ts';
import { listWaitingPredictionRuns } from './sql/predictions.pg.ts';

const runJob = 'decide.predict';
const system = { kind: 'system', id: 'predictions' } as const;

export function definePredictionJobs(deps: PredictionDeps): void {
  deps.jobs.define<{ workspace: number; run: number }>({
    name: runJob,
    expireSeconds: 120,
    retries: 10,
    run: ({ workspace, run }, signal) => executePredictionRun(deps, workspace, run, signal),
  });
  deps.jobs.define({
    name: 'decide.predictNightly',
    // After matching (1:30) and habits (1:40), before the recompute of segments (2:20).
    cron: '50 1 * * *',
    async run(_, signal) {
      for (const { id } of await deps.pg.rows(listAllWorkspaces, {})) {
        if (signal.aborted) return { skipped: 'stopping' };
        await predictNightly(deps, id);
      }
      return { done: true };
    },
  });
  deps.jobs.define({
    name: 'decide.predictTidy',
    cron: '*/10 * * * *',
    async run() {
      // A run whose job was lost goes on all the same.
      for (const { workspace_id, id } of await deps.pg.rows(listWaitingPredictionRuns, {})) {
        await executePredictionsNow(deps, workspace_id, id);
      }
      return { done: true };
    },
  });
}

async function predictNightly(deps: PredictionDeps, workspace: number): Promise<void> {
  try {
    const run = await startPredictionRun(deps, workspace, system, 'nightly');
    await executePredictionsNow(deps, workspace, run);
  } catch (error) {
    // One under way already does the same.
    if (!(error instanceof Fault && error.kind === 'conflict')) throw error;
  }
}

export const executePredictionsNow = ({ jobs }: Pick<Deps, 'jobs'>, workspace: number, run: number): Promise<void> =>
  jobs.send(runJob, { workspace, run }, { key: `${workspace} ${run}` });
