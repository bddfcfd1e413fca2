import type { MatchBand, MatchThresholds, RunReport } from '@vitrail/contracts';
import type { Deps } from '../../../platform/index.ts';
import type { MatchSpace } from '../engine/index.ts';
import { histogramEdges, type PairScore } from './planLinks.ts';

type PairDeps = Pick<Deps, 'ch'>;

/** Pairs asked for at once. */
const chunk = 5_000;
const undecidedAtOnce = 20_000;
const heavy = { lane: 'heavy' } as const;

const row = {
  left: 'UInt64',
  right: 'UInt64',
  weight: 'Float64',
  household_weight: 'Float64',
  probability: 'Float64',
} as const;
const columns = `left, right, toFloat64(weight) as weight, toFloat64(household_weight) as household_weight,
  toFloat64(probability) as probability`;

const present = (pair: {
  left: number;
  right: number;
  weight: number;
  household_weight: number;
  probability: number;
}): PairScore => ({
  left: pair.left,
  right: pair.right,
  weight: pair.weight,
  householdWeight: pair.household_weight,
  probability: pair.probability,
});

/** The scores of these pairs, in their order. A space's tables have names of their own, so the text is put together here. */
export async function findPairs(
  { ch }: PairDeps,
  { prefix }: MatchSpace,
  pairs: readonly { readonly left: number; readonly right: number }[],
): Promise<PairScore[]> {
  const found = new Map<string, PairScore>();
  for (let from = 0; from < pairs.length; from += chunk) {
    const part = pairs.slice(from, from + chunk);
    const query = {
      name: 'unify.findMatchPairs',
      params: { lefts: 'Array(UInt64)', rights: 'Array(UInt64)' } as const,
      row,
      text: `
        select ${columns} from ${prefix}_pairs
        where (left, right) in (
          select pair.1, pair.2 from (select arrayJoin(arrayZip({lefts:Array(UInt64)}, {rights:Array(UInt64)})) as pair))`,
    };
    const values = { lefts: part.map(({ left }) => left), rights: part.map(({ right }) => right) };
    for (const pair of await ch.rows(query, values, heavy)) found.set(`${pair.left} ${pair.right}`, present(pair));
  }
  return pairs.flatMap(({ left, right }) => found.get(`${left} ${right}`) ?? []);
}

/** Pairs from the review threshold up to the automatic one, read a part at a time so that the process stays free. */
export async function readUndecided(
  { ch }: PairDeps,
  { prefix }: MatchSpace,
  { auto, review }: MatchThresholds,
  signal: AbortSignal,
): Promise<PairScore[]> {
  const query = {
    name: 'unify.readUndecidedPairs',
    params: {
      auto: 'Float64',
      review: 'Float64',
      left: 'UInt64',
      right: 'UInt64',
      limit: 'UInt32',
    } as const,
    row,
    text: `
      select ${columns} from ${prefix}_pairs
      where probability >= {review:Float64} and probability < {auto:Float64}
        and (left, right) > ({left:UInt64}, {right:UInt64})
      order by left, right limit {limit:UInt32}`,
  };
  const pairs: PairScore[] = [];
  for (let last: PairScore | undefined, full = true; full; ) {
    signal.throwIfAborted();
    const after = { left: last?.left ?? 0, right: last?.right ?? 0 };
    const part = await ch.rows(query, { auto, review, ...after, limit: undecidedAtOnce }, heavy);
    pairs.push(...part.map(present));
    last = pairs.at(-1);
    full = part.length === undecidedAtOnce;
  }
  return pairs;
}

/** A few pairs of a band, chosen by a hash: the same ones each time. Of those left apart the likeliest. */
export async function samplePairs(
  { ch }: PairDeps,
  { prefix }: MatchSpace,
  band: MatchBand,
  { auto, review }: MatchThresholds,
  limit: number,
): Promise<PairScore[]> {
  const [from, to] = band === 'auto' ? [auto, 2] : band === 'review' ? [review, auto] : [0, review];
  const query = {
    name: 'unify.sampleMatchPairs',
    params: { from: 'Float64', to: 'Float64', limit: 'UInt32' } as const,
    row,
    text: `
      select ${columns} from ${prefix}_pairs
      where probability >= {from:Float64} and probability < {to:Float64}
      order by ${band === 'apart' ? 'probability desc' : 'cityHash64(left, right)'}, left, right limit {limit:UInt32}`,
  };
  return (await ch.rows(query, { from, to, limit }, heavy)).map(present);
}

/** Pairs by probability. */
export async function readHistogram({ ch }: PairDeps, { prefix }: MatchSpace): Promise<RunReport['histogram']> {
  const edges = histogramEdges.slice(0, -1);
  const query = {
    name: 'unify.readMatchHistogram',
    params: {},
    row: { bin: 'UInt64', pairs: 'UInt64' } as const,
    text: `
      select toUInt64(${edges.map((edge) => `(probability >= ${edge})`).join(' + ')}) as bin, count() as pairs
      from ${prefix}_pairs group by bin order by bin`,
  };
  const counts = new Map((await ch.rows(query, {}, heavy)).map(({ bin, pairs }) => [bin, pairs]));
  return histogramEdges.slice(0, -1).map((from, index) => ({
    from,
    to: histogramEdges[index + 1] ?? 1,
    pairs: counts.get(index + 1) ?? 0,
  }));
}
