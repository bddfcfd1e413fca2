import type { Deps } from '../../platform/index.ts';
import { endPoints } from './points.ts';
import { takeAllOrders } from './takeOrders.ts';
import { type TellDeps, tellAllPoints, tellFallenTiers } from './tellPoints.ts';

const takeJob = 'communicate.takeOrders';
const endJob = 'communicate.endPoints';

/** Orders under new rules, and points that end. */
export function defineOfferJobs(deps: TellDeps & Pick<Deps, 'jobs'>): void {
  deps.jobs.define<{ workspace: number }>({
    name: takeJob,
    expireSeconds: 300,
    async run({ workspace }, signal) {
      await takeAllOrders(deps, workspace, signal);
      await tellAllPoints(deps, workspace, signal);
      return signal.aborted ? { skipped: 'stopping' } : { done: true };
    },
  });
  deps.jobs.define({
    name: endJob,
    cron: '40 0 * * *',
    async run() {
      await endPoints(deps);
      await tellFallenTiers(deps);
      return { done: true };
    },
  });
}

/** The rules, or the codes of a workspace changed: its orders are looked through. */
export const takeOrdersSoon = (deps: Pick<Deps, 'jobs'>, workspace: number): Promise<void> =>
  deps.jobs.send(takeJob, { workspace }, { key: String(workspace) });
