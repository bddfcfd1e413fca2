import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return otherwise;
  }
}

/** Children of a process, from /proc (Linux). */
function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((candidate) => / \(.*\) \w (\d+) /s.exec(readOr(`/proc/${candidate}/stat`, ''))?.[1] === String(pid));
}

/** The embedded PostgreSQL that `server` runs: the postmaster and the sessions below it. Empty when there is none. */
export function findEngineProcesses(server: number): number[] {
  const postmaster = childrenOf(server).find((pid) =>
    readOr(`/proc/${pid}/cmdline`, '').split('\0')[0]?.endsWith('/postgres'),
  );
  return postmaster === undefined ? [] : [postmaster, ...childrenOf(postmaster)];
}

/** The postmaster that holds the database of `dataDir`, whoever started it; null when there is none. */
export function findPostmaster(dataDir: string): number | null {
  const data = join(dataDir, 'postgres', 'data');
  const pid = Number(readOr(join(data, 'postmaster.pid'), '').split('\n')[0]);
  const runs = pid > 1 && readOr(`/proc/${pid}/cmdline`, '').replaceAll('\0', ' ').includes(`-D ${data}`);
  return runs ? pid : null;
}

/** Sends a signal; a process that is gone already is what was wanted. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
