import { lbeta, normalBelow, normalDensity, normalQuantile } from './distributions.ts';
import type { Difference } from './estimate.ts';
import type { Interval } from './sequential.ts';

export interface Bayesian extends Interval {
  /** That the variation is better than control. */
  readonly chanceToWin: number;
  /** What one loses on average by taking the variation although control is better, in the unit of the difference. */
  readonly expectedLoss: number;
  /** The same of staying with control. */
  readonly expectedLossOfControl: number;
}

/** The posterior of a difference under a flat prior: normal around what was seen. Closed forms, no draws. */
export function gaussianPosterior({ value, variance }: Difference, credible = 0.95): Bayesian | null {
  if (!(variance > 0)) return null;
  const error = Math.sqrt(variance);
  const z = value / error;
  const half = normalQuantile(0.5 + credible / 2) * error;
  return {
    chanceToWin: normalBelow(z),
    expectedLoss: error * normalDensity(z) - value * normalBelow(-z),
    expectedLossOfControl: error * normalDensity(z) + value * normalBelow(z),
    low: value - half,
    high: value + half,
  };
}

export interface Successes {
  readonly people: number;
  readonly successes: number;
}

/** The sum below has a term per success: beyond this the normal posterior is a hundredth off at most. */
export const exactSuccesses = 5_000;

/**
 * That a Beta(c, d) is larger than a Beta(a, b), c a whole number: Evan Miller, "Formulas for Bayesian A/B Testing" (2014),
 * equation 6, each term from the one before. Exact; kept in range by a scale, as the first terms may be as small as e^-10000.
 */
function betaBeats(a: number, b: number, c: number, d: number): number {
  const large = 1e200;
  let scale = lbeta(a, b + d) - lbeta(a, b);
  let term = 1;
  let sum = 0;
  for (let i = 0; i < c; i++) {
    sum += term;
    term *= ((a + i) * (d + i)) / ((a + b + d + i) * (1 + i));
    if (sum > large) {
      term /= large;
      sum /= large;
      scale += Math.log(large);
    }
  }
  return Math.min(1, Math.exp(scale + Math.log(sum)));
}

/**
 * Two shares under flat Beta(1, 1) priors: the chance and both losses exactly (the loss after Chris Stucchio, "Easy Evaluation
 * of Decision Rules in Bayesian A/B testing", 2014); the interval of the difference from its exact mean and variance.
 */
export function betaPosterior(control: Successes, variation: Successes, credible = 0.95): Bayesian {
  const a = 1 + control.successes;
  const b = 1 + control.people - control.successes;
  const c = 1 + variation.successes;
  const d = 1 + variation.people - variation.successes;
  const meanOf = (x: number, y: number): number => x / (x + y);
  const spread = (x: number, y: number): number => (x * y) / ((x + y) ** 2 * (x + y + 1));
  const chanceToWin = betaBeats(a, b, c, d);
  // E[max(A - B, 0)] = E[A] P(A' > B) - E[B] P(A > B'), where a dash adds one success.
  const expectedLoss = meanOf(a, b) * (1 - betaBeats(a + 1, b, c, d)) - meanOf(c, d) * (1 - betaBeats(a, b, c + 1, d));
  const value = meanOf(c, d) - meanOf(a, b);
  const half = normalQuantile(0.5 + credible / 2) * Math.sqrt(spread(a, b) + spread(c, d));
  return {
    chanceToWin,
    expectedLoss: Math.max(0, expectedLoss),
    // The losses differ by the difference of the means.
    expectedLossOfControl: Math.max(0, expectedLoss + value),
    low: value - half,
    high: value + half,
  };
}
