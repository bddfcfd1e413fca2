import type { Deps } from '../../platform/index.ts';
import { applyDeletedMasks } from '../rights/sql/forget.ch.ts';
import { expireMessageIds } from './sql/batches.pg.ts';

/** Nightly upkeep: message ids past their time are forgotten, and erased rows leave the disk. */
export function definePipelineJobs({ jobs, pg, ch, clock }: Pick<Deps, 'jobs' | 'pg' | 'ch' | 'clock'>): void {
  jobs.define({
    name: 'collect.forgetMessageIds',
    cron: '17 2 * * *',
    async run() {
      await pg.run(expireMessageIds, { today: clock.now().toISOString().slice(0, 10) });
      return { done: true };
    },
  });
  jobs.define({
    name: 'collect.rewriteErased',
    cron: '37 2 * * *',
    async run() {
      for (const statement of applyDeletedMasks) await ch.run(statement, {});
      return { done: true };
    },
  });
}
