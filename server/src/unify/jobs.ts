import type { Deps } from '../platform/index.ts';
import { defineMassErasureJob, resumeMassErasures } from './rights/eraseMany.ts';
import { type ErasureDeps, resumeErasures } from './rights/eraseProfile.ts';

const finishErasures = 'unify.finishErasures';

/** Erasures that a stop or an absent engine interrupted are taken up again. */
export function defineUnifyJobs(deps: ErasureDeps & Pick<Deps, 'jobs'>): void {
  defineMassErasureJob(deps);
  deps.jobs.define({
    name: finishErasures,
    cron: '*/10 * * * *',
    async run() {
      await resumeErasures(deps);
      await resumeMassErasures(deps);
      return { done: true };
    },
  });
}

/** Asks for them now; call once after the jobs have started. */
export const finishErasuresNow = ({ jobs }: Pick<Deps, 'jobs'>): Promise<void> =>
  jobs.send(finishErasures, {}, { key: 'start' });
