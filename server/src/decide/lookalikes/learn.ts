import { aucOf } from '../predict/backtest/measure.ts';
import { fitLogistic } from '../predict/models/logistic.ts';

export interface LearnTask {
  /** Features of the sample, one person after the other, `width` to a person. */
  readonly rows: Float64Array;
  readonly width: number;
  /** 1 for people of the segment. */
  readonly seeds: Uint8Array;
  /** 1 for the third that is hidden from the learning. */
  readonly hidden: Uint8Array;
}

export interface Learnt {
  /** Per unit of a feature: what people are scored with. */
  readonly weights: readonly number[];
  /** Per standard deviation: what tells the seeds apart, and how much. */
  readonly strengths: readonly number[];
  readonly auc: number;
  readonly hiddenSeeds: number;
  readonly curve: readonly { readonly reach: number; readonly found: number; readonly lift: number }[];
}

/** Reaches of the curve: shares of everyone else. */
const reaches = [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5];

/**
 * Learns what tells the people of a segment from others, on two thirds of both, and measures it on the hidden third: at each
 * reach the share of hidden seeds that stand above so many of the hidden others. Null when nothing tells them apart.
 */
export function learnLikeness({ rows, width, seeds, hidden }: LearnTask): Learnt | null {
  const part = (wanted: number): { rows: Float64Array; labels: Uint8Array } => {
    const places = [...hidden.keys()].filter((place) => hidden[place] === wanted);
    const own = new Float64Array(places.length * width);
    for (const [index, place] of places.entries())
      own.set(rows.subarray(place * width, (place + 1) * width), index * width);
    return { rows: own, labels: Uint8Array.from(places, (place) => seeds[place] ?? 0) };
  };
  const shown = part(0);
  const model = fitLogistic(shown.rows, width, shown.labels);
  const test = part(1);
  const scores = Float64Array.from(test.labels, (_, row) => scoreOf(test.rows, row, model.weights));
  const auc = aucOf(scores, test.labels);
  // Worse than a coin is no likeness either.
  if (auc === null || auc < 0.55) return null;
  const others = scores.filter((_, row) => test.labels[row] === 0).toSorted((a, b) => b - a);
  const own = scores.filter((_, row) => test.labels[row] === 1);
  const curve = reaches.map((reach) => {
    const threshold = others[Math.min(others.length - 1, Math.floor(reach * others.length))] ?? 0;
    const found = own.filter((score) => score > threshold).length / Math.max(1, own.length);
    return { reach, found, lift: found / reach };
  });
  return {
    weights: model.weights,
    strengths: model.weights.map((weight, column) => weight * spreadOf(shown.rows, width, column)),
    auc,
    hiddenSeeds: own.length,
    curve,
  };
}

function scoreOf(rows: Float64Array, row: number, weights: readonly number[]): number {
  let sum = 0;
  for (const [column, weight] of weights.entries()) sum += weight * (rows[row * weights.length + column] ?? 0);
  return sum;
}

/** Standard deviation of a column. */
function spreadOf(rows: Float64Array, width: number, column: number): number {
  const count = rows.length / width;
  let [sum, squares] = [0, 0];
  for (let at = column; at < rows.length; at += width) {
    const value = rows[at] ?? 0;
    sum += value;
    squares += value * value;
  }
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}
