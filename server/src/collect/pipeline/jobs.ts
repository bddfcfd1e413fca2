import type { Deps } from '../../platform/index.ts';
import { expireMessageIds } from './sql/batches.pg.ts';

/** Nightly upkeep of the pipeline: message ids past their time are forgotten. */
export function definePipelineJobs({ jobs, pg, clock }: Pick<Deps, 'jobs' | 'pg' | 'clock'>): void {
  jobs.define({
    name: 'collect.forgetMessageIds',
    cron: '17 2 * * *',
    async run() {
      await pg.run(expireMessageIds, { today: clock.now().toISOString().slice(0, 10) });
      return { done: true };
    },
  });
}
