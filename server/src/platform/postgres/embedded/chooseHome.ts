import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
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
 * Where the embedded engine lives and whom it runs as: `<dataDir>/postgres`, or, when we are root and the data directory
 * is closed to other users (under a private home), a folder of its own that stays bound to this data directory.
 * @param dataDir absolute, existing, without symbolic links
 */
export function chooseHome(dataDir: string, publicParent = '/var/lib/vitrail'): Home {
  const inside = join(dataDir, 'postgres');
  if (process.getuid?.() !== 0) return { folder: inside, account: null, notice: null };
  const account = chooseAccount(join(inside, 'data'));
  if (isReachable(dataDir, account)) return { folder: inside, account, notice: null };
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const folder = join(publicParent, hash);
  return {
    folder,
    account: chooseAccount(join(folder, 'data')),
    notice: `PostgreSQL cannot run as root and other users cannot reach ${dataDir}, so the database is kept in ${folder}.`,
  };
}
