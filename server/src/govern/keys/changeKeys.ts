import type { KeyScope } from '@vitrail/contracts';
import { type Deps, Fault, type Pg, type PgRow } from '../../platform/index.ts';
import { type Actor, recordAudit } from '../audit/recordAudit.ts';
import { findKeyState, insertSecretKey, insertWriteKey, type listKeys, revokeKey } from '../sql/keys.pg.ts';
import { hashSecretKey, keyPrefix, newSecretKey, newWriteKey } from './keyText.ts';

export type KeyRow = PgRow<typeof listKeys.row>;

interface NewKey {
  readonly workspaceId: number;
  readonly name: string;
  readonly actor: Actor;
}

const stored = (row: KeyRow | null): KeyRow => {
  if (row === null) throw new Fault('unavailable', 'govern.key_not_made', 'The key could not be stored.');
  return row;
};

async function recordCreation(tx: Pg, deps: Pick<Deps, 'clock'>, key: KeyRow, made: NewKey): Promise<void> {
  await recordAudit(tx, deps, {
    workspaceId: made.workspaceId,
    actor: made.actor,
    action: 'key.created',
    target: `key ${key.id}`,
    details: { kind: key.kind, name: key.name, scopes: key.scopes, sourceId: key.source_id },
  });
}

/** Makes a secret key. The secret is in the answer and nowhere else. `secret` is given only by unattended starts. */
export async function createSecretKey(
  tx: Pg,
  deps: Pick<Deps, 'clock'>,
  made: NewKey & { readonly scopes: readonly KeyScope[]; readonly secret?: string },
): Promise<{ key: KeyRow; secret: string }> {
  const secret = made.secret ?? newSecretKey();
  const key = stored(
    await tx.row(insertSecretKey, {
      workspace: made.workspaceId,
      name: made.name,
      hash: hashSecretKey(secret),
      prefix: keyPrefix(secret),
      scopes: [...new Set(made.scopes)],
      by: made.actor.id,
    }),
  );
  await recordCreation(tx, deps, key, made);
  return { key, secret };
}

/**
 * Makes a write key for a source of the same workspace, for rooms that make sources and for the keys page. `value` is
 * given only by unattended starts. `not_found` when the source is not one of the workspace, or archived.
 */
export async function createWriteKey(
  tx: Pg,
  deps: Pick<Deps, 'clock'>,
  made: NewKey & { readonly sourceId: number; readonly value?: string },
): Promise<KeyRow> {
  const value = made.value ?? newWriteKey();
  const key = await tx.row(insertWriteKey, {
    workspace: made.workspaceId,
    name: made.name,
    value,
    prefix: keyPrefix(value),
    source: made.sourceId,
    by: made.actor.id,
  });
  if (key === null) throw new Fault('not_found', 'govern.no_such_source', 'There is no such source in this workspace.');
  await recordCreation(tx, deps, key, made);
  return key;
}

/** Revokes a key for good. Repeating it changes nothing. */
export async function revokeApiKey(
  tx: Pg,
  deps: Pick<Deps, 'clock'>,
  request: { readonly workspaceId: number; readonly keyId: number; readonly actor: Actor },
): Promise<KeyRow> {
  const where = { workspace: request.workspaceId, key: request.keyId };
  const before = await tx.row(findKeyState, where);
  const key = before && (await tx.row(revokeKey, where));
  if (key === null) throw new Fault('not_found', 'govern.no_such_key', 'There is no such key in this workspace.');
  if (before?.revoked === false)
    await recordAudit(tx, deps, {
      workspaceId: request.workspaceId,
      actor: request.actor,
      action: 'key.revoked',
      target: `key ${key.id}`,
      details: { kind: key.kind, name: key.name },
    });
  return key;
}
