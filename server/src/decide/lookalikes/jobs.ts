import type { Deps } from '../../platform/index.ts';
import { applySegmentsNow } from '../segments/jobs.ts';
import { scoreLookalike } from './scoreLookalike.ts';
import { listAllLookalikes, refuseLookalike } from './sql/lookalikes.pg.ts';

type JobDeps = Pick<Deps, 'pg' | 'ch' | 'clock' | 'jobs' | 'log'>;
const scoreOne = 'decide.scoreLookalike';

/** Every night everyone is scored again, one audience after the other; what a stop interrupted goes on by its own job. */
export function defineLookalikeJobs(deps: JobDeps): void {
  deps.jobs.define<{ workspace: number; id: number }>({
    name: scoreOne,
    expireSeconds: 900,
    async run({ workspace, id }, signal) {
      try {
        const how = await scoreLookalike(deps, workspace, id);
        if (how === 'waiting') {
          await applySegmentsNow(deps);
          // This job still holds its key; those who ask in the same moment share the next.
          const key = `${workspace} ${id} after ${Math.floor(deps.clock.now().getTime() / 2_000)}`;
          await deps.jobs.send(scoreOne, { workspace, id }, { key, afterSeconds: 2 });
          return { skipped: 'the segment is not counted yet' };
        }
      } catch (error) {
        if (!signal.aborted) {
          const counts = { seeds: 0, candidates: 0 };
          await deps.pg.run(refuseLookalike, { workspace, id, state: 'failed', reason: 'failed', ...counts });
        }
        throw error;
      }
      return { done: true };
    },
  });
  deps.jobs.define({
    name: 'decide.scoreLookalikes',
    // After habits and predictions, before the recompute of segments.
    cron: '0 2 * * *',
    async run() {
      for (const { workspace_id, id } of await deps.pg.rows(listAllLookalikes, {}))
        await scoreLookalikeNow(deps, workspace_id, id);
      return { done: true };
    },
  });
}

/** Asks for one audience now. */
export const scoreLookalikeNow = ({ jobs }: Pick<Deps, 'jobs'>, workspace: number, id: number): Promise<void> =>
  jobs.send(scoreOne, { workspace, id }, { key: `${workspace} ${id}` });
