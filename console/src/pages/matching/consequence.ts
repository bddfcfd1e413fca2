import type { MatchBand, MatchThresholds, RunReport } from '@vitrail/contracts';

type Histogram = RunReport['histogram'];

export interface Consequence {
  /** Pairs at or above the automatic threshold. */
  readonly merge: number;
  /** Pairs between the two thresholds. */
  readonly ask: number;
  /** False when a threshold falls inside a bin: then its pairs are shared out by width. */
  readonly exact: boolean;
}

function above(histogram: Histogram, threshold: number): { pairs: number; exact: boolean } {
  let pairs = 0;
  let exact = true;
  for (const bin of histogram) {
    if (bin.from >= threshold) pairs += bin.pairs;
    else if (bin.to > threshold) {
      exact = exact && bin.pairs === 0;
      pairs += (bin.pairs * (bin.to - threshold)) / (bin.to - bin.from);
    }
  }
  return { pairs: Math.round(pairs), exact };
}

/** How many pairs of a run fall where, with these thresholds. */
export function consequenceOf(histogram: Histogram, thresholds: MatchThresholds): Consequence {
  const merge = above(histogram, thresholds.auto);
  const both = above(histogram, thresholds.review);
  return { merge: merge.pairs, ask: both.pairs - merge.pairs, exact: merge.exact && both.exact };
}

/** Places where a threshold can stand and its consequence be told exactly; what is chosen now is among them. */
export function placesOf(histogram: Histogram, chosen: readonly number[]): readonly number[] {
  const edges = histogram.map(({ from }) => from).filter((from) => from >= 0.5);
  return [...new Set([...edges, ...chosen])].toSorted((a, b) => a - b);
}

/** Where most pairs of a bin go. */
export function bandOf(bin: { readonly from: number; readonly to: number }, thresholds: MatchThresholds): MatchBand {
  const middle = (bin.from + bin.to) / 2;
  return middle >= thresholds.auto ? 'auto' : middle >= thresholds.review ? 'review' : 'apart';
}
