import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../log.ts';

/** What `postmaster.pid` says: line 1 the process, line 8 its state. Null when there is none. */
export function readPostmaster(data: string): { pid: number; ready: boolean } | null {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return Number.isSafeInteger(pid) && pid > 1 ? { pid, ready: lines[7]?.trim() === 'ready' } : null;
  } catch {
    return null;
  }
}

function commandLine(pid: number): string {
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

/** The pid may have been given to another program since: only a PostgreSQL started on this very folder counts. */
const runsOn = (pid: number, data: string): boolean => commandLine(pid).endsWith(`postgres -D ${data}`);

async function waitUntilGone(pid: number, data: string, milliseconds: number): Promise<boolean> {
  for (const end = Date.now() + milliseconds; Date.now() < end; await sleep(20)) {
    if (!runsOn(pid, data)) return true;
  }
  return false;
}

/**
 * Stops the engine that a killed Vitrail left behind on `data`. Stopping rather than adopting: it must be our child
 * for us to see its end, and a fast shutdown and start take well under a second.
 */
export async function stopSurvivor(data: string, log: Log): Promise<void> {
  const found = readPostmaster(data);
  if (found === null) return;
  if (runsOn(found.pid, data)) {
    log.info({ pid: found.pid }, 'stopping the PostgreSQL that a former Vitrail left running');
    process.kill(found.pid, 'SIGINT');
    if (await waitUntilGone(found.pid, data, 10_000)) return;
    process.kill(found.pid, 'SIGQUIT');
    await waitUntilGone(found.pid, data, 10_000);
    return;
  }
  // The process is gone, or the number now belongs to another program, which would keep PostgreSQL from starting.
  rmSync(join(data, 'postmaster.pid'), { force: true });
}
