import { type KeyScope, keyScopes } from '@vitrail/contracts';
import type { Deps } from '../../platform/index.ts';
import { findSecretKeyByHash, findWriteKeyByValue } from '../sql/keys.pg.ts';
import { KeyCache } from './keyCache.ts';
import { hashSecretKey } from './keyText.ts';

/** Where the events of a write key go. */
export interface WriteKey {
  readonly keyId: number;
  readonly workspaceId: number;
  readonly sourceId: number;
  readonly siteId: number | null;
  /** Country of the site, for phone numbers without a country code. */
  readonly siteCountry: string | null;
}

export interface SecretKey {
  readonly keyId: number;
  readonly workspaceId: number;
  readonly scopes: ReadonlySet<KeyScope>;
}

/** Look-ups of keys, remembered for `keyCacheMs`. One per process: a revocation here counts here at once. */
export interface Keys {
  /** Null for a key that is unknown, revoked, or of an archived source. */
  findWriteKey(value: string): Promise<WriteKey | null>;
  /** Null for a key that is unknown or revoked. */
  findSecretKey(secret: string): Promise<SecretKey | null>;
  forget(): void;
}

const isScope = (text: string): text is KeyScope => keyScopes.some((scope) => scope === text);

export function createKeys({ pg, clock }: Pick<Deps, 'pg' | 'clock'>): Keys {
  const writeKeys = new KeyCache<WriteKey>(clock);
  const secretKeys = new KeyCache<SecretKey>(clock);
  return {
    findWriteKey: (value) =>
      writeKeys.get(value, async () => {
        // PostgreSQL refuses to look for a text with NUL in it: no key has one.
        if (value.includes('\0')) return null;
        const row = await pg.row(findWriteKeyByValue, { value });
        return (
          row && {
            keyId: row.id,
            workspaceId: row.workspace_id,
            sourceId: row.source_id,
            siteId: row.site_id,
            siteCountry: row.site_country,
          }
        );
      }),
    findSecretKey: (secret) => {
      const hash = hashSecretKey(secret);
      // By hash, so that no secret stays in memory longer than its request.
      return secretKeys.get(hash.toString('base64'), async () => {
        const row = await pg.row(findSecretKeyByHash, { hash });
        return row && { keyId: row.id, workspaceId: row.workspace_id, scopes: new Set(row.scopes.filter(isScope)) };
      });
    },
    forget() {
      writeKeys.clear();
      secretKeys.clear();
    },
  };
}
