import type { MatchQuality, MatchThresholds } from '@vitrail/contracts';

export interface Label {
  readonly probability: number;
  readonly same: boolean;
  /** Drawn at random from the automatic merges; else asked because the model was not sure. */
  readonly check: boolean;
}

/** Before so many labels a recalibration would follow chance (measured: 300 cost 6 points of recall once). */
export const labelsNeeded = 1_000;
const z95 = 1.959964;
const bins = [0, 0.5, 0.7, 0.8, 0.9, 0.92, 0.94, 0.96, 0.98, 0.99, 0.999, 1.000001] as const;

/** Share with its Wilson interval (E. B. Wilson, 1927), 95 %. */
export function rateOf(right: number, checked: number): MatchQuality['automatic'] {
  if (checked === 0) return { checked: 0, right: 0, share: null, low: 0, high: 1 };
  const p = right / checked;
  const z2 = z95 * z95;
  const centre = (p + z2 / (2 * checked)) / (1 + z2 / checked);
  const half = (z95 / (1 + z2 / checked)) * Math.sqrt((p * (1 - p)) / checked + z2 / (4 * checked * checked));
  return { checked, right, share: p, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

const rateOver = (labels: readonly Label[]) => rateOf(labels.filter(({ same }) => same).length, labels.length);

/** How right the model is, by what people decided. `checkedShare`: each check stands for so many automatic merges. */
export function measureQuality(
  labels: readonly Label[],
  options: { readonly checkedShare: number; readonly thresholds: MatchThresholds },
): Omit<MatchQuality, 'kind'> {
  return {
    labels: labels.length,
    automatic: rateOver(labels.filter(({ check }) => check)),
    review: rateOver(labels.filter(({ check }) => !check)),
    bins: bins.slice(0, -1).flatMap((from, index) => {
      const to = bins[index + 1] ?? 1;
      const inside = labels.filter(({ probability }) => probability >= from && probability < to);
      if (inside.length === 0) return [];
      const predicted = inside.reduce((sum, { probability }) => sum + probability, 0) / inside.length;
      return [{ from, to: Math.min(1, to), predicted, ...rateOver(inside) }];
    }),
    recalibration: labels.length >= labelsNeeded ? recalibrate(labels, options) : null,
    labelsNeeded,
  };
}

const logit = (p: number): number =>
  Math.log(Math.min(Math.max(p, 1e-9), 1 - 1e-9) / (1 - Math.min(Math.max(p, 1e-9), 1 - 1e-9)));
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/**
 * Platt scaling (J. Platt, 1999) towards the identity: intercept and slope by Newton's method, each label weighted by how
 * many pairs it stands for. A proposal with what it would gain; nothing applies it by itself.
 */
function recalibrate(
  labels: readonly Label[],
  { checkedShare, thresholds }: { readonly checkedShare: number; readonly thresholds: MatchThresholds },
): MatchQuality['recalibration'] {
  const both = labels.some(({ same }) => same) && labels.some(({ same }) => !same);
  if (!both) return null;
  const points = labels.map(({ probability, same, check }) => ({
    x: logit(probability),
    y: same ? 1 : 0,
    weight: check && checkedShare > 0 ? 1 / checkedShare : 1,
  }));
  const total = points.reduce((sum, { weight }) => sum + weight, 0);
  const scale = points.length / total;
  const ridge = 1;
  let [intercept, slope] = [0, 1];
  for (let round = 0; round < 50; round++) {
    let [g0, g1, h00, h01, h11] = [ridge * intercept, ridge * (slope - 1), ridge, 0, ridge];
    for (const { x, y, weight } of points) {
      const p = sigmoid(intercept + slope * x);
      const w = weight * scale;
      const v = w * p * (1 - p);
      g0 += w * (p - y);
      g1 += w * (p - y) * x;
      h00 += v;
      h01 += v * x;
      h11 += v * x * x;
    }
    const determinant = h00 * h11 - h01 * h01;
    const [d0, d1] = [(h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant];
    intercept -= d0;
    slope -= d1;
    if (Math.abs(d0) + Math.abs(d1) < 1e-9) break;
  }
  if (!(slope > 0) || !Number.isFinite(intercept)) return null;
  const loss = (a: number, b: number): number =>
    points.reduce((sum, { x, y, weight }) => {
      const p = Math.min(Math.max(sigmoid(a + b * x), 1e-9), 1 - 1e-9);
      return sum - (weight * (y * Math.log(p) + (1 - y) * Math.log(1 - p))) / total;
    }, 0);
  const moved = (threshold: number): number => sigmoid((logit(threshold) - intercept) / slope);
  return {
    labels: labels.length,
    intercept,
    slope,
    loss: { before: loss(0, 1), after: loss(intercept, slope) },
    thresholds: { auto: moved(thresholds.auto), review: moved(thresholds.review) },
  };
}
