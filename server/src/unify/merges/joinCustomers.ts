import type { Shipment } from '../../collect/index.ts';
import type { JsonObject, Pg } from '../../platform/index.ts';
import { Roots } from '../identity/joinIdentifiers.ts';
import { loadRules } from '../identity/loadKnown.ts';
import { countHeld, listApart, moveRoots } from '../identity/sql/identity.pg.ts';
import { findRoots } from '../profiles/sql/projectCustomers.pg.ts';
import { shipRoots } from '../resolveProfiles.ts';
import { recordDecidedMerges } from './sql/joinCustomers.pg.ts';

/** A merge that the model or a person wants: any profile rows of the two customers. */
export interface WantedMerge {
  readonly left: number;
  readonly right: number;
  readonly kind: 'probable' | 'manual';
  readonly run: number | null;
  readonly evidence: JsonObject;
  /** A person decided: limits of identifiers do not forbid it. What is kept apart stays apart for everybody. */
  readonly explicit: boolean;
}

export type MergeOutcome =
  | { readonly outcome: 'merged'; readonly merge: number; readonly winner: number; readonly loser: number }
  | { readonly outcome: 'already_one' | 'cannot_link' | 'identifier_limit' | 'gone' };

/**
 * Joins customers, each pair in the order given, as they stand now: rows may have been merged, taken apart or erased since
 * the pair was found. Call inside `Pipeline.change`; what it returns is the change to ship. Set-based: seven statements.
 */
export async function joinCustomers(
  tx: Pg,
  input: {
    readonly workspace: number;
    readonly version: number;
    readonly at: Date;
    readonly wanted: readonly WantedMerge[];
  },
): Promise<{ outcomes: MergeOutcome[]; shipments: Shipment[]; changed: number[] }> {
  const { workspace, version, wanted } = input;
  const standing = await tx.rows(findRoots, {
    workspace,
    profiles: [...new Set(wanted.flatMap(({ left, right }) => [left, right]))],
  });
  const rootOf = new Map(standing.map(({ id, root_id }) => [id, root_id]));
  const roots = await loadRoots(tx, workspace, [...new Set(rootOf.values())]);
  const outcomes: (MergeOutcome | { winner: number; loser: number; wanted: WantedMerge })[] = wanted.map((want) => {
    const [left, right] = [rootOf.get(want.left), rootOf.get(want.right)];
    if (left === undefined || right === undefined) return { outcome: 'gone' };
    const merge = roots.merge(left, right, want.explicit);
    if (merge === 'same') return { outcome: 'already_one' };
    if (merge === 'kept_apart') return { outcome: 'cannot_link' };
    if (merge === 'limit') return { outcome: 'identifier_limit' };
    return { winner: merge.winnerId, loser: merge.loserId, wanted: want };
  });
  const made = outcomes.filter((outcome) => 'wanted' in outcome);
  if (made.length === 0) return { outcomes: outcomes.filter((each) => 'outcome' in each), shipments: [], changed: [] };
  const recorded = await tx.rows(recordDecidedMerges, {
    workspace,
    at: input.at,
    winners: made.map(({ winner }) => winner),
    losers: made.map(({ loser }) => loser),
    kinds: made.map((each) => each.wanted.kind),
    runs: made.map((each) => each.wanted.run),
    evidence: made.map((each) => each.wanted.evidence),
  });
  const mergeOf = new Map(recorded.map(({ id, loser_id }) => [loser_id, id]));
  const finalRoots = roots.moved();
  const moved = await tx.rows(moveRoots, {
    workspace,
    losers: made.map(({ loser }) => loser),
    roots: made.map(({ loser }) => finalRoots.get(loser) ?? loser),
    merges: made.map(({ loser }) => mergeOf.get(loser) ?? 0),
  });
  const rows = moved.map(({ id, root_id }) => ({ id, rootId: root_id }));
  return {
    outcomes: outcomes.map((each) =>
      'outcome' in each
        ? each
        : { outcome: 'merged', merge: mergeOf.get(each.loser) ?? 0, winner: each.winner, loser: each.loser },
    ),
    shipments: [shipRoots(workspace, version, rows)],
    changed: [...new Set(rows.flatMap(({ id, rootId }) => [id, rootId]))],
  };
}

/** Customers whose identifiers are counted by one statement. */
const countedAtOnce = 20_000;

/** What joining these pairs in this order would come to, without writing anything. */
export async function foreseeJoins(
  pg: Pg,
  workspace: number,
  pairs: readonly { readonly left: number; readonly right: number }[],
): Promise<MergeOutcome['outcome'][]> {
  const rootOf = new Map<number, number>();
  const ids = [...new Set(pairs.flatMap(({ left, right }) => [left, right]))];
  for (let from = 0; from < ids.length; from += countedAtOnce) {
    const profiles = ids.slice(from, from + countedAtOnce);
    for (const { id, root_id } of await pg.rows(findRoots, { workspace, profiles })) rootOf.set(id, root_id);
  }
  const roots = await loadRoots(pg, workspace, [...new Set(rootOf.values())]);
  return pairs.map(({ left, right }) => {
    const [a, b] = [rootOf.get(left), rootOf.get(right)];
    if (a === undefined || b === undefined) return 'gone';
    const merge = roots.merge(a, b, false);
    if (typeof merge !== 'string') return 'merged';
    return merge === 'same' ? 'already_one' : merge === 'limit' ? 'identifier_limit' : 'cannot_link';
  });
}

async function loadRoots(tx: Pg, workspace: number, ids: readonly number[]): Promise<Roots> {
  const rules = await loadRules(tx, workspace);
  const counts = new Map<number, Map<string, number>>();
  for (let from = 0; from < ids.length; from += countedAtOnce) {
    for (const row of await tx.rows(countHeld, { workspace, roots: ids.slice(from, from + countedAtOnce) })) {
      const ofRoot = counts.get(row.root_id) ?? new Map<string, number>();
      counts.set(row.root_id, ofRoot.set(row.namespace, row.held));
    }
  }
  const apart = await tx.rows(listApart, { workspace, roots: ids });
  return new Roots(
    { identifiers: new Map(), counts, apart: apart.map((row) => [row.low_root, row.high_root] as const) },
    rules.namespaces,
  );
}
