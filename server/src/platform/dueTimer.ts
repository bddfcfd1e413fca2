import type { Clock } from './clock.ts';
import type { Log } from './log.ts';

/** Moments written by another process are seen within this. */
const lookAgainMs = 60_000;
/** After a failure (an engine away). */
const retryMs = 5_000;

/**
 * Wakes up when something is due, and not before: with nothing due it costs one look a minute. `work` does everything whose
 * moment has come and returns the next moment, in milliseconds since 1970, or null. `failed` is logged when it throws.
 */
export function createDueTimer(
  deps: { clock: Clock; log: Log },
  { work, failed }: { work: () => Promise<number | null>; failed: string },
) {
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
        deps.log.error({ err: error }, `${failed}; trying again`);
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
    /** Something will be due at this moment; 0 for at once. */
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
