import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { poll } from '../../../test/poll.ts';
import { silentLog, useStores } from '../../../test/stores.ts';
import { systemClock } from '../clock.ts';
import type { Log } from '../log.ts';
import { createPgBossJobs } from './createPgBossJobs.ts';
import type { JobPayload, Jobs } from './types.ts';

const deps = useStores();
const opened: Jobs[] = [];

function createJobs(options: { alone?: boolean; log?: Log; pollMs?: number } = {}): Jobs {
  const jobs = createPgBossJobs({ pg: deps.pg, log: silentLog, clock: systemClock, alone: true, ...options });
  opened.push(jobs);
  return jobs;
}

afterEach(async () => {
  for (const jobs of opened.splice(0)) await jobs.stop(1);
});

const everything = { workers: true, schedules: true };
const done = { done: true } as const;

/** A job that only takes note of being run. */
const count = (note: (payload: JobPayload) => void) => async (payload: JobPayload) => {
  note(payload);
  return done;
};

async function countJobs(name: string): Promise<Record<string, number>> {
  const { rows } = await deps.pg.pool.query<{ state: string; count: number }>(
    'select state, count(*) as count from jobs.job where name = $1 group by state',
    [name],
  );
  return Object.fromEntries(rows.map((row) => [row.state, row.count]));
}

test('a job sent by this process starts without waiting for a poll', async () => {
  const jobs = createJobs({ pollMs: 3_600_000 });
  const seen: unknown[] = [];
  jobs.define({ name: 'now', run: count((payload) => seen.push(payload)) });
  await jobs.start(everything);
  await jobs.send('now', { id: 7, text: 'x' });
  await poll('the job to run', () => seen.length === 1);
  expect(seen).toEqual([{ id: 7, text: 'x' }]);
  expect(await poll('the result', async () => ((await countJobs('now')).completed === 1 ? 1 : null))).toBe(1);
});

test('a job sent by another process wakes this one', async () => {
  const sender = createJobs({ alone: false });
  const worker = createJobs({ alone: false, pollMs: 3_600_000 });
  let runs = 0;
  for (const jobs of [sender, worker]) jobs.define({ name: 'other', run: count(() => runs++) });
  await sender.start({ workers: false, schedules: false });
  await worker.start(everything);
  await sender.send('other', {});
  await poll('the job to run', () => runs === 1);
});

test('a second job of the same key is not queued while the first waits or runs, and is queued after', async () => {
  const jobs = createJobs();
  let runs = 0;
  let finish = (): void => undefined;
  jobs.define({
    name: 'keyed',
    concurrency: 4,
    run: async () => {
      runs++;
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return done;
    },
  });
  await jobs.start(everything);
  await Promise.all(Array.from({ length: 8 }, () => jobs.send('keyed', { id: 1 }, { key: 'one' })));
  await poll('the job to run', () => runs === 1);
  await jobs.send('keyed', { id: 1 }, { key: 'one' });
  expect(await countJobs('keyed')).toEqual({ active: 1 });
  finish();
  await poll('the job to end', async () => (await countJobs('keyed')).completed === 1);
  await jobs.send('keyed', { id: 1 }, { key: 'one' });
  await poll('the next job to run', () => runs === 2);
  finish();
});

test('a job that throws is tried again later and then given up', async () => {
  const jobs = createJobs();
  const tries: number[] = [];
  jobs.define({
    name: 'failing',
    retries: 1,
    run: async () => {
      tries.push(performance.now());
      throw new Error('somebody@example.com is not a number');
    },
  });
  await jobs.start(everything);
  await jobs.send('failing', {});
  await poll('the job to be given up', async () => (await countJobs('failing')).failed === 1, { timeoutMs: 15_000 });
  expect(tries).toHaveLength(2);
  const [first = 0, second = 0] = tries;
  expect(second - first).toBeGreaterThan(1_500);
  const { rows } = await deps.pg.pool.query("select output from jobs.job where name = 'failing'");
  expect(rows).toEqual([{ output: { name: 'Error' } }]);
});

test('a skipped job is done and its reason is logged', async () => {
  const lines: object[] = [];
  const log: Log = { ...silentLog, info: (fields) => void lines.push(fields), child: () => log };
  const jobs = createJobs({ log });
  jobs.define({ name: 'skipping', run: async () => ({ skipped: 'nothing_to_do' }) });
  await jobs.start(everything);
  await jobs.send('skipping', {});
  await poll('the job to end', async () => (await countJobs('skipping')).completed === 1);
  expect(lines).toMatchObject([{ job: 'skipping', reason: 'nothing_to_do' }]);
});

test('at most `concurrency` jobs of a name run at once', async () => {
  const jobs = createJobs();
  let current = 0;
  let most = 0;
  jobs.define({
    name: 'narrow',
    concurrency: 2,
    run: async () => {
      most = Math.max(most, ++current);
      await sleep(30);
      current--;
      return done;
    },
  });
  await jobs.start(everything);
  for (let index = 0; index < 7; index++) await jobs.send('narrow', { index });
  await poll('all to end', async () => (await countJobs('narrow')).completed === 7);
  expect(most).toBe(2);
});

test('stop aborts the signal, waits for a job that ends in time and keeps its result', async () => {
  const jobs = createJobs();
  let running = false;
  jobs.define({
    name: 'polite',
    run: async (_, signal) => {
      running = true;
      await sleep(10_000, undefined, { signal }).catch(() => undefined);
      await sleep(100);
      return done;
    },
  });
  await jobs.start(everything);
  await jobs.send('polite', {});
  await poll('the job to run', () => running);
  await jobs.stop(5);
  expect(await countJobs('polite')).toEqual({ completed: 1 });
});

test('a job that the stop interrupts waits for the next start without losing a try', async () => {
  const run = async (_: unknown, signal: AbortSignal) => {
    starts++;
    await sleep(starts === 1 ? 10_000 : 0, undefined, { signal });
    return done;
  };
  let starts = 0;
  const first = createJobs();
  first.define({ name: 'interrupted', retries: 0, run });
  await first.start(everything);
  await first.send('interrupted', {});
  await poll('the job to run', () => starts === 1);
  await first.stop(1);
  expect(await countJobs('interrupted')).toEqual({ created: 1 });
  const second = createJobs();
  second.define({ name: 'interrupted', retries: 0, run });
  await second.start(everything);
  await poll('the job to end', async () => (await countJobs('interrupted')).completed === 1);
});

test('what a killed process left running starts again at once when nobody else works here', async () => {
  const jobs = createJobs();
  let runs = 0;
  jobs.define({ name: 'orphan', run: count(() => runs++) });
  await jobs.start({ workers: false, schedules: false });
  await jobs.send('orphan', {});
  await deps.pg.pool.query("update jobs.job set state = 'active', started_on = now() where name = 'orphan'");
  const next = createJobs();
  next.define({ name: 'orphan', run: count(() => runs++) });
  await next.start(everything);
  await poll('the job to run', () => runs === 1);
});

test('a recurring job is queued once per tick by any number of processes', async () => {
  let runs = 0;
  const both = [createJobs({ alone: false }), createJobs({ alone: false })];
  for (const jobs of both) {
    jobs.define({ name: 'hourly', cron: '0 * * * *', run: count(() => runs++) });
    await jobs.start(everything);
  }
  await poll('the job to run', () => runs > 0);
  await sleep(200);
  expect(runs).toBe(1);
});

test('a delayed job does not run before its time', async () => {
  const jobs = createJobs();
  let ranAt = 0;
  jobs.define({
    name: 'later',
    run: count(() => {
      ranAt = performance.now();
    }),
  });
  await jobs.start(everything);
  const sent = performance.now();
  await jobs.send('later', {}, { afterSeconds: 1 });
  await poll('the job to run', () => ranAt > 0);
  expect(ranAt - sent).toBeGreaterThan(990);
});

test('sending an unknown job is a mistake in the program and throws', async () => {
  const jobs = createJobs();
  await jobs.start({ workers: false, schedules: false });
  await expect(jobs.send('unknown', {})).rejects.toThrow('job unknown is not defined');
});

test('a job that takes long shows signs of life, and stops when it was given to somebody else', async () => {
  const jobs = createJobs();
  let aborted = false;
  jobs.define({
    name: 'long',
    expireSeconds: 1,
    run: async (_, signal) => {
      await sleep(20_000, undefined, { signal }).catch(() => undefined);
      aborted = signal.aborted;
      return done;
    },
  });
  await jobs.start(everything);
  await jobs.send('long', {});
  const readStart = async () => {
    const { rows } = await deps.pg.pool.query<{ at: Date }>(
      "select started_on as at from jobs.job where name = 'long' and state = 'active'",
    );
    return rows[0]?.at.getTime() ?? null;
  };
  const begun = await poll('the job to run', readStart);
  await poll('two signs of life', async () => ((await readStart()) ?? 0) > begun + 600);
  await deps.pg.pool.query("update jobs.job set state = 'cancelled' where name = 'long'");
  await poll('the job to be told', () => aborted);
});
