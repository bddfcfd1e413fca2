import type { Deps } from '../../platform/index.ts';
import { refreshRfm } from './refreshRfm.ts';
import { listAllWorkspaces } from './sql/rfm.pg.ts';

const refreshAll = 'decide.refreshRfm';
const refreshOne = 'decide.refreshRfmOf';

/** Every night, before the recompute of segments: thresholds follow the buyers, and changes are noted. */
export function defineRfmJobs(deps: Pick<Deps, 'pg' | 'ch' | 'clock' | 'jobs'>): void {
  deps.jobs.define({
    name: refreshAll,
    cron: '10 1 * * *',
    expireSeconds: 300,
    async run(_, signal) {
      for (const { id } of await deps.pg.rows(listAllWorkspaces, {})) {
        if (signal.aborted) return { skipped: 'stopping' };
        await refreshRfm(deps, id);
      }
      return { done: true };
    },
  });
  deps.jobs.define<{ workspace: number }>({
    name: refreshOne,
    expireSeconds: 300,
    async run({ workspace }) {
      await refreshRfm(deps, workspace);
      return { done: true };
    },
  });
}

/** Asks for one workspace now. */
export const refreshRfmNow = ({ jobs }: Pick<Deps, 'jobs'>, workspace: number): Promise<void> =>
  jobs.send(refreshOne, { workspace }, { key: String(workspace) });
