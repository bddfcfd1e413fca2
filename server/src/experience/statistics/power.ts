import { normalQuantile } from './distributions.ts';
import { sequentialWidth } from './sequential.ts';

export interface Plan {
  /** What is measured of a person in control: its mean and the variance between people. */
  readonly mean: number;
  readonly variance: number;
  /** Smallest change worth finding, as a share of the mean. */
  readonly effect: number;
  readonly alpha: number;
  readonly power: number;
}

/**
 * People in each arm to find a change of a share, both sides, looked at once at the end: Fleiss, Levin, Paik, "Statistical
 * Methods for Rates and Proportions" (2003), equation 4.14 without continuity correction.
 */
export function sizeForShare(share: number, effect: number, alpha: number, power: number): number {
  const other = share * (1 + effect);
  const middle = (share + other) / 2;
  const root =
    normalQuantile(1 - alpha / 2) * Math.sqrt(2 * middle * (1 - middle)) +
    normalQuantile(power) * Math.sqrt(share * (1 - share) + other * (1 - other));
  return Math.ceil((root / (other - share)) ** 2);
}

/** The same for a mean, with the same variance in both arms. */
export function sizeForMean({ mean, variance, effect, alpha, power }: Plan): number {
  const z = normalQuantile(1 - alpha / 2) + normalQuantile(power);
  return Math.ceil((2 * variance * z ** 2) / (mean * effect) ** 2);
}

/**
 * People in each arm after which the always-valid interval leaves 0 out with the power asked for: the smallest n with
 * width(n) + z(power) ≤ effect / error(n). More than a test with one look needs: the price of looking every day.
 */
export function sizeForSequential({ mean, variance, effect, alpha, power }: Plan): number {
  const reached = (n: number): boolean => {
    const error = Math.sqrt((2 * variance) / n);
    return Math.abs(mean * effect) / error >= sequentialWidth(2 * n, alpha) + normalQuantile(power);
  };
  let high = 2;
  while (!reached(high) && high < 1e12) high *= 2;
  let low = high / 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (reached(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The smallest change that so many people in each arm show, as a share of the mean. */
export function effectFor(people: number, { mean, variance, alpha, power }: Omit<Plan, 'effect'>): number {
  const errors = sequentialWidth(2 * people, alpha) + normalQuantile(power);
  return (errors * Math.sqrt((2 * variance) / people)) / mean;
}
