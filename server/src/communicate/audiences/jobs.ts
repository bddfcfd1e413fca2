import type { Deps } from '../../platform/index.ts';
import { listDueAdAudiences } from './sql/audiences.pg.ts';
import { lookEveryMs, type SyncDeps, syncAudience } from './syncAudience.ts';

const syncJob = 'communicate.syncAdAudience';

/** Every minute, audiences that have something to do; each by a job of its own, one at a time. */
export function defineAudienceJobs(deps: SyncDeps & Pick<Deps, 'jobs'>): void {
  deps.jobs.define<{ workspace: number; id: number }>({
    name: syncJob,
    concurrency: 2,
    // A failure has its own waiting time in the row.
    retries: 0,
    expireSeconds: 300,
    run: ({ workspace, id }, signal) => syncAudience(deps, { workspace, id }, signal),
  });
  deps.jobs.define({
    name: 'communicate.findDueAdAudiences',
    cron: '* * * * *',
    retries: 0,
    async run() {
      const now = deps.clock.now();
      const due = await deps.pg.rows(listDueAdAudiences, {
        now,
        lookedBefore: new Date(now.getTime() - lookEveryMs),
      });
      for (const { workspace_id, id } of due) await syncSoon(deps, workspace_id, id);
      return due.length > 0 ? { done: true } : { skipped: 'nothing_due' };
    },
  });
}

/** An audience was set up or changed, or somebody asks for it. */
export const syncSoon = (deps: Pick<Deps, 'jobs'>, workspace: number, id: number): Promise<void> =>
  deps.jobs.send(syncJob, { workspace, id }, { key: `${workspace}/${id}` });
