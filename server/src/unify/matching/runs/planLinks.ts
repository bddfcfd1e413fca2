import type { MatchVeto } from '@vitrail/contracts';
import { pairOf } from '../subject.ts';

/** A pair as it was scored. */
export interface PairScore {
  readonly left: number;
  readonly right: number;
  readonly weight: number;
  readonly householdWeight: number;
  readonly probability: number;
}

export interface PlannedLink extends PairScore {
  readonly action: 'merge' | 'review';
  readonly veto: MatchVeto | null;
}

/**
 * What a run will do: the joins in order of weight, then one question for each pair of clusters that a person should look
 * at, the likeliest link of the two asking. Questions between clusters that somebody keeps apart are not asked.
 */
export function planLinks(
  result: {
    readonly clusters: readonly (readonly number[])[];
    readonly refused: readonly { readonly left: number; readonly right: number; readonly veto: MatchVeto }[];
  },
  joins: readonly PairScore[],
  undecided: readonly PairScore[],
  apart: readonly (readonly [number, number])[],
): PlannedLink[] {
  const clusterOf = new Map(result.clusters.flatMap((members) => members.map((id) => [id, members[0] ?? id] as const)));
  const stands = (id: number): number => clusterOf.get(id) ?? id;
  const keyOf = (a: number, b: number): string => pairOf(stands(a), stands(b)).join(' ');
  const silent = new Set(apart.map(([a, b]) => keyOf(a, b)));
  const vetoes = new Map(result.refused.map(({ left, right, veto }) => [pairOf(left, right).join(' '), veto]));
  const questions = new Map<string, PlannedLink>();
  for (const pair of undecided) {
    if (stands(pair.left) === stands(pair.right)) continue;
    const key = keyOf(pair.left, pair.right);
    const known = questions.get(key);
    if (silent.has(key) || (known !== undefined && known.probability >= pair.probability)) continue;
    const veto = vetoes.get(pairOf(pair.left, pair.right).join(' ')) ?? null;
    if (veto !== 'cannot_link') questions.set(key, { ...pair, action: 'review', veto });
  }
  return [
    ...joins.map((pair): PlannedLink => ({ ...pair, action: 'merge', veto: null })),
    ...[...questions.values()].toSorted(
      (a, b) => b.probability - a.probability || a.left - b.left || a.right - b.right,
    ),
  ];
}

/** The groups that these joins make: members ascending, groups by their first member. */
export function clustersOf(joins: readonly { readonly left: number; readonly right: number }[]): number[][] {
  const parent = new Map<number, number>();
  const find = (id: number): number => {
    let root = id;
    for (let above = parent.get(root); above !== undefined && above !== root; above = parent.get(root)) root = above;
    parent.set(id, root);
    return root;
  };
  for (const { left, right } of joins) {
    const [low, high] = pairOf(find(left), find(right));
    parent.set(low, low);
    parent.set(high, low);
  }
  const groups = new Map<number, number[]>();
  for (const id of [...parent.keys()].toSorted((a, b) => a - b)) {
    const root = find(id);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [id]);
    else group.push(id);
  }
  return [...groups.values()];
}

/** How many clusters there are of each size. */
export function countSizes(clusters: readonly (readonly number[])[]): { size: number; clusters: number }[] {
  const sizes = new Map<number, number>();
  for (const { length } of clusters) sizes.set(length, (sizes.get(length) ?? 0) + 1);
  return [...sizes].toSorted(([a], [b]) => a - b).map(([size, count]) => ({ size, clusters: count }));
}

/** Bins of the histogram: fine where thresholds stand. */
export const histogramEdges = [
  0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.92, 0.94, 0.96, 0.97, 0.98, 0.99, 0.995, 0.999, 1,
] as const;
