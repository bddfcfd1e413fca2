import { setImmediate as pause } from 'node:timers/promises';
import type { MatchModel } from '@vitrail/contracts';
import type { ClusterResult, ClusterRules, MatchSpace, MatchWork, Veto } from '../types.ts';
import { Workbench } from '../work.ts';
import type { Edges } from './edges.ts';
import { Partition } from './partition.ts';
import { readPages } from './readPages.ts';
import { readTraits } from './readTraits.ts';

/** Edges joined before other work gets its turn. */
const slice = 10_000;

/**
 * Joins records by their pairs, strongest first, unless a veto forbids it. Connected components alone would let one
 * wrong pair join two people's whole histories.
 */
export async function clusterPairs(
  space: MatchSpace,
  model: MatchModel,
  rules: ClusterRules,
  work: MatchWork = {},
): Promise<ClusterResult> {
  const bench = new Workbench(space, work);
  bench.progress('cluster', 0, 3);
  const edges = await readEdges(bench, rules);
  bench.progress('cluster', 1, 3);
  const partition = new Partition(edges, await readTraits(bench, model, edges), rules);
  const joins: { left: number; right: number; weight: number }[] = [];
  const refused: { left: number; right: number; veto: Veto }[] = [];
  for (let at = 0; at < edges.count; at++) {
    const pair = { left: edges.idOf(edges.left[at] ?? 0), right: edges.idOf(edges.right[at] ?? 0) };
    const outcome = partition.join(at);
    if (outcome === 'joined') joins.push({ ...pair, weight: edges.weight[at] ?? 0 });
    else if (outcome !== 'together') refused.push({ ...pair, veto: outcome });
    if (at % slice === slice - 1) {
      bench.progress('cluster', 1, 3);
      await pause();
    }
  }
  bench.progress('cluster', 2, 3);
  const clusters = await partition.clusters();
  bench.progress('cluster', 3, 3);
  return { clusters, joins, refused };
}

class Growing {
  #values = new Float64Array(65_536);
  length = 0;
  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Float64Array(this.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }
  view(): Float64Array {
    return this.#values.subarray(0, this.length);
  }
}

async function readEdges(bench: Workbench, rules: ClusterRules): Promise<Edges> {
  const columns = { left: new Growing(), right: new Growing(), weight: new Growing(), probability: new Growing() };
  for (const [left, right] of rules.mustLink) {
    columns.left.push(Math.min(left, right));
    columns.right.push(Math.max(left, right));
    columns.weight.push(Number.MAX_VALUE);
    columns.probability.push(1);
  }
  const accepted = `from ${bench.table('pairs')} where probability > ${rules.thresholds.auto}`;
  const pages = readPages(bench, 'page', {
    name: 'readEdges',
    from: `select left, right, weight, probability, exp2(-weight) + exp2(-household_weight) as doubt ${accepted}`,
    orderBy: 'doubt, left, right',
    row: { left: 'Array(UInt64)', right: 'Array(UInt64)', weight: 'Array(Float64)', probability: 'Array(Float64)' },
  });
  for await (const rows of pages) {
    for (const value of rows.left) columns.left.push(value);
    for (const value of rows.right) columns.right.push(value);
    for (const value of rows.weight) columns.weight.push(value);
    for (const value of rows.probability) columns.probability.push(value);
  }
  const ids = new Growing();
  const members = readPages(bench, 'page', {
    name: 'readMembers',
    from: `select distinct arrayJoin([left, right]) as id ${accepted}`,
    orderBy: 'id',
    row: { id: 'Array(UInt64)' },
  });
  for await (const rows of members) for (const id of rows.id) ids.push(id);
  return numbered(withIds(ids.view(), rules.mustLink.flat()), columns);
}

/** The ids in order, and those a person named that no pair has. */
function withIds(ids: Float64Array, more: readonly number[]): Float64Array {
  if (more.length === 0) return ids;
  return Float64Array.from(new Set([...ids, ...more])).sort();
}

async function numbered(
  ids: Float64Array,
  columns: Readonly<Record<'left' | 'right' | 'weight' | 'probability', Growing>>,
): Promise<Edges> {
  const placeOf = (id: number): number | null => {
    let [low, high] = [0, ids.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = ids[middle] ?? 0;
      if (found === id) return middle;
      if (found < id) low = middle + 1;
      else high = middle - 1;
    }
    return null;
  };
  const [leftIds, rightIds] = [columns.left.view(), columns.right.view()];
  const count = leftIds.length;
  const [left, right] = [new Uint32Array(count), new Uint32Array(count)];
  for (let at = 0; at < count; at++) {
    left[at] = placeOf(leftIds[at] ?? 0) ?? 0;
    right[at] = placeOf(rightIds[at] ?? 0) ?? 0;
    if (at % (slice * 5) === 0) await pause();
  }
  const [weight, probability] = [columns.weight.view(), columns.probability.view()];
  return { count, ids, left, right, weight, probability, placeOf, idOf: (place) => ids[place] ?? 0 };
}
