import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { dueTick, tickId } from './dueTick.ts';
import type { JobDefinition, JobPayload } from './types.ts';

/** Queues recurring jobs when their time comes. Every process may run one: a tick is queued once. */
export interface Scheduler {
  start(jobs: readonly JobDefinition<JobPayload>[]): void;
  stop(): void;
}

const everyMs = 20_000;

export function createScheduler(deps: {
  send(name: string, payload: JobPayload, options: { id: string }): Promise<void>;
  clock: Clock;
  log: Log;
}): Scheduler {
  let timer: NodeJS.Timeout | null = null;
  const sent = new Map<string, string>();

  async function sendDue(name: string, cron: string): Promise<void> {
    const tick = dueTick(cron, deps.clock.now());
    if (tick === null) return;
    const id = tickId(name, tick);
    if (sent.get(name) === id) return;
    try {
      await deps.send(name, {}, { id });
      sent.set(name, id);
    } catch (error) {
      deps.log.warn({ err: error, job: name }, 'a recurring job could not be queued; trying again');
    }
  }

  return {
    start(jobs) {
      const recurring = jobs.flatMap(({ name, cron }) => (cron === undefined ? [] : [{ name, cron }]));
      // A wrong expression is a mistake in the program: it shows at the start.
      for (const { cron } of recurring) dueTick(cron, deps.clock.now());
      if (recurring.length === 0) return;
      const sendAll = () => {
        for (const { name, cron } of recurring) void sendDue(name, cron);
      };
      timer = setInterval(sendAll, everyMs);
      timer.unref();
      sendAll();
    },
    stop() {
      if (timer !== null) clearInterval(timer);
      timer = null;
    },
  };
}
