import type { Pool } from 'pg';
import PgBoss from 'pg-boss';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { createTransactionPg } from '../postgres/createPg.ts';
import type { PgStore } from '../postgres/index.ts';
import { toPgFault } from '../postgres/pgFault.ts';
import { runTransaction } from '../postgres/runTransaction.ts';
import { createScheduler } from './createScheduler.ts';
import { createWorker, type Worker } from './createWorker.ts';
import { defaultExpireSeconds } from './runJob.ts';
import { findLiveJob, lockJobKey } from './sql/findLiveJob.pg.ts';
import { releaseOrphans } from './sql/keepJobs.pg.ts';
import type { JobDefinition, JobPayload, Jobs } from './types.ts';

const schema = 'jobs';
/** Tells the workers of every process that something was queued. */
const channel = 'vitrail_jobs';

export interface PgBossJobsOptions {
  readonly pg: PgStore;
  readonly log: Log;
  readonly clock: Clock;
  /** No other process works on this database, so what is found running at the start is put back at once. */
  readonly alone: boolean;
  /** How often to look for jobs whose time has come (delays, retries); what is sent now wakes the worker at once. Default 2,000. */
  readonly pollMs?: number;
}

function createBoss(pool: Pool): PgBoss {
  const executeSql = async (text: string, values?: unknown[]) => {
    try {
      return await pool.query<Record<string, unknown>>(text, values);
    } catch (error) {
      throw toPgFault(error);
    }
  };
  return new PgBoss({
    schema,
    db: { executeSql },
    // Our own scheduler and worker replace pg-boss's, which leave promises unattended: a lost database would end us.
    schedule: false,
    supervise: true,
    maintenanceIntervalSeconds: 30,
    archiveCompletedAfterSeconds: 3_600,
    deleteAfterDays: 14,
  });
}

/** Creates or upgrades pg-boss's tables. Safe to repeat and to race. */
export async function installJobs(pool: Pool): Promise<void> {
  const boss = createBoss(pool);
  await boss.start();
  await boss.stop({ graceful: false, close: false });
}

const queueOptions = (job: JobDefinition<JobPayload>): PgBoss.Queue => ({
  name: job.name,
  policy: 'standard',
  retryLimit: job.retries ?? 3,
  retryDelay: 2,
  retryBackoff: true,
  expireInSeconds: job.expireSeconds ?? defaultExpireSeconds,
});

/** `Jobs` on pg-boss, schema `jobs`. */
export function createPgBossJobs({ pg, log, clock, alone, pollMs = 2_000 }: PgBossJobsOptions): Jobs {
  const definitions = new Map<string, JobDefinition<JobPayload>>();
  const boss = createBoss(pg.pool);
  boss.on('error', (error) => log.warn({ err: error }, 'pg-boss reports an error'));
  let started = false;
  let worker: Worker | null = null;
  let stopListening = async (): Promise<void> => undefined;
  const scheduler = createScheduler({ send, clock, log });

  async function createQueues(): Promise<void> {
    for (const job of definitions.values()) {
      const options = queueOptions(job);
      await boss.createQueue(job.name, options);
      await boss.updateQueue(job.name, options);
    }
  }

  async function send(name: string, payload: JobPayload, options: PgBoss.SendOptions): Promise<void> {
    if (!definitions.has(name)) throw new Error(`job ${name} is not defined`);
    if (!started) throw new Error(`job ${name} was sent before the jobs were started`);
    await runTransaction(pg.pool, async (client) => {
      const tx = createTransactionPg(client);
      const key = options.singletonKey;
      if (key !== undefined) {
        await tx.row(lockJobKey, { name, key });
        if ((await tx.row(findLiveJob, { name, key })) !== null) return;
      }
      const db = {
        executeSql: (text: string, values: unknown[]) => client.query<Record<string, unknown>>(text, values),
      };
      await boss.send(name, payload, { ...options, db });
      await client.query(`notify ${channel}`);
    });
    worker?.wake();
  }

  return {
    define(job) {
      if (started) throw new Error(`job ${job.name} is defined after the start`);
      if (definitions.has(job.name)) throw new Error(`job ${job.name} is defined twice`);
      definitions.set(job.name, job);
    },
    send(name, payload, { key, afterSeconds } = {}) {
      return send(name, payload, {
        ...(key === undefined ? {} : { singletonKey: key }),
        ...(afterSeconds === undefined ? {} : { startAfter: afterSeconds }),
      });
    },
    async start({ workers, schedules }) {
      await boss.start();
      await createQueues();
      started = true;
      if (workers) {
        if (alone) await pg.run(releaseOrphans, { names: [...definitions.keys()] });
        worker = createWorker({ boss, pg, log, definitions, pollMs });
        stopListening = await pg.listen(channel, () => worker?.wake());
        worker.wake();
      }
      if (schedules) scheduler.start([...definitions.values()]);
    },
    async stop(graceSeconds) {
      scheduler.stop();
      await worker?.stop(graceSeconds);
      await stopListening().catch((error: unknown) => log.debug({ err: error }, 'could not stop listening for jobs'));
      if (started) await boss.stop({ graceful: false, close: false });
      started = false;
      worker = null;
    },
  };
}
