import { setTimeout as sleep } from 'node:timers/promises';
import type PgBoss from 'pg-boss';
import { type RunDeps, runJob } from './runJob.ts';
import { findDueQueues } from './sql/findDueQueues.pg.ts';
import { releaseJobs } from './sql/keepJobs.pg.ts';
import type { JobDefinition, JobPayload } from './types.ts';

/** Fetches due jobs and runs them, each queue up to its concurrency. */
export interface Worker {
  /** Look now: something was queued, or a place became free. */
  wake(): void;
  /** Tells running jobs to stop, waits for them, and puts back those that do not end in time. */
  stop(graceSeconds: number): Promise<void>;
}

interface Running {
  readonly name: string;
  readonly id: string;
  readonly ended: Promise<void>;
}

export function createWorker(
  deps: RunDeps & { definitions: ReadonlyMap<string, JobDefinition<JobPayload>>; pollMs: number },
): Worker {
  const { boss, pg, log, definitions } = deps;
  const running = new Set<Running>();
  const leftOver = new Set<Running>();
  const shutdown = new AbortController();
  let looking: Promise<void> | null = null;
  let again = false;
  let silent = false;

  const freePlaces = ({ name, concurrency = 1 }: JobDefinition<JobPayload>): number =>
    concurrency - [...running].filter((job) => job.name === name).length;

  function begin(definition: JobDefinition<JobPayload>, job: PgBoss.JobWithMetadata<JobPayload>): void {
    const entry: Running = {
      name: job.name,
      id: job.id,
      ended: runJob(deps, definition, job, shutdown.signal).then((recorded) => {
        running.delete(entry);
        if (!recorded) leftOver.add(entry);
        wake();
      }),
    };
    running.add(entry);
  }

  async function look(): Promise<void> {
    const free = [...definitions.values()].filter((definition) => freePlaces(definition) > 0);
    if (free.length === 0) return;
    for (const { name } of await pg.rows(findDueQueues, { names: free.map((definition) => definition.name) })) {
      const definition = definitions.get(name);
      if (definition === undefined || shutdown.signal.aborted) continue;
      const batchSize = freePlaces(definition);
      for (const job of await boss.fetch<JobPayload>(name, { batchSize, includeMetadata: true }))
        begin(definition, job);
    }
  }

  async function lookUntilQuiet(): Promise<void> {
    try {
      do {
        again = false;
        await look();
      } while (again && !shutdown.signal.aborted);
      silent = false;
    } catch (error) {
      // Once, not at every poll: while PostgreSQL is away there is nothing else to say.
      if (!silent) log.warn({ err: error }, 'jobs cannot be fetched at the moment');
      silent = true;
      again = false;
    }
  }

  function wake(): void {
    if (shutdown.signal.aborted) return;
    again = true;
    looking ??= lookUntilQuiet().finally(() => {
      looking = null;
      if (again) wake();
    });
  }

  const poll = setInterval(wake, deps.pollMs);

  /** Everything fetched and not finished waits again, for the next start or another process. */
  async function release(): Promise<void> {
    for (const job of running) leftOver.add(job);
    for (const name of new Set([...leftOver].map((job) => job.name))) {
      const ids = [...leftOver].filter((job) => job.name === name).map((job) => job.id);
      try {
        await pg.run(releaseJobs, { name, ids });
      } catch (error) {
        log.warn({ err: error, job: name }, 'unfinished jobs could not be put back; they wait for their time limit');
      }
    }
  }

  return {
    wake,
    async stop(graceSeconds) {
      clearInterval(poll);
      shutdown.abort();
      await looking;
      const patience = new AbortController();
      await Promise.race([
        Promise.all([...running].map((job) => job.ended)),
        sleep(graceSeconds * 1000, undefined, { signal: patience.signal }).catch(() => undefined),
      ]);
      patience.abort();
      await release();
    },
  };
}
