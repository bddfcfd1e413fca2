import { createHmac } from 'node:crypto';
import type { Secrets } from '../installation.ts';

/** An identifier as it is stored: normalised, in its namespace. */
export interface WorkspaceIdentifier {
  readonly workspaceId: number;
  readonly namespace: string;
  readonly value: string;
}

/**
 * What stays of an erased identifier: HMAC-SHA256 under a key of this installation, bound to workspace and namespace.
 * Without the key nobody can test a guess; with it we recognise the same identifier when a file brings it again.
 */
export function hashIdentifier(secrets: Pick<Secrets, 'erasure'>, identifier: WorkspaceIdentifier): Buffer {
  const { workspaceId, namespace, value } = identifier;
  return createHmac('sha256', secrets.erasure)
    .update(JSON.stringify([workspaceId, namespace, value]))
    .digest();
}
