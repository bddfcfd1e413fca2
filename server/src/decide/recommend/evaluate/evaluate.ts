import type { RecommendationEvaluation, RecommendationRanking } from '@vitrail/contracts';
import type { ChShape } from '../../../platform/index.ts';
import { createHistories, type SignalQuery, writeHistories } from '../engine/buildHistories.ts';
import { buildNeighbours, type NeighbourSettings } from '../engine/buildNeighbours.ts';
import { type EaseSettings, fitEase, usualEase } from '../engine/ease.ts';
import { faded, Ranker } from '../engine/rank.ts';
import { type Histories, type ItemModel, readHistories, readItemModel, readLines } from '../engine/readModel.ts';
import { Bench, dropSpace, type RecommendSpace, type RecommendWork } from '../engine/space.ts';
import { Measures, ranksNeeded } from './measures.ts';
import { type Split, type SplitInput, splitsOf } from './splits.ts';

export interface EvaluateInput<P extends ChShape = ChShape> extends SplitInput<P> {
  /** Items are numbered below this. */
  readonly items: number;
  readonly timed: boolean;
  readonly cap: number;
  readonly combine: 'sum' | 'max';
  readonly halfLifeDays: number;
  readonly neighbours?: Partial<NeighbourSettings>;
  /** Null: without it. Otherwise also where it is too large for all items; it then knows the most frequent ones. */
  readonly ease: Partial<EaseSettings> | null;
  readonly at: Date;
  /** At most so many people are asked about; which ones, is drawn by hash. */
  readonly people?: number;
}

/**
 * Hides a part of the past, builds everything from the rest alone, and measures how well each way of ranking foresees what
 * was hidden. Products a person had are never foreseen. Works in tables of its own beside `space`, which are dropped.
 */
export async function evaluate<P extends ChShape>(
  space: RecommendSpace,
  input: EvaluateInput<P>,
  work: RecommendWork = {},
): Promise<RecommendationEvaluation> {
  const trial = { ...space, prefix: `${space.prefix}_trial` };
  const methods = new Map<RecommendationRanking['method'], Measures>();
  const totals = { users: 0, train: 0, test: 0, cold: 0 };
  const splits = await splitsOf(space, input, work);
  try {
    for (const [index, split] of splits.entries()) {
      work.progress?.(index, splits.length);
      await evaluateSplit(trial, input, split, { methods, totals }, work);
    }
  } finally {
    await dropSpace(trial);
  }
  return {
    protocol: input.protocol,
    at: (splits[0]?.cut === undefined ? input.at : new Date(splits[0].cut)).toISOString(),
    users: totals.users,
    items: input.items,
    train: totals.train,
    test: totals.test,
    coldShare: totals.test === 0 ? 0 : totals.cold / totals.test,
    rankings: [...methods].map(([method, measures]) => measures.read(method, input.items)),
  };
}

interface Gathered {
  readonly methods: Map<RecommendationRanking['method'], Measures>;
  readonly totals: { users: number; train: number; test: number; cold: number };
}

async function evaluateSplit<P extends ChShape>(
  trial: RecommendSpace,
  input: EvaluateInput<P>,
  split: Split,
  { methods, totals }: Gathered,
  work: RecommendWork,
): Promise<void> {
  const { signals, items } = input;
  const part = (where: string): SignalQuery<P> => ({
    ...signals,
    text: `select user, item, weight, at from (${signals.text}) where ${where}`,
  });
  await createHistories(trial, work);
  await writeHistories(trial, part(split.model), { version: 1, cap: input.cap, combine: input.combine }, work);
  const summary = await buildNeighbours(trial, input.neighbours, { signal: work.signal });
  const cosine = await readItemModel(trial, items, work);
  const all = await readHistories(trial, {}, work);
  const ease = input.ease === null ? null : await fitEase(all, items, { ...usualEase, ...input.ease }, work.signal);
  if (split.history !== split.model) {
    await createHistories(trial, work);
    await writeHistories(trial, part(split.history), { version: 1, cap: input.cap, combine: input.combine }, work);
  }
  const hidden = await readHidden(trial, part(split.hidden), input.people, work);
  const own = split.history === split.model ? all : await readHistories(trial, {}, work);
  const known = countItems(all, items);
  const recent = input.timed ? countItems(all, items, newest(all) - 30 * 86_400_000) : null;
  const rankers = createRankers(input, { cosine, ease, known, recent, now: split.cut ?? newest(all) });
  totals.train += summary.interactions;
  for (let n = 0; n < own.users.length; n += 1) {
    const wanted = hidden.get(own.users[n] ?? 0);
    if (wanted === undefined) continue;
    const history = historyOf(own, n);
    const missing = new Set([...wanted].filter((item) => !history.items.includes(item)));
    if (missing.size === 0) continue;
    totals.test += missing.size;
    // What nobody had before the cut no method can foresee: counted, and left out of the measures.
    for (const item of missing) {
      if ((known[item] ?? 0) > 0) continue;
      totals.cold += 1;
      missing.delete(item);
    }
    if (missing.size === 0) continue;
    totals.users += 1;
    for (const [method, rank] of rankers) {
      let measures = methods.get(method);
      if (measures === undefined) {
        measures = new Measures();
        methods.set(method, measures);
      }
      measures.add(rank(history), missing);
    }
    if (n % 2_000 === 1_999) {
      work.signal?.throwIfAborted();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

interface History {
  readonly items: Int32Array;
  readonly weights: Float32Array;
  readonly ats: Float64Array;
}

function historyOf(histories: Histories, n: number): History {
  const [from, to] = [histories.offsets[n] ?? 0, histories.offsets[n + 1] ?? 0];
  return {
    items: histories.items.subarray(from, to),
    weights: histories.weights.subarray(from, to),
    ats: histories.ats.subarray(from, to),
  };
}

type Rank = (history: History) => number[];

function createRankers<P extends ChShape>(
  input: EvaluateInput<P>,
  given: {
    readonly cosine: ItemModel;
    readonly ease: ItemModel | null;
    readonly known: Int32Array;
    readonly recent: Int32Array | null;
    readonly now: number;
  },
): Map<RecommendationRanking['method'], Rank> {
  const rankers = new Map<RecommendationRanking['method'], Rank>();
  rankers.set('popular', byCount(given.known));
  if (given.recent !== null) rankers.set('popular_30d', byCount(given.recent));
  const numbers = (best: { item: number }[]): number[] => best.map(({ item }) => item);
  const cosine = new Ranker(given.cosine, ranksNeeded);
  rankers.set('cosine', ({ items, weights }) => numbers(cosine.rank(items, weights)));
  if (given.ease !== null) {
    const ease = new Ranker(given.ease, ranksNeeded);
    rankers.set('ease', ({ items, weights }) => numbers(ease.rank(items, weights)));
  }
  if (input.timed) {
    const fading = (history: History): Float64Array =>
      Float64Array.from(history.weights, (weight, at) =>
        faded(weight, given.now - (history.ats[at] ?? 0), input.halfLifeDays),
      );
    rankers.set('for_you', (history) => numbers(cosine.rank(history.items, fading(history))));
  }
  return rankers;
}

/** The most frequent items that are not in the history. */
function byCount(counts: Int32Array): Rank {
  const order = Array.from(counts, (count, item) => ({ count, item }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count || one.item - other.item)
    .map(({ item }) => item);
  return ({ items }) => {
    const had = new Set(items);
    const ranked: number[] = [];
    for (const item of order) {
      if (had.has(item)) continue;
      ranked.push(item);
      if (ranked.length === ranksNeeded) break;
    }
    return ranked;
  };
}

/** How many people have each item, since a moment. */
function countItems(histories: Histories, items: number, since = Number.NEGATIVE_INFINITY): Int32Array {
  const counts = new Int32Array(items);
  histories.items.forEach((item, at) => {
    if ((histories.ats[at] ?? 0) >= since) counts[item] = (counts[item] ?? 0) + 1;
  });
  return counts;
}

const newest = ({ ats }: Histories): number => ats.reduce((last, at) => Math.max(last, at), 0);

async function readHidden<P extends ChShape>(
  trial: RecommendSpace,
  signals: SignalQuery<P>,
  people: number | undefined,
  work: RecommendWork,
): Promise<Map<number, Set<number>>> {
  const bench = new Bench(trial, work);
  const drawn = people === undefined ? '' : `order by cityHash64(user, 'drawn') limit ${Math.trunc(people)}`;
  const rows = bench.stream(
    'readHidden',
    `select user, groupUniqArray(item) as items from (${signals.text}) group by user ${drawn}`,
    signals.params,
    signals.values,
  );
  const hidden = new Map<number, Set<number>>();
  for await (const { user, items } of readLines(rows, toHidden)) hidden.set(user, new Set(items));
  return hidden;
}

function toHidden(row: unknown): { user: number; items: number[] } {
  if (typeof row !== 'object' || row === null) return { user: 0, items: [] };
  const [user, items]: [unknown, unknown] = [Reflect.get(row, 'user'), Reflect.get(row, 'items')];
  return { user: Number(user), items: Array.isArray(items) ? items.map(Number) : [] };
}
