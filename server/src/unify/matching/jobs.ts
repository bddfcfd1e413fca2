import { type Deps, Fault } from '../../platform/index.ts';
import type { Matching } from './live/createMatching.ts';
import { executeRun } from './runs/executeRun.ts';
import { listActive } from './runs/sql/models.pg.ts';
import { listWaitingRuns } from './runs/sql/runs.pg.ts';
import { startRun } from './runs/startRun.ts';
import { finishUndoing } from './runs/undoRun.ts';
import type { MatchDeps } from './subject.ts';
import { subjectOf } from './subjects.ts';

const runJob = 'unify.matchRun';
const nightlyJob = 'unify.matchNightly';
const tidyJob = 'unify.matchTidy';
const system = { kind: 'system', id: 'matching' } as const;

export function defineMatchJobs(deps: MatchDeps & Pick<Deps, 'jobs'>, matching: Pick<Matching, 'ring'>): void {
  deps.jobs.define<{ workspace: number; run: number }>({
    name: runJob,
    expireSeconds: 120,
    retries: 10,
    async run({ workspace, run }, signal) {
      const outcome = await executeRun(deps, workspace, run, signal);
      matching.ring();
      return outcome;
    },
  });
  deps.jobs.define({
    name: nightlyJob,
    // After personas (1:10), before the recompute of segments (2:20).
    cron: '30 1 * * *',
    async run(_, signal) {
      for (const { workspace_id, kind } of await deps.pg.rows(listActive, {})) {
        if (signal.aborted) return { skipped: 'stopping' };
        await reconcile(deps, workspace_id, kind);
      }
      return { done: true };
    },
  });
  deps.jobs.define({
    name: tidyJob,
    cron: '*/10 * * * *',
    async run(_, signal) {
      await finishUndoing(deps, signal);
      // A run whose job was lost goes on all the same.
      for (const { workspace_id, id } of await deps.pg.rows(listWaitingRuns, {}))
        await executeRunNow(deps, workspace_id, id);
      return { done: true };
    },
  });
}

/** Compares everybody by the model in force, if there is one and nothing is under way. */
export async function reconcile(
  deps: Pick<MatchDeps, 'pg' | 'clock'> & Pick<Deps, 'jobs'>,
  workspace: number,
  kind: string,
): Promise<void> {
  try {
    const run = await startRun(deps, workspace, { kind: subjectOf(kind).kind, dryRun: false }, system, 'nightly');
    await executeRunNow(deps, workspace, run);
  } catch (error) {
    // Under way already, or nothing is in force any more: both are as they should be.
    if (!(error instanceof Fault && error.kind === 'conflict')) throw error;
  }
}

export const executeRunNow = ({ jobs }: Pick<Deps, 'jobs'>, workspace: number, run: number): Promise<void> =>
  jobs.send(runJob, { workspace, run }, { key: `${workspace} ${run}` });

/** Asks for what a stop interrupted. Call once after the jobs have started; also finishes a large undo. */
export const tidyMatchingNow = ({ jobs }: Pick<Deps, 'jobs'>): Promise<void> => jobs.send(tidyJob, {}, { key: 'now' });
