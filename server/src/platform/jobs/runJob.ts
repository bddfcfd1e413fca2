import { setTimeout as sleep } from 'node:timers/promises';
import type PgBoss from 'pg-boss';
import { Fault } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Pg } from '../postgres/index.ts';
import { touchJob } from './sql/keepJobs.pg.ts';
import type { JobDefinition, JobPayload } from './types.ts';

export interface RunDeps {
  readonly boss: PgBoss;
  readonly pg: Pg;
  readonly log: Log;
}

export const defaultExpireSeconds = 60;

/** A result that cannot be written because PostgreSQL restarts is written when it is back. */
async function persist(deps: RunDeps, write: () => Promise<unknown>, signal: AbortSignal): Promise<boolean> {
  for (let delay = 100; ; delay = Math.min(delay * 2, 5_000)) {
    try {
      await write();
      return true;
    } catch (error) {
      // Not written: the job is run again once its time limit has passed.
      if (signal.aborted || !(error instanceof Fault && error.kind === 'unavailable')) {
        deps.log.error({ err: error }, 'the result of a job could not be written');
        return false;
      }
      await sleep(delay, undefined, { ref: false });
    }
  }
}

/** What may be kept of an error: messages of databases and parsers quote values, which may be personal. */
function describeError(error: unknown): { name: string; code?: string } {
  if (error instanceof Fault) return { name: error.name, code: error.code };
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return code === undefined ? { name: error.name } : { name: error.name, code };
}

/** While the job runs it shows a sign of life, and stops when somebody else was given the job in the meantime. */
function keepAlive(deps: RunDeps, name: string, id: string, expireSeconds: number, stop: AbortController) {
  const timer = setInterval(
    () => {
      deps.pg.run(touchJob, { name, id }).then(
        (touched) => touched === 0 && stop.abort(),
        (error: unknown) => deps.log.debug({ err: error, job: name }, 'no sign of life could be written'),
      );
    },
    (expireSeconds * 1000) / 3,
  );
  timer.unref();
  return () => clearInterval(timer);
}

/**
 * Runs one fetched job to its end and records how it ended. Never throws. False when nothing was recorded, because the
 * shutdown made the job fail or PostgreSQL is away: the job must be put back.
 */
export async function runJob(
  deps: RunDeps,
  definition: JobDefinition<JobPayload>,
  job: PgBoss.JobWithMetadata<JobPayload>,
  shutdown: AbortSignal,
): Promise<boolean> {
  const { boss, log } = deps;
  const { name, id } = job;
  const stop = new AbortController();
  const forward = () => stop.abort();
  shutdown.addEventListener('abort', forward, { once: true });
  const rest = keepAlive(deps, name, id, definition.expireSeconds ?? defaultExpireSeconds, stop);
  const started = performance.now();
  try {
    const outcome = await definition.run(job.data, stop.signal);
    const ms = Math.round(performance.now() - started);
    if ('skipped' in outcome) log.info({ job: name, id, ms, reason: outcome.skipped }, 'a job was skipped');
    else log.debug({ job: name, id, ms }, 'a job is done');
    return await persist(deps, () => boss.complete(name, id, outcome), shutdown);
  } catch (error) {
    if (shutdown.aborted) return false;
    const triesLeft = job.retryLimit - job.retryCount;
    log.error(
      { err: error, job: name, id, triesLeft },
      triesLeft > 0 ? 'a job failed; it is tried again' : 'a job failed for good',
    );
    return await persist(deps, () => boss.fail(name, id, describeError(error)), shutdown);
  } finally {
    rest();
    shutdown.removeEventListener('abort', forward);
  }
}
