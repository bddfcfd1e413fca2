import type { Clock, Log } from '../../platform/index.ts';

/** Moments written by another process are seen within this. */
const lookAgainMs = 60_000;
/** After a failure (an engine away). */
const retryMs = 5_000;

/**
 * Wakes up when the next person must be asked again, and not before: with nobody due it costs one look a minute. `work`
 * asks everyone whose moment has come and returns the next moment, in milliseconds since 1970, or null.
 */
export function createDueTimer(deps: { clock: Clock; log: Log }, work: () => Promise<number | null>) {
  let timer: NodeJS.Timeout | null = null;
  let wakesAt = Number.POSITIVE_INFINITY;
  let running: Promise<void> | null = null;
  let stopped = true;

  const arm = (at: number): void => {
    if (stopped || at >= wakesAt) return;
    if (timer !== null) clearTimeout(timer);
    wakesAt = at;
    timer = setTimeout(wake, Math.max(0, Math.min(at - deps.clock.now().getTime(), lookAgainMs)));
    timer.unref();
  };

  const wake = (): void => {
    timer = null;
    wakesAt = Number.POSITIVE_INFINITY;
    // A moment noted while the work runs must not be overwritten by the older one it comes back with: `arm` takes the earlier.
    running ??= work()
      .catch((error: unknown): number => {
        deps.log.error({ err: error }, 'people whose moment had come could not be asked again; trying again');
        return deps.clock.now().getTime() + retryMs;
      })
      .then((next) => {
        running = null;
        arm(Math.min(next ?? Number.POSITIVE_INFINITY, deps.clock.now().getTime() + lookAgainMs));
      });
  };

  return {
    start(): void {
      stopped = false;
      arm(0);
    },
    /** Somebody must be asked again at this moment. */
    note(at: number): void {
      arm(at);
    },
    async stop(): Promise<void> {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await running;
    },
  };
}
