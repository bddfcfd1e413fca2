import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { Fault } from '../errors.ts';
import { processStart } from './processIdentity.ts';

const holderShape = z.object({
  pid: z.int().positive(),
  /** See `processStart`. */
  processStart: z.string(),
  /** ISO instant. */
  since: z.string(),
  address: z.string(),
});

/** Who holds a data directory. */
export type Holder = z.output<typeof holderShape>;

const lockPath = (dataDir: string): string => join(dataDir, 'vitrail.lock');

function readHolder(path: string): Holder | null {
  try {
    const parsed = holderShape.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && 'code' in error && error.code === 'ENOENT'))
      return null;
    throw error;
  }
}

const isAlive = (holder: Holder): boolean => processStart(holder.pid) === holder.processStart;

/** The running process that holds `dataDir`, or null. */
export function findHolder(dataDir: string): Holder | null {
  const holder = readHolder(lockPath(dataDir));
  return holder !== null && isAlive(holder) ? holder : null;
}

function alreadyHeld(dataDir: string, { pid, since, address }: Holder): Fault {
  return new Fault(
    'conflict',
    'platform.data_dir_held',
    `The data directory ${dataDir} is held by another Vitrail: process ${pid}, since ${since}, at ${address}. ` +
      'Stop it first, or set VITRAIL_DATA_DIR to another folder.',
    { details: { pid, since, address } },
  );
}

/** Puts `mine` in place if there is no lock: the one atomic step of the file system that everybody has. */
function tryLink(mine: string, path: string): boolean {
  try {
    linkSync(mine, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Takes a dead process's lock away; gives it back when another starter was quicker and it is alive by now. */
function clearStale(path: string, aside: string): void {
  try {
    renameSync(path, aside);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
  const taken = readHolder(aside);
  if (taken !== null && isAlive(taken)) tryLink(aside, path);
  rmSync(aside, { force: true });
}

/**
 * Locks a data directory for this process until the returned function is called or the process ends, however it ends.
 * Throws a `Fault` that says who holds it.
 */
export async function lockDataDir(dataDir: string, address: string, now: Date): Promise<() => void> {
  const path = lockPath(dataDir);
  const mine = `${path}.${process.pid}`;
  const holder: Holder = {
    pid: process.pid,
    processStart: processStart(process.pid) ?? '',
    since: now.toISOString(),
    address,
  };
  writeFileSync(mine, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 20; attempt++) {
      if (tryLink(mine, path)) {
        // Several starters may clear the same stale lock at once; the dust has settled after a moment.
        if (attempt > 0) await sleep(50);
        const settled = readHolder(path);
        if (settled?.pid === holder.pid && settled.processStart === holder.processStart) {
          return () => {
            if (readHolder(path)?.pid === holder.pid) rmSync(path, { force: true });
          };
        }
      }
      const other = readHolder(path);
      if (other !== null && isAlive(other)) throw alreadyHeld(dataDir, other);
      clearStale(path, `${mine}.stale`);
    }
    throw new Fault(
      'unavailable',
      'platform.data_dir_contended',
      `Too many programs are starting in ${dataDir} at once.`,
    );
  } finally {
    rmSync(mine, { force: true });
  }
}
