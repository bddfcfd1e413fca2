import type { Deps } from '../../platform/index.ts';
import { openWarmUpDay, releaseWarmUp, reserveWarmUp } from './sql/providers.pg.ts';
import { allowedOn, dayIn, type WarmUp } from './warmUp.ts';

/** Counts what a provider that is warming up may still take today; processes share the count. */
export function createWarmUpPlaces(deps: Pick<Deps, 'pg' | 'clock' | 'log'>) {
  return {
    dayOf: (timeZone: string): string => dayIn(timeZone, deps.clock.now()),
    /** How many of `wanted` may go; 0 when it cannot be found out, since they can go later. */
    async reserve(workspace: number, provider: number, plan: WarmUp, day: string, wanted: number): Promise<number> {
      const allowed = allowedOn(plan, day);
      if (wanted === 0 || allowed === 0) return 0;
      try {
        await deps.pg.run(openWarmUpDay, { workspace, provider, day });
        const granted = await deps.pg.row(reserveWarmUp, { workspace, provider, day, wanted, allowed });
        return granted?.granted ?? 0;
      } catch (error) {
        deps.log.error({ err: error, workspace, provider }, 'the warm-up of a provider could not be counted');
        return 0;
      }
    },
    async release(workspace: number, provider: number, day: string, unused: number): Promise<void> {
      if (unused <= 0) return;
      await deps.pg.run(releaseWarmUp, { workspace, provider, day, unused }).catch((error: unknown) => {
        // The day ends with fewer messages than it could have had; nothing worse.
        deps.log.warn({ err: error, workspace, provider }, 'places of a warm-up were not given back');
      });
    },
  };
}
export type WarmUpPlaces = ReturnType<typeof createWarmUpPlaces>;
