import type { Pg } from '../../platform/index.ts';
import { raiseGeneration } from '../segments/sql/segments.pg.ts';
import { markUsers } from './sql/users.pg.ts';

/** What a definition can refer to besides segments. */
export type Referred = { readonly kind: 'persona' } | { readonly kind: 'score'; readonly id: string };

/**
 * What a segment refers to has changed: compiled segments are compiled anew, and those that ask for it wait to be applied to
 * everyone. In the transaction that changes it; `applySegmentsNow` after the commit.
 */
export async function markReferences(tx: Pg, workspace: number, referred: Referred): Promise<void> {
  await tx.run(raiseGeneration, { workspace });
  await tx.run(markUsers, { workspace, kind: referred.kind, id: referred.kind === 'score' ? referred.id : '' });
}
