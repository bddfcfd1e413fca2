import { type Deps, Fault } from '../../platform/index.ts';
import { executeBuild, startBuild } from './build/executeRun.ts';
import { refresh } from './build/refresh.ts';
import { listRecommending } from './sql/scope.pg.ts';

const workJob = 'decide.recommend';
const tickJob = 'decide.recommendTick';
const nightlyJob = 'decide.recommendNightly';
const system = { kind: 'system', id: 'recommendations' } as const;
/** A workspace whose build failed is not built by itself again before the night. */
const againMs = 12 * 3_600_000;

type JobDeps = Pick<Deps, 'pg' | 'ch' | 'clock' | 'log' | 'jobs'>;

/** Everything new within a minute, everything anew at night. One piece of work at a time. */
export function defineRecommendationJobs(deps: JobDeps): void {
  deps.jobs.define<{ workspace: number; run: number }>({
    name: workJob,
    expireSeconds: 300,
    async run({ workspace, run }, signal) {
      if (run > 0) return executeBuild(deps, workspace, run, signal);
      const outcome = await refresh(deps, workspace, signal);
      // The next tick sees the build and sends it.
      if (outcome === 'too_many') await queueBuild(deps, workspace);
      return outcome === 'refreshed' ? { done: true } : { skipped: outcome };
    },
  });
  deps.jobs.define({
    name: tickJob,
    cron: '* * * * *',
    async run(_, signal) {
      for (const { id, fresh_at, queued, failed_at } of await deps.pg.rows(listRecommending, {})) {
        if (signal.aborted) return { skipped: 'stopping' };
        const lately = failed_at !== null && deps.clock.now().getTime() - failed_at.getTime() < againMs;
        if (queued !== null) await send(deps, id, queued);
        else if (fresh_at !== null) await send(deps, id, 0);
        else if (!lately) await queueBuild(deps, id);
      }
      return { done: true };
    },
  });
  deps.jobs.define({
    name: nightlyJob,
    // After the predictions, before the recompute of segments (2:20).
    cron: '50 1 * * *',
    async run(_, signal) {
      for (const { id } of await deps.pg.rows(listRecommending, {})) {
        if (signal.aborted) return { skipped: 'stopping' };
        await queueBuild(deps, id);
      }
      return { done: true };
    },
  });
}

async function queueBuild(deps: JobDeps, workspace: number): Promise<void> {
  try {
    await send(deps, workspace, await startBuild(deps, workspace, system, 'nightly'));
  } catch (error) {
    // Under way already: as it should be.
    if (!(error instanceof Fault && error.kind === 'conflict')) throw error;
  }
}

const send = ({ jobs }: Pick<Deps, 'jobs'>, workspace: number, run: number): Promise<void> =>
  jobs.send(workJob, { workspace, run }, { key: String(workspace) });

/** A build that was queued begins as soon as a worker is free. */
export const buildNow = send;
