import { featureNames, featuresOf } from '../models/features.ts';
import { fitLogistic, type LogisticModel, logisticChance } from '../models/logistic.ts';
import { type OrderDays, outcomeOf, type Summary, summarise } from './summary.ts';

/** More rows change the weights by less than the next season does. */
const mostRows = 50_000;
/** Fewer who ordered, or fewer who did not, teach nothing. */
const fewest = 30;

/**
 * Learns who orders within `horizon` days on the window before `day`: features as of `day - horizon`, answers from the days
 * since. Null when the history does not reach back half a window further, or too few ordered. `recency` is the plain
 * baseline: the days since the last order alone.
 */
export function fitShifted(
  orders: OrderDays,
  { first, day, horizon, kind }: { first: number; day: number; horizon: number; kind: 'logistic' | 'recency' },
): LogisticModel | null {
  const then = day - horizon;
  if (then - first < horizon / 2) return null;
  const past = summarise(orders, then);
  const outcome = outcomeOf(orders, past, then, horizon);
  const step = Math.max(1, Math.ceil(past.x.length / mostRows));
  const count = Math.ceil(past.x.length / step);
  const width = kind === 'recency' ? 1 : featureNames.length;
  const rows = new Float64Array(count * width);
  const labels = new Uint8Array(count);
  let positives = 0;
  for (let row = 0; row < count; row++) {
    const features = rowFeatures(past, row * step);
    for (let column = 0; column < width; column++) rows[row * width + column] = features[column] ?? 0;
    labels[row] = (outcome.orders[row * step] ?? 0) > 0 ? 1 : 0;
    positives += labels[row] ?? 0;
  }
  if (positives < fewest || count - positives < fewest) return null;
  const model = fitLogistic(rows, width, labels);
  return model.converged ? model : null;
}

/** Recency comes first: the baseline takes it alone. */
function rowFeatures({ x, tx, age, value }: Summary, row: number): number[] {
  return featuresOf({ x: x[row] ?? 0, tx: tx[row] ?? 0, age: age[row] ?? 0, value: value[row] ?? 0 });
}

/**
 * Probabilities of everyone in `summary`, as of `cut`, learnt on the window before it. Given `level`, the probabilities of
 * the purchase model, the logistic model only says who is likelier than whom: its mean becomes theirs.
 */
export function learnChances(
  orders: OrderDays,
  summary: Summary,
  window: { first: number; cut: number; horizon: number; kind: 'logistic' | 'recency' },
  level: Float64Array | null = null,
): Float64Array | null {
  const { first, cut, horizon, kind } = window;
  const fitted = fitShifted(orders, { first, day: cut, horizon, kind });
  if (fitted === null) return null;
  const model = level === null ? fitted : levelled(fitted, summary, level);
  return Float64Array.from(summary.x, (_, row) => logisticChance(model, rowFeatures(summary, row)));
}

/**
 * Moves the intercept until the mean probability is that of `level`. The window a model was learnt on had its own season,
 * and the next one has another; the purchase model, learnt on the whole history, errs less there (measured on Online Retail:
 * calibration error 0.063 before, below 0.03 after, and a better log loss).
 */
export function levelled(model: LogisticModel, summary: Summary, level: Float64Array): LogisticModel {
  const wanted = level.reduce((sum, each) => sum + each, 0) / Math.max(1, level.length);
  const logits = Float64Array.from(summary.x, (_, row) => {
    const chance = logisticChance(model, rowFeatures(summary, row));
    return Math.log(Math.max(1e-15, chance)) - Math.log(Math.max(1e-15, 1 - chance));
  });
  let shift = 0;
  // Newton's way: the mean grows with the shift, and the start is close.
  for (let step = 0; step < 12; step++) {
    let [sum, slope] = [0, 0];
    for (const logit of logits) {
      const chance = 1 / (1 + Math.exp(-logit - shift));
      sum += chance;
      slope += chance * (1 - chance);
    }
    const move = (wanted * logits.length - sum) / Math.max(slope, 1e-9);
    shift += Math.max(-1, Math.min(1, move));
    if (Math.abs(move) < 1e-10) break;
  }
  return { ...model, intercept: model.intercept + shift };
}
