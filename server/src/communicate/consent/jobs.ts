import type { Deps } from '../../platform/index.ts';
import type { ConsentDeps } from './changeConsents.ts';
import { sweepConsents } from './deriveConsents.ts';
import { resumePauses } from './resumePauses.ts';

const sweepJob = 'communicate.sweepConsents';
const pauseJob = 'communicate.resumePauses';

/** Consents in the background: what profiles said before the ledger was there, and pauses that end. */
export function defineConsentJobs(deps: ConsentDeps & Pick<Deps, 'jobs'>): void {
  deps.jobs.define({
    name: sweepJob,
    cron: '*/5 * * * *',
    async run(_, signal) {
      return (await sweepConsents(deps, signal)) ? { done: true } : { skipped: 'stopping' };
    },
  });
  deps.jobs.define({
    name: pauseJob,
    cron: '*/10 * * * *',
    async run() {
      await resumePauses(deps);
      return { done: true };
    },
  });
}

/** The categories of a workspace changed: its profiles are looked through now rather than in some minutes. */
export const sweepSoon = (deps: Pick<Deps, 'jobs'>): Promise<void> => deps.jobs.send(sweepJob, {}, { key: 'sweep' });
