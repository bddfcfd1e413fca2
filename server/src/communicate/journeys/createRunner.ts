import type { Clock, Log } from '../../platform/index.ts';

/** News of other processes are seen within this; what this one knows of is acted on at its moment. */
const lookAgainMs = 5_000;
/** After a failure (an engine away). */
const retryMs = 2_000;

/**
 * Works when rung, and when the next moment has come: an idle journey costs one look in five seconds, into empty indexes. `work` does
 * whatever can be done and returns when something can be done next, or null. One at a time.
 */
export function createRunner(deps: { clock: Clock; log: Log }, work: () => Promise<Date | null>) {
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = true;

  const arm = (waitMs: number): void => {
    if (timer !== null) clearTimeout(timer);
    if (stopped) return;
    timer = setTimeout(ring, waitMs);
    timer.unref();
  };

  const turn = async (): Promise<void> => {
    let waitMs = lookAgainMs;
    do {
      again = false;
      try {
        const next = await work();
        waitMs =
          next === null ? lookAgainMs : Math.max(0, Math.min(next.getTime() - deps.clock.now().getTime(), lookAgainMs));
      } catch (error) {
        deps.log.error({ err: error }, 'journeys could not go on; trying again');
        waitMs = retryMs;
      }
    } while (again && !stopped);
    // Here and not in a callback: whoever rings before it had run would not be heard.
    running = null;
    arm(waitMs);
  };

  const ring = (): void => {
    again = true;
    if (!stopped) running ??= turn();
  };

  return {
    ring,
    start(): void {
      stopped = false;
      ring();
    },
    async stop(): Promise<void> {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await running;
    },
  };
}
