import { normalQuantile } from '../math/normal.ts';
import { type SpendParams, spendMoments } from './gammaGamma.ts';
import type { Outlook } from './survivors.ts';

export interface ValueOutlook {
  readonly mean: number;
  readonly variance: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Value of the orders within some days, with an 80 % interval. Mean and variance are exact under the models; of those who
 * order at all, a log-normal of the same mean and variance gives the ends, and 0 where more than a tenth order nothing.
 */
export function worthOf(outlook: Outlook, spend: SpendParams, x: number, mean: number): ValueOutlook {
  const { first, second } = spendMoments(spend, x, mean);
  const { p } = spend;
  const expected = p * outlook.mean * first;
  const square = (p * p * outlook.square + p * outlook.mean) * second;
  const chance = Math.max(outlook.any, 1e-300);
  const positive = expected / chance;
  const spread = Math.sqrt(Math.log(Math.max(1, square / chance / (positive * positive))));
  const centre = Math.log(positive) - (spread * spread) / 2;
  const quantile = (missed: number): number => {
    // Among those who order: the share that stays below, once those who order nothing are taken off.
    const u = 1 - missed / chance;
    return u <= 0 ? 0 : Math.exp(centre + spread * normalQuantile(u));
  };
  return {
    mean: expected,
    variance: Math.max(0, square - expected * expected),
    low: quantile(0.9),
    high: quantile(0.1),
  };
}
