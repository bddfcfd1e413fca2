import type { Deps } from '../../platform/index.ts';
import { listAllWorkspaces } from '../rfm/sql/rfm.pg.ts';
import { refreshHabits } from './refreshHabits.ts';

const refreshOne = 'decide.refreshHabitsOf';

/** Every night, one workspace after the other. */
export function defineHabitJobs(deps: Pick<Deps, 'pg' | 'ch' | 'clock' | 'jobs'>): void {
  deps.jobs.define({
    name: 'decide.refreshHabits',
    cron: '40 1 * * *',
    expireSeconds: 60,
    async run() {
      for (const { id } of await deps.pg.rows(listAllWorkspaces, {})) await refreshHabitsNow(deps, id);
      return { done: true };
    },
  });
  deps.jobs.define<{ workspace: number }>({
    name: refreshOne,
    expireSeconds: 900,
    async run({ workspace }) {
      await refreshHabits(deps, workspace);
      return { done: true };
    },
  });
}

/** Asks for one workspace now. */
export const refreshHabitsNow = ({ jobs }: Pick<Deps, 'jobs'>, workspace: number): Promise<void> =>
  jobs.send(refreshOne, { workspace }, { key: String(workspace) });
