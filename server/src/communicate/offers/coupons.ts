import { randomBytes } from 'node:crypto';
import { Fault, type Pg } from '../../platform/index.ts';
import { addCodes, findClaims, findPool, takeCodes } from './sql/coupons.pg.ts';

/** Without letters and digits that people confuse when they read a code aloud or from paper. */
const alphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const atOnce = 10_000;

/** As codes are stored and compared. */
export const normaliseCode = (text: string): string => text.trim().toUpperCase();

/** A code nobody can guess from another: each character is drawn evenly. */
export function randomCode(prefix: string, length: number): string {
  let code = prefix;
  while (code.length < prefix.length + length)
    for (const byte of randomBytes(length * 2)) {
      // 248 is the largest multiple of 31 in a byte: above it some letters would come more often.
      if (byte >= 248 || code.length >= prefix.length + length) continue;
      code += alphabet[byte % alphabet.length];
    }
  return code;
}

async function getPool(pg: Pg, workspace: number, pool: number): Promise<void> {
  if ((await pg.row(findPool, { workspace, id: pool })) === null)
    throw new Fault('not_found', 'communicate.pool_not_found', 'There is no such pool of codes in this workspace.');
}

/** Fills a pool with new codes. Throws when the pattern has not room for so many. */
export async function generateCodes(
  pg: Pg,
  workspace: number,
  pool: number,
  wish: { readonly count: number; readonly prefix: string; readonly length: number },
): Promise<number> {
  await getPool(pg, workspace, pool);
  return pg.transaction(async (tx) => {
    let added = 0;
    for (let tries = 0; added < wish.count; tries++) {
      if (tries > 20 + wish.count / atOnce)
        throw new Fault('invalid', 'communicate.codes_too_short', 'So many codes do not fit. Choose a longer code.');
      const codes = Array.from({ length: Math.min(atOnce, wish.count - added) }, () =>
        randomCode(wish.prefix, wish.length),
      );
      added += await tx.run(addCodes, { workspace, pool, codes });
    }
    return added;
  });
}

const shape = /^[\p{L}\p{N}][\p{L}\p{N}_.-]{2,63}$/u;

/** Fills a pool with codes of the shop: one a line, or the first column of a table. */
export async function importCodes(
  pg: Pg,
  workspace: number,
  pool: number,
  text: string,
): Promise<{ added: number; known: number; rejected: number }> {
  await getPool(pg, workspace, pool);
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => normaliseCode((line.split(/[;,\t]/)[0] ?? '').replace(/^"(.*)"$/, '$1')))
    .filter((line, index) => line !== '' && !(index === 0 && /^(CODE|COUPON|CODES)$/.test(line)));
  const codes = [...new Set(lines.filter((line) => shape.test(line)))];
  const added = await pg.transaction(async (tx) => {
    let sum = 0;
    for (let from = 0; from < codes.length; from += atOnce)
      sum += await tx.run(addCodes, { workspace, pool, codes: codes.slice(from, from + atOnce) });
    return sum;
  });
  const rejected = lines.filter((line) => !shape.test(line)).length;
  return { added, known: lines.length - rejected - added, rejected };
}

export interface CodeClaim {
  /** Who asks, for ever: asked again, the same code. */
  readonly key: string;
  readonly profile: number;
}

/**
 * Gives each claim a code of the pool, in the caller's transaction; null where none is left. No code is ever given to two
 * claims. Set-based: two statements for thousands.
 */
export async function claimCodes(
  tx: Pg,
  input: {
    readonly workspace: number;
    readonly pool: number;
    readonly offer: number | null;
    readonly now: Date;
    readonly expiresAt: Date | null;
    readonly claims: readonly CodeClaim[];
  },
): Promise<ReadonlyMap<string, string | null>> {
  const { workspace, pool, offer, now, expiresAt, claims } = input;
  const given = new Map<string, string | null>(claims.map(({ key }) => [key, null]));
  if (claims.length === 0) return given;
  const note = (rows: readonly { claim_key: string | null; code: string }[]): void => {
    for (const { claim_key, code } of rows) if (claim_key !== null) given.set(claim_key, code);
  };
  note(await tx.rows(findClaims, { workspace, pool, keys: [...given.keys()] }));
  const open = new Map(claims.filter(({ key }) => given.get(key) === null).map((claim) => [claim.key, claim.profile]));
  if (open.size === 0) return given;
  note(
    await tx.rows(takeCodes, {
      workspace,
      pool,
      offer,
      now,
      expires: expiresAt,
      keys: [...open.keys()],
      profiles: [...open.values()],
    }),
  );
  return given;
}
