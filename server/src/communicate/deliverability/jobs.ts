import type { Deps } from '../../platform/index.ts';
import { deleteOldSandboxMessages } from '../channels/sql/storedMessages.pg.ts';
import { pullBrakes } from './brake.ts';

const keptMs = 30 * 86_400_000;

/** Looks every minute whether a channel must stop; clears the sandbox every night. */
export function defineDeliverabilityJobs(
  deps: Pick<Deps, 'pg' | 'clock' | 'log' | 'jobs'> & { readonly forget: (workspace: number) => void },
): void {
  deps.jobs.define({
    name: 'communicate.pullBrakes',
    cron: '* * * * *',
    retries: 0,
    expireSeconds: 120,
    async run() {
      await pullBrakes(deps);
      return { done: true };
    },
  });
  deps.jobs.define({
    name: 'communicate.clearSandbox',
    cron: '20 2 * * *',
    expireSeconds: 300,
    async run() {
      await deps.pg.run(deleteOldSandboxMessages, { before: new Date(deps.clock.now().getTime() - keptMs) });
      return { done: true };
    },
  });
}
