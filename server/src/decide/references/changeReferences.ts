import type { Pg } from '../../platform/index.ts';
import { raiseGeneration } from '../segments/sql/segments.pg.ts';
import { markUsers } from './sql/users.pg.ts';

/** What a definition can refer to besides segments: what is foreseen of people goes by one name. */
export type Referred =
  | { readonly kind: 'persona' | 'prediction' }
  /** `outside`: a data partner, by its key. */
  | { readonly kind: 'score' | 'lookalike' | 'outside'; readonly id: string };

const foreseen = ['prediction', 'next_order', 'tier', 'preferred_channel', 'appetence'];
export const referenceOf = (referred: Referred): { kinds: readonly string[]; id: string } => ({
  kinds: referred.kind === 'prediction' ? foreseen : [referred.kind],
  id: 'id' in referred ? referred.id : '',
});

/**
 * What a segment refers to has changed: compiled segments are compiled anew, and those that ask for it wait to be applied to
 * everyone. In the transaction that changes it; `applySegmentsNow` after the commit.
 */
export async function markReferences(tx: Pg, workspace: number, referred: Referred): Promise<void> {
  await tx.run(raiseGeneration, { workspace });
  await tx.run(markUsers, { workspace, ...referenceOf(referred) });
}
