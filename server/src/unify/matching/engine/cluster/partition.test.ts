import { describe, expect, it } from 'vitest';
import type { ClusterRules } from '../types.ts';
import type { Edges } from './edges.ts';
import { birthsApart, differs, Partition } from './partition.ts';
import type { VetoTraits } from './readTraits.ts';

const noRules: ClusterRules = {
  cannotLink: [],
  mustLink: [],
  thresholds: { auto: 0.96, review: 0.9 },
  largestCluster: 100,
};

/** Edges between the places 0 … records − 1, strongest first; ids are places plus one. */
function edgesOf(records: number, pairs: readonly (readonly [number, number, number])[]): Edges {
  return {
    count: pairs.length,
    ids: Float64Array.from({ length: records }, (_, place) => place + 1),
    left: Uint32Array.from(pairs, ([left]) => left),
    right: Uint32Array.from(pairs, ([, right]) => right),
    weight: Float64Array.from(pairs, ([, , probability]) => probability * 10),
    probability: Float64Array.from(pairs, ([, , probability]) => probability),
    idOf: (place) => place + 1,
    placeOf: (id) => (id >= 1 && id <= records ? id - 1 : null),
  };
}

async function join(edges: Edges, traits: Partial<VetoTraits> = {}, rules: Partial<ClusterRules> = {}) {
  const partition = new Partition(edges, { birth: null, exclusive: [], ...traits }, { ...noRules, ...rules });
  const outcomes = Array.from({ length: edges.count }, (_, at) => partition.join(at));
  return { outcomes, clusters: await partition.clusters() };
}

describe('joining records by their pairs', () => {
  it('makes one cluster of what hangs together', async () => {
    const edges = edgesOf(6, [
      [0, 1, 1],
      [1, 2, 1],
      [0, 2, 1],
      [4, 5, 1],
    ]);
    const { outcomes, clusters } = await join(edges);
    expect(outcomes).toEqual(['joined', 'joined', 'together', 'joined']);
    expect(clusters).toEqual([
      [1, 2, 3],
      [5, 6],
    ]);
  });

  it('never has both of a forbidden pair in a cluster, however they are linked', async () => {
    const edges = edgesOf(4, [
      [0, 1, 1],
      [2, 3, 1],
      [1, 2, 1],
      [0, 3, 1],
    ]);
    const { outcomes, clusters } = await join(edges, {}, { cannotLink: [[1, 4]] });
    expect(outcomes).toEqual(['joined', 'joined', 'cannot_link', 'cannot_link']);
    expect(clusters).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('keeps two values of an exclusive field apart, also where a record without one stands between', async () => {
    const edges = edgesOf(3, [
      [0, 1, 1],
      [1, 2, 1],
      [0, 2, 1],
    ]);
    const { outcomes } = await join(edges, { exclusive: [['fr771234900', '', 'fr115599002']] });
    expect(outcomes).toEqual(['joined', 'exclusive_differs', 'exclusive_differs']);
  });

  it('keeps birth dates apart unless the model weighed those very dates and is sure', async () => {
    const birth = Uint32Array.from([19800504, 0, 19911130]);
    const chain = edgesOf(3, [
      [0, 1, 1],
      [1, 2, 0.99],
    ]);
    expect((await join(chain, { birth })).outcomes).toEqual(['joined', 'birth_dates_apart']);
    const weighed = edgesOf(3, [[0, 2, 0.99999]]);
    expect((await join(weighed, { birth })).outcomes).toEqual(['joined']);
  });

  it('stops at the largest cluster', async () => {
    const edges = edgesOf(
      5,
      [0, 1, 2, 3].map((place) => [place, place + 1, 1] as const),
    );
    expect((await join(edges, {}, { largestCluster: 3 })).outcomes).toEqual([
      'joined',
      'joined',
      'too_large',
      'joined',
    ]);
  });

  it('asks a person about two groups that one weak pair holds together', async () => {
    const groups = [
      [0, 1, 1],
      [2, 3, 1],
    ] as const;
    expect((await join(edgesOf(4, [...groups, [1, 2, 0.97]]))).outcomes.at(-1)).toBe('weak_chain');
    expect((await join(edgesOf(4, [...groups, [1, 2, 0.97], [0, 3, 0.97]]))).outcomes.slice(2)).toEqual([
      'joined',
      'together',
    ]);
  });

  it('gives the clusters of a plain search on random graphs without vetoes', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      let state = seed;
      const next = (most: number): number => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
        return Math.floor((state / 4_294_967_296) * most);
      };
      const pairs = Array.from({ length: 40 }, () => [next(50), next(50), 1] as const).filter(([a, b]) => a !== b);
      const { clusters } = await join(edgesOf(50, pairs));
      expect(clusters).toEqual(search(50, pairs));
    }
  });
});

/** Components by walking, as a check. */
function search(records: number, pairs: readonly (readonly [number, number, number])[]): number[][] {
  const seen = new Set<number>();
  const found: number[][] = [];
  for (let start = 0; start < records; start++) {
    if (seen.has(start)) continue;
    const members = new Set([start]);
    for (const place of members) {
      for (const [a, b] of pairs) {
        if (a === place) members.add(b);
        if (b === place) members.add(a);
      }
    }
    for (const place of members) seen.add(place);
    if (members.size > 1) found.push([...members].sort((a, b) => a - b).map((place) => place + 1));
  }
  return found;
}

describe('what a slip of the pen can do', () => {
  it.each([
    [19800504, 19800504, false],
    [19800504, 19800405, false],
    [19800504, 19800514, false],
    [19800504, 19810504, false],
    [19800504, 19790504, false],
    [19800504, 19911130, true],
  ])('to birth date %i as %i', (left, right, expected) => expect(birthsApart(left, right)).toBe(expected));

  it('to an identifier', () => {
    expect(differs('fr771234900', 'fr771234901')).toBe(false);
    expect(differs('fr771234900', 'fr77123490')).toBe(false);
    expect(differs('fr771234900', 'fr115599002')).toBe(true);
  });
});
