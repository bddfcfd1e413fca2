import type { OutsideUse, SegmentNode } from '@vitrail/contracts';
import type { Pg } from '../../platform/index.ts';
import { dependentsOf, readDefinition } from '../segments/catalog.ts';
import { listStanding } from '../segments/sql/segments.pg.ts';
import { listProviders } from './sql/providers.pg.ts';

/** Partners that a definition asks about, by key. */
function partnersOf(node: SegmentNode): string[] {
  switch (node.kind) {
    case 'all':
    case 'any':
      return node.of.flatMap(partnersOf);
    case 'not':
      return partnersOf(node.of);
    case 'outside':
      return [node.provider];
    default:
      return [];
  }
}

/**
 * Segments that rest, directly or through others, on what a partner says and does not allow this use of. Nearly always none,
 * for the price of one small query.
 */
export async function listSegmentsBeyond(pg: Pg, workspace: number, use: OutsideUse): Promise<ReadonlySet<number>> {
  const partners = await pg.rows(listProviders, { workspace });
  const closed = new Set(partners.filter(({ uses }) => !uses.includes(use)).map(({ key }) => key));
  if (closed.size === 0) return new Set();
  const segments = (await pg.rows(listStanding, { workspace })).map(({ id, name, version, definition }) => ({
    id,
    name,
    version,
    kind: definition === null ? ('list' as const) : ('dynamic' as const),
    state: 'live' as const,
    definition: definition === null ? null : readDefinition(definition),
  }));
  const direct = segments
    .filter(({ definition }) => definition !== null && partnersOf(definition).some((key) => closed.has(key)))
    .map(({ id }) => id);
  return new Set([...direct, ...dependentsOf(segments, direct).map(({ id }) => id)]);
}
