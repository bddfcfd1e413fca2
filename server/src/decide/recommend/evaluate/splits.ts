import type { RecommendationProtocol } from '@vitrail/contracts';
import type { ChShape } from '../../../platform/index.ts';
import type { SignalQuery } from '../engine/buildHistories.ts';
import { Bench, type RecommendSpace, type RecommendWork } from '../engine/space.ts';

/** What is learned from, what a person is known by, and what is hidden: SQL over `user, item, weight, at, fold`. */
export interface Split {
  readonly model: string;
  readonly history: string;
  readonly hidden: string;
  /** Milliseconds, when the split is by time. */
  readonly cut?: number;
}

const folds = 5;
/** Each fold of the baskets is hidden once, as long as that is quick. */
const manyInteractions = 500_000;

export interface SplitInput<P extends ChShape> {
  readonly protocol: RecommendationProtocol;
  /** Milliseconds; of the protocol `time`, what came after it is hidden. Without it the last fifth of all is. */
  readonly cut?: number | undefined;
  /** Also `fold` (UInt8, 0 to 4): the part of the pair of user and item in the split by user. */
  readonly signals: SignalQuery<P>;
}

/** The splits of a protocol; their results are averaged over all people in them. */
export async function splitsOf<P extends ChShape>(
  space: RecommendSpace,
  input: SplitInput<P>,
  work: RecommendWork = {},
): Promise<Split[]> {
  if (input.protocol === 'user') return [{ model: 'fold != 0', history: 'fold != 0', hidden: 'fold = 0' }];
  const bench = new Bench(space, work);
  const [size] = await bench.rows(
    'measureSignals',
    `select count() as interactions, toInt64(quantileExactInclusive(0.8)(at)) as late from (${input.signals.text})`,
    { interactions: 'UInt64', late: 'Int64' },
    input.signals.params,
    input.signals.values,
  );
  if (input.protocol === 'time') {
    const cut = input.cut ?? size?.late ?? 0;
    const before = `at <= ${Math.trunc(cut)}`;
    return [{ model: before, history: before, hidden: `not (${before})`, cut }];
  }
  const tested = (size?.interactions ?? 0) > manyInteractions ? [0] : Array.from({ length: folds }, (_, fold) => fold);
  return tested.map((fold) => {
    const own = `cityHash64(user, 'basket') % ${folds} = ${fold}`;
    const one = `(user, item) in (
      select user, argMin(item, cityHash64(user, item)) from (${input.signals.text}) where ${own}
      group by user having uniqExact(item) >= 2)`;
    return { model: `not (${own})`, history: `${own} and not (${one})`, hidden: `${own} and ${one}` };
  });
}
