import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The uid and gid that PostgreSQL runs under when we are root, which it refuses to be. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface Home {
  readonly folder: string;
  /** Null: run as ourselves. */
  readonly account: Account | null;
  /** A sentence for the operator when the folder is not inside the data directory. */
  readonly notice: string | null;
}

function findNobody(): Account {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  // macOS writes -2, which the kernel knows as 4294967294.
  return { uid: Number(uid ?? 65534) >>> 0, gid: Number(gid ?? 65534) >>> 0 };
}

/** A database keeps the owner it has; a new one belongs to `nobody`. */
function chooseAccount(database: string): Account {
  if (!existsSync(database)) return findNobody();
  const { uid, gid } = statSync(database);
  return uid === 0 ? findNobody() : { uid, gid };
}

/** True when `account` may pass through every folder down to `folder`. */
function isReachable(folder: string, account: Account): boolean {
  for (let path = folder; ; path = dirname(path)) {
    const { mode, uid, gid } = statSync(path);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (path === dirname(path)) return true;
  }
}

/**
 * The data directory names its database elsewhere by a random id, not by its own path: it may be moved, and one that
 * was deleted and made anew must not find the former database.
 */
function readElsewhereId(inside: string): string {
  const file = join(inside, 'elsewhere');
  mkdirSync(inside, { recursive: true, mode: 0o711 });
  try {
    writeFileSync(file, randomBytes(8).toString('hex'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(file, 'utf8').trim();
}

/**
 * Where the embedded engine lives and whom it runs as: `<dataDir>/postgres`, or, when we are root and the data directory
 * is closed to other users (under a private home), a folder of its own below `publicParent`.
 * @param dataDir absolute, existing, without symbolic links
 */
export function chooseHome(dataDir: string, publicParent: string): Home {
  const inside = join(dataDir, 'postgres');
  if (process.getuid?.() !== 0) return { folder: inside, account: null, notice: null };
  const account = chooseAccount(join(inside, 'data'));
  if (isReachable(dataDir, account)) return { folder: inside, account, notice: null };
  const folder = join(publicParent, readElsewhereId(inside));
  return {
    folder,
    account: chooseAccount(join(folder, 'data')),
    notice: `PostgreSQL cannot run as root and other users cannot reach ${dataDir}, so the database is kept in ${folder}.`,
  };
}
