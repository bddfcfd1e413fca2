/** A logistic regression: probability = 1 / (1 + exp(-(intercept + sum of weight * feature))). */
export interface LogisticModel {
  readonly intercept: number;
  readonly weights: readonly number[];
  readonly logLikelihood: number;
  readonly converged: boolean;
  readonly rows: number;
}

/** Draws weights of standardised features a little towards 0: columns that say the same share their weight. */
const ridge = 1;
const mostRounds = 50;

/** Iteratively reweighted least squares. `rows` hold the features one row after the other, `width` to a row. */
export function fitLogistic(rows: Float64Array, width: number, labels: Uint8Array): LogisticModel {
  const count = labels.length;
  const { means, scales } = standardise(rows, width, count);
  const size = width + 1;
  let beta = new Array<number>(size).fill(0);
  const share = labels.reduce((sum, each) => sum + each, 0) / Math.max(1, count);
  beta[0] = Math.log(Math.max(share, 1e-9) / Math.max(1 - share, 1e-9));
  let converged = false;
  let before = Number.NEGATIVE_INFINITY;
  const features = new Float64Array(size);
  for (let round = 0; round < mostRounds && !converged; round++) {
    const normal = Array.from({ length: size }, () => new Float64Array(size));
    const slope = new Float64Array(size);
    let value = 0;
    for (let row = 0; row < count; row++) {
      features[0] = 1;
      let sum = beta[0] ?? 0;
      for (let column = 0; column < width; column++) {
        const each = ((rows[row * width + column] ?? 0) - (means[column] ?? 0)) / (scales[column] ?? 1);
        features[column + 1] = each;
        sum += each * (beta[column + 1] ?? 0);
      }
      const chance = 1 / (1 + Math.exp(-sum));
      const label = labels[row] ?? 0;
      value += label === 1 ? -Math.log1p(Math.exp(-sum)) : -Math.log1p(Math.exp(sum));
      const weight = Math.max(chance * (1 - chance), 1e-10);
      for (let i = 0; i < size; i++) {
        const scaled = weight * (features[i] ?? 0);
        const line = normal[i];
        if (line === undefined) continue;
        slope[i] = (slope[i] ?? 0) + (features[i] ?? 0) * (label - chance);
        for (let j = 0; j <= i; j++) line[j] = (line[j] ?? 0) + scaled * (features[j] ?? 0);
      }
    }
    for (let i = 1; i < size; i++) {
      const line = normal[i];
      if (line !== undefined) line[i] = (line[i] ?? 0) + ridge;
      slope[i] = (slope[i] ?? 0) - ridge * (beta[i] ?? 0);
      value -= (ridge / 2) * (beta[i] ?? 0) ** 2;
    }
    const step = solve(normal, slope);
    if (step === null) break;
    beta = beta.map((each, index) => each + Math.max(-3, Math.min(3, step[index] ?? 0)));
    converged = Math.abs(value - before) < 1e-9 * (1 + Math.abs(value)) && step.every((each) => Math.abs(each) < 1e-4);
    before = value;
  }
  const weights = Array.from({ length: width }, (_, column) => (beta[column + 1] ?? 0) / (scales[column] ?? 1));
  const intercept = (beta[0] ?? 0) - weights.reduce((sum, each, column) => sum + each * (means[column] ?? 0), 0);
  return { intercept, weights, logLikelihood: before, converged, rows: count };
}

export function logisticChance({ intercept, weights }: LogisticModel, features: readonly number[]): number {
  const sum = weights.reduce((total, weight, index) => total + weight * (features[index] ?? 0), intercept);
  return 1 / (1 + Math.exp(-sum));
}

function standardise(rows: Float64Array, width: number, count: number) {
  const means = new Float64Array(width);
  const scales = new Float64Array(width);
  for (let at = 0; at < count * width; at++) means[at % width] = (means[at % width] ?? 0) + (rows[at] ?? 0) / count;
  for (let at = 0; at < count * width; at++) {
    scales[at % width] = (scales[at % width] ?? 0) + ((rows[at] ?? 0) - (means[at % width] ?? 0)) ** 2 / count;
  }
  // A column that never changes is left out by its own ridge.
  return { means, scales: scales.map((each) => (each > 1e-12 ? Math.sqrt(each) : 1)) };
}

/** Solves a symmetric positive system, of which the lower half is given, by Cholesky's way; null when it is not positive. */
function solve(lower: readonly Float64Array[], right: Float64Array): number[] | null {
  const size = right.length;
  const at = (row: number, column: number): number => lower[row]?.[column] ?? 0;
  for (let j = 0; j < size; j++) {
    for (let i = j; i < size; i++) {
      let sum = at(i, j);
      for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k);
      const line = lower[i];
      if (line === undefined) return null;
      if (i > j) line[j] = sum / at(j, j);
      else if (sum > 0) line[j] = Math.sqrt(sum);
      else return null;
    }
  }
  const result = [...right];
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) result[i] = (result[i] ?? 0) - at(i, k) * (result[k] ?? 0);
    result[i] = (result[i] ?? 0) / at(i, i);
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) result[i] = (result[i] ?? 0) - at(k, i) * (result[k] ?? 0);
    result[i] = (result[i] ?? 0) / at(i, i);
  }
  return result;
}
