import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { type Cluster, engineEnv } from './cluster.ts';
import { readPostmaster } from './survivor.ts';

/** One running PostgreSQL. */
export interface EngineProcess {
  readonly pid: number;
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Fast shutdown: sessions are cut, committed work is kept. */
  stop(): Promise<void>;
}

/** Recovery after a crash may read a lot of log; while the process lives there is no reason to give up early. */
const startLimitMs = 300_000;
const stopLimitMs = 30_000;

/**
 * Ends the engine when we die without a word: it waits on a pipe that only we hold open. `$1` is the database folder,
 * `$2` the process; the check keeps it from hitting a stranger that was given the same number.
 */
const watchScript = 'read -r _; [ "$(head -n 1 "$1/postmaster.pid")" = "$2" ] && kill -INT "$2"';

function watchOver(cluster: Cluster, pid: number): ChildProcess {
  const watcher = spawn('/bin/sh', ['-c', watchScript, 'vitrail-watch', cluster.data, String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    env: engineEnv(),
    ...cluster.account,
  });
  watcher.unref();
  return watcher;
}

function forwardLog(child: ChildProcess, log: Log): string[] {
  const recent: string[] = [];
  if (child.stderr === null) return recent;
  createInterface({ input: child.stderr }).on('line', (line) => {
    recent.push(line);
    if (recent.length > 10) recent.shift();
    if (line.startsWith('PANIC:')) log.error({ line }, 'PostgreSQL reports');
    else log.debug({ line }, 'PostgreSQL reports');
  });
  return recent;
}

async function waitUntilReady(data: string, pid: number, isOver: () => boolean): Promise<boolean> {
  for (const end = Date.now() + startLimitMs; Date.now() < end && !isOver(); await sleep(10)) {
    const found = readPostmaster(data);
    if (found?.pid === pid && found.ready) return true;
  }
  return false;
}

/** Starts PostgreSQL and waits until it takes connections; throws a `Fault` with its last words otherwise. */
export async function startEngineProcess(cluster: Cluster, log: Log): Promise<EngineProcess> {
  // In its own session: Ctrl-C in a terminal reaches us alone, and we stop it after our own work is done.
  const child = spawn(cluster.postgres, ['-D', cluster.data], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
    env: engineEnv(),
    cwd: cluster.data,
    ...cluster.account,
  });
  const recent = forwardLog(child, log);
  let over = false;
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      over = true;
      resolve();
    };
    child.once('exit', end);
    child.once('error', (error) => {
      recent.push(error.message);
      end();
    });
  });
  const { pid } = child;
  const watcher = pid === undefined ? null : watchOver(cluster, pid);
  const started = pid !== undefined && (await waitUntilReady(cluster.data, pid, () => over));
  void ended.then(() => watcher?.kill('SIGKILL'));
  if (!started || pid === undefined) {
    child.kill('SIGQUIT');
    await ended;
    throw new Fault(
      'unavailable',
      'platform.database_not_started',
      `The embedded PostgreSQL in ${cluster.data} did not start: ${recent.join(' | ') || 'it said nothing'}`,
    );
  }
  return {
    pid,
    ended,
    async stop() {
      if (over) return;
      const late = setTimeout(() => child.kill('SIGQUIT'), stopLimitMs);
      child.kill('SIGINT');
      await ended;
      clearTimeout(late);
    },
  };
}
