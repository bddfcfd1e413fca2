import type { MatchKind, MatchQuality } from '@vitrail/contracts';
import type { Pg } from '../../../platform/index.ts';
import { loadPolicy } from '../runs/policy.ts';
import { measureQuality } from './quality.ts';
import { listLabels } from './sql/reviews.pg.ts';

/** Newest labels taken into account. */
const most = 50_000;

/** How right the model is, by what people decided. */
export async function readQuality(pg: Pg, workspace: number, kind: MatchKind): Promise<MatchQuality> {
  const policy = await loadPolicy(pg, workspace, kind);
  const rows = await pg.rows(listLabels, { workspace, kind, limit: most });
  const labels = rows.map(({ reason, probability, same }) => ({ probability, same, check: reason === 'check' }));
  return { kind, ...measureQuality(labels, policy) };
}
