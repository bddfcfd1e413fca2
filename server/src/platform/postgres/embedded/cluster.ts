import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fault } from '../../errors.ts';
import type { Binaries } from './binaries.ts';
import type { Account } from './chooseHome.ts';
import { accessRules, engineSettings } from './settings.ts';

export const superuser = 'vitrail';

/** A database folder that can be started. */
export interface Cluster {
  /** PGDATA. */
  readonly data: string;
  readonly socketFolder: string;
  readonly account: Account | null;
  readonly postgres: string;
}

/** The kernel's room for a socket's path (`sun_path`): 108 bytes on Linux, 104 on macOS. */
const longestSocketPath = 100;

function makeFolder(path: string, account: Account | null): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  // In a shared folder for temporary files somebody else may have put a link there.
  if (!lstatSync(path).isDirectory())
    throw new Fault('unavailable', 'platform.not_a_folder', `${path} must be a folder.`);
  chmodSync(path, 0o700);
  if (account !== null) chownSync(path, account.uid, account.gid);
}

function chooseSocketFolder(home: string): string {
  const inside = join(home, 'run');
  if (Buffer.byteLength(join(inside, '.s.PGSQL.5432')) <= longestSocketPath) return inside;
  return join(tmpdir(), `vitrail-${createHash('sha256').update(home).digest('hex').slice(0, 16)}`);
}

/** Into a folder beside, renamed when complete: an interrupted start never leaves half a database. */
function initialise(binaries: Binaries, data: string, account: Account | null): void {
  const fresh = `${data}.new`;
  rmSync(fresh, { recursive: true, force: true });
  makeFolder(fresh, account);
  const done = spawnSync(
    binaries.initdb,
    [
      `--pgdata=${fresh}`,
      `--username=${superuser}`,
      '--auth=trust',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
    ],
    { encoding: 'utf8', env: engineEnv(), cwd: fresh, ...account },
  );
  if (done.status === 0) {
    renameSync(fresh, data);
    return;
  }
  rmSync(fresh, { recursive: true, force: true });
  const reason = done.error?.message ?? done.stderr.trim().split('\n').at(-1) ?? '';
  throw new Fault(
    'unavailable',
    'platform.database_not_created',
    `The embedded PostgreSQL could not create its database in ${data}: ${reason}`,
  );
}

/** Nothing of our environment (which holds secrets) reaches the engine. */
export const engineEnv = (): NodeJS.ProcessEnv => ({ PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' });

function checkOwnerAndVersion(data: string, binaries: Binaries): void {
  let version: string;
  try {
    version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  } catch (error) {
    throw new Fault(
      'unavailable',
      'platform.database_not_ours',
      `The database folder ${data} cannot be read by this user. Start Vitrail as the user who created it, or as root.`,
      { cause: error },
    );
  }
  if (version === binaries.major) return;
  throw new Fault(
    'unavailable',
    'platform.database_version',
    `The database in ${data} was made by PostgreSQL ${version}; this Vitrail brings ${binaries.major}. ` +
      'Export with the former version and import with this one, or set DATABASE_URL.',
  );
}

/** Creates the database folder on the first start; writes settings and access rules on every start. */
export function prepareCluster(
  home: string,
  binaries: Binaries,
  { account, durable }: { account: Account | null; durable: boolean },
): Cluster {
  const data = join(home, 'data');
  if (!existsSync(data)) initialise(binaries, data, account);
  checkOwnerAndVersion(data, binaries);
  const socketFolder = chooseSocketFolder(home);
  makeFolder(socketFolder, account);
  writeFileSync(join(data, 'postgresql.conf'), engineSettings(socketFolder, durable));
  writeFileSync(join(data, 'pg_hba.conf'), accessRules);
  return { data, socketFolder, account, postgres: binaries.postgres };
}
