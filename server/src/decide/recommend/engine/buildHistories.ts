import type { ChShape, ChValues } from '../../../platform/index.ts';
import { Bench, type RecommendSpace, type RecommendWork } from './space.ts';

/**
 * What people did, as a query whose rows have `user` (UInt64), `item` (UInt32, from 0), `weight` (Float32) and `at` (Int64,
 * milliseconds). The same user and item may come often; the newest time counts.
 */
export interface SignalQuery<P extends ChShape = ChShape> {
  readonly text: string;
  readonly params: P;
  readonly values: ChValues<P>;
}

/** A history holds the newest so many items: the work grows with its square, and what is long past says little. */
export const historyCap = 100;

const totals = { sum: 'least(sum(weight), 3 * max(weight))', max: 'max(weight)' } as const;

export async function createHistories(space: RecommendSpace, work: RecommendWork = {}): Promise<void> {
  const bench = new Bench(space, work);
  await bench.drop('histories');
  await bench.define(
    'createHistories',
    `create table if not exists ${bench.table('histories')} (
      user UInt64, items Array(UInt32), weights Array(Float32), ats Array(Int64), version UInt64
    ) engine = ReplacingMergeTree(version) order by (user)
    settings non_replicated_deduplication_window = 0`,
  );
}

export interface HistoryOptions {
  /** Tells newer from older. */
  readonly version: number;
  /** The users are taken in so many parts, so that memory stays bounded. */
  readonly parts?: number;
  readonly cap?: number;
  /**
   * The same user and item again: weights add up, to three times the largest at most (somebody who buys one thing every day
   * must not decide alone what goes with it); or the largest counts.
   */
  readonly combine?: 'sum' | 'max';
}

/** Writes the histories of all users of `signals`, newest items first. A repeat with a newer version replaces them. */
export async function writeHistories<P extends ChShape>(
  space: RecommendSpace,
  signals: SignalQuery<P>,
  { version, parts = 1, cap = historyCap, combine = 'sum' }: HistoryOptions,
  work: RecommendWork = {},
): Promise<void> {
  const bench = new Bench(space, work);
  for (let part = 0; part < parts; part += 1) {
    work.progress?.(part, parts);
    await bench.run(
      'writeHistories',
      `insert into ${bench.table('histories')}
      select user, arrayMap(each -> each.2, newest), arrayMap(each -> each.3, newest), arrayMap(each -> -each.1, newest),
        toUInt64(${version})
      from (
        select user, arraySlice(arraySort(groupArray((-last, item, total))), 1, ${cap}) as newest
        from (
          select user, item, toFloat32(${totals[combine]}) as total, max(at) as last
          from (${signals.text})
          ${parts === 1 ? '' : `where cityHash64(user) % ${parts} = ${part}`}
          group by user, item
        )
        group by user
      )`,
      signals.params,
      signals.values,
    );
  }
}
