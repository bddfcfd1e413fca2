import type { Random } from './random.ts';

/** Standard exponential. */
export function exponential(random: Random): number {
  return -Math.log(1 - random.next());
}

/** Standard normal (Marsaglia's polar method). */
export function normal(random: Random): number {
  for (;;) {
    const u = 2 * random.next() - 1;
    const v = 2 * random.next() - 1;
    const s = u * u + v * v;
    if (s > 0 && s < 1) return u * Math.sqrt((-2 * Math.log(s)) / s);
  }
}

/** Gamma with mean shape × scale (Marsaglia & Tsang 2000; shapes under 1 by their boost). */
export function gamma(random: Random, shape: number, scale: number): number {
  if (shape < 1) return gamma(random, shape + 1, scale) * (1 - random.next()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v * scale;
  }
}

/** Poisson by multiplication: for the small means used here. */
export function poisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count++;
  return count;
}

/** Draws an index in proportion to weights, by bisection of their running sums. */
export class Weighted {
  private readonly sums: Float64Array;

  constructor(weights: readonly number[]) {
    this.sums = new Float64Array(weights.length);
    let sum = 0;
    for (let index = 0; index < weights.length; index++) {
      sum += weights[index] ?? 0;
      this.sums[index] = sum;
    }
    if (!(sum > 0)) throw new RangeError('Weights must have a positive sum.');
  }

  draw(random: Random): number {
    const target = random.next() * (this.sums[this.sums.length - 1] ?? 0);
    let low = 0;
    let high = this.sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.sums[middle] ?? 0) > target) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** Weights that fall off as names and towns do: the first is common, the tail long. */
export function zipf(count: number, exponent: number, offset = 2): number[] {
  return Array.from({ length: count }, (_, rank) => 1 / (rank + offset) ** exponent);
}
