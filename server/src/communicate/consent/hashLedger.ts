import { createHash } from 'node:crypto';
import type { Json } from '../../platform/index.ts';

/** One entry of the ledger, as it is hashed. */
export interface LedgerContent {
  readonly id: number;
  readonly profile: number;
  readonly purpose: string;
  readonly channel: string;
  readonly state: string;
  readonly basis: string;
  readonly at: Date;
  readonly recordedAt: Date;
  readonly expiresAt: Date | null;
  readonly source: string;
  readonly actor: string;
  readonly proof: Json;
}

/** An entry as it is kept. Without a salt its person was erased: the content is gone, its hash stays. */
export interface LedgerRow extends LedgerContent {
  readonly salt: Buffer | null;
  readonly contentHash: Buffer;
  readonly hash: Buffer;
}

/** Before the first entry of a workspace. */
export const chainStart = (workspace: number): Buffer =>
  createHash('sha256').update(`vitrail consent ledger of workspace ${workspace}`).digest();

/** The same text for the same content, whatever order a store gives the keys back in. */
function canonical(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}

/** SHA-256 of salt and content. The salt keeps the hash from telling anything once the content is gone. */
export function hashContent(salt: Buffer, entry: LedgerContent): Buffer {
  const { id, profile, purpose, channel, state, basis, at, recordedAt, expiresAt, source, actor, proof } = entry;
  const times = [at, recordedAt, expiresAt].map((time) => time?.toISOString() ?? null);
  const text = canonical([id, profile, purpose, channel, state, basis, ...times, source, actor, proof]);
  return createHash('sha256').update(salt).update(text).digest();
}

export const hashLink = (previous: Buffer, contentHash: Buffer): Buffer =>
  createHash('sha256').update(previous).update(contentHash).digest();

/** What a look over a ledger found. */
export interface LedgerCheck {
  readonly entries: number;
  readonly erased: number;
  /** The first entry that was changed, or that follows one that is missing. */
  readonly brokenAt: number | null;
}

/** Follows the chain of one workspace from its beginning, page by page in order of id. */
export function createLedgerChecker(workspace: number): {
  add(rows: readonly LedgerRow[]): void;
  result(): LedgerCheck;
} {
  let previous = chainStart(workspace);
  let entries = 0;
  let erased = 0;
  let brokenAt: number | null = null;
  return {
    add(rows) {
      for (const row of rows) {
        entries += 1;
        if (row.salt === null) erased += 1;
        const whole = row.salt === null || hashContent(row.salt, row).equals(row.contentHash);
        if (brokenAt === null && !(whole && hashLink(previous, row.contentHash).equals(row.hash))) brokenAt = row.id;
        previous = row.hash;
      }
    },
    result: () => ({ entries, erased, brokenAt }),
  };
}
