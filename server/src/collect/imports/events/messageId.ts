import { hash } from 'node:crypto';
import type { ImportKind } from '@vitrail/contracts';
import type { JsonObject } from '../../../platform/index.ts';

/**
 * The message id of an imported record: made of its whole content (natural key included), so the same row of the same
 * or another file is the same message, and a changed row is a new one. Values are hashed as read, not as written:
 * `12,50` and `12.50` are the same amount.
 */
export const importMessageId = (workspaceId: number, kind: ImportKind, event: JsonObject): string =>
  `import-${kind}-${hash('sha256', `${workspaceId}\u001f${kind}\u001f${JSON.stringify(event)}`, 'hex').slice(0, 32)}`;
