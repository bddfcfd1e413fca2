import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { Fault } from '../errors.ts';
import { findHolder, lockDataDir } from './lock.ts';

/** A data directory that this process alone holds. */
export interface DataDir {
  /** Absolute, without symbolic links. */
  readonly path: string;
  /** For `Deps.filesDir`. */
  readonly filesDir: string;
  /** For chDB. */
  readonly analyticsDir: string;
  /** Tells commands on this machine where the running server listens; returns the token they show. */
  announce(address: string): string;
  release(): void;
}

const controlShape = z.object({ address: z.url(), token: z.string().min(32) });

/** How a command on this machine speaks to the running server. */
export type Control = z.output<typeof controlShape>;

const controlPath = (dataDir: string): string => join(dataDir, 'control.json');

function makeFolder(path: string, mode: number): void {
  try {
    mkdirSync(path, { recursive: true, mode });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new Fault(
      'unavailable',
      'platform.data_dir_unusable',
      `The data directory ${path} cannot be created (${code}). Set VITRAIL_DATA_DIR to a folder this user may write to.`,
      { cause: error },
    );
  }
}

/** Creates the data directory when it is missing and locks it. `address` is where this process is going to listen. */
export async function openDataDir(options: { path: string; address: string; clock: Clock }): Promise<DataDir> {
  // The embedded PostgreSQL of a root process runs as another user, who must be able to pass through.
  makeFolder(options.path, process.getuid?.() === 0 ? 0o711 : 0o700);
  const path = realpathSync(options.path);
  const unlock = await lockDataDir(path, options.address, options.clock.now());
  const filesDir = join(path, 'files');
  const analyticsDir = join(path, 'clickhouse');
  try {
    // A killed server leaves its own, whose token nobody honours any more.
    rmSync(controlPath(path), { force: true });
    for (const folder of [filesDir, analyticsDir]) makeFolder(folder, 0o700);
  } catch (error) {
    unlock();
    throw error;
  }
  return {
    path,
    filesDir,
    analyticsDir,
    announce(address) {
      const control: Control = { address, token: randomBytes(32).toString('base64url') };
      const partial = `${controlPath(path)}.partial`;
      rmSync(partial, { force: true });
      writeFileSync(partial, `${JSON.stringify(control)}\n`, { mode: 0o600, flag: 'wx' });
      renameSync(partial, controlPath(path));
      return control.token;
    },
    release() {
      rmSync(controlPath(path), { force: true });
      unlock();
    },
  };
}

/** How to reach the server that holds `dataDir`; null when none runs or it does not listen yet. */
export function findControl(dataDir: string): Control | null {
  if (findHolder(dataDir) === null) return null;
  try {
    return controlShape.parse(JSON.parse(readFileSync(controlPath(dataDir), 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
