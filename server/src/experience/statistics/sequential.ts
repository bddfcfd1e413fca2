import type { Difference } from './estimate.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}
export interface Sequential extends Interval {
  /** Always valid: whoever looks every day and stops when they like is wrong no more often than promised. */
  readonly pValue: number;
}

/** The number of people at which the sequence is at its tightest; GrowthBook's default. */
export const sequentialTuning = 5_000;

/** rho of the published sequence: what makes it tightest at `tuning` people. */
export function rhoFor(alpha: number, tuning = sequentialTuning): number {
  const surprise = -2 * Math.log(alpha);
  return Math.sqrt((surprise + Math.log(surprise + 1)) / tuning);
}

/** Standard errors on each side of a difference seen with so many people. */
export function sequentialWidth(people: number, alpha: number, tuning = sequentialTuning): number {
  const rho = rhoFor(alpha, tuning);
  const grown = people * rho ** 2 + 1;
  return Math.sqrt(((2 * grown) / (people * rho ** 2)) * Math.log(Math.sqrt(grown) / alpha));
}

/**
 * An asymptotic confidence sequence: Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas, "Time-uniform central limit theory and
 * asymptotic confidence sequences" (Annals of Statistics 2024, Theorem 2.2 and equation 15 for rho), with the variance of the
 * difference in place of the variance of one mean, as GrowthBook's documentation describes. Null without any spread.
 */
export function sequentialTest(difference: Difference, alpha = 0.05, tuning = sequentialTuning): Sequential | null {
  const { value, variance, people } = difference;
  if (!(variance > 0) || people < 2) return null;
  const half = sequentialWidth(people, alpha, tuning) * Math.sqrt(variance);
  const rho = rhoFor(alpha, tuning);
  const grown = people * rho ** 2 + 1;
  // The interval read backwards: the smallest alpha (with the same rho) whose interval leaves 0 out.
  const evidence = (value ** 2 / variance) * ((people * rho ** 2) / (2 * grown));
  return {
    low: value - half,
    high: value + half,
    pValue: Math.min(1, Math.sqrt(grown) * Math.exp(-evidence)),
  };
}
