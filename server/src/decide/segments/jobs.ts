import type { Deps } from '../../platform/index.ts';
import type { Segments } from './createSegments.ts';

const applyJob = 'decide.applySegments';
const recomputeJob = 'decide.recomputeSegments';

export function defineSegmentJobs(
  { jobs }: Pick<Deps, 'jobs'>,
  segments: Pick<Segments, 'applyWaiting' | 'recompute'>,
): void {
  jobs.define({
    name: applyJob,
    // Also by the clock: an edit whose job was lost is applied all the same.
    cron: '*/10 * * * *',
    async run() {
      await segments.applyWaiting();
      return { done: true };
    },
  });
  jobs.define({
    name: recomputeJob,
    cron: '20 2 * * *',
    expireSeconds: 300,
    async run() {
      await segments.recompute();
      return { done: true };
    },
  });
}

/** Asks a worker to apply new versions now. A second call while one waits is covered by it. */
export const applySegmentsNow = ({ jobs }: Pick<Deps, 'jobs'>): Promise<void> => jobs.send(applyJob, {});
