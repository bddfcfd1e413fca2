import { lgamma } from '../math/gamma.ts';
import { hyp2f1 } from '../math/hypergeometric.ts';
import { minimise, withGradient } from '../math/minimise.ts';
import type { Fitted } from './dropout.ts';
import { type GroupedPurchases, tableOf } from './purchases.ts';

/** Pareto/NBD (Schmittlein, Morrison, Colombo 1987): a buyer may leave at any time, not only after an order. */
export interface ParetoParams {
  readonly r: number;
  readonly alpha: number;
  readonly s: number;
  readonly beta: number;
}

/** Logarithm of one of the two terms of A0 (Fader and Hardie 2005, "A Note on Deriving the Pareto/NBD Model"). */
function logTerm({ r, alpha, s, beta }: ParetoParams, x: number, time: number): number {
  const all = r + s + x;
  const [larger, smaller, other] = alpha >= beta ? [alpha, beta, s + 1] : [beta, alpha, r + x];
  return Math.log(hyp2f1(all, other, all + 1, (larger - smaller) / (larger + time))) - all * Math.log(larger + time);
}

/** Logarithm of A0, the difference of the terms at the last order and at the end. */
function logGap(params: ParetoParams, x: number, tx: number, age: number): number {
  const first = logTerm(params, x, tx);
  const second = logTerm(params, x, age);
  return first + Math.log(Math.max(0, -Math.expm1(second - first)));
}

export function paretoLikelihood(data: GroupedPurchases, params: ParetoParams): number {
  const { r, alpha, s, beta } = params;
  const rate = tableOf(data.distinct, (x) => lgamma(r + x) - lgamma(r) + r * Math.log(alpha) + s * Math.log(beta));
  let value = 0;
  for (let row = 0; row < data.x.length; row++) {
    const x = data.x[row] ?? 0;
    const age = data.age[row] ?? 0;
    const stayed = -(r + x) * Math.log(alpha + age) - s * Math.log(beta + age);
    const left = Math.log(s / (r + s + x)) + logGap(params, x, data.tx[row] ?? 0, age);
    const high = Math.max(stayed, left);
    const sum = high + Math.log1p(Math.exp(Math.min(stayed, left) - high));
    value += (data.count[row] ?? 0) * ((rate[x] ?? 0) + sum);
  }
  return value;
}

export function fitPareto(data: GroupedPurchases): Fitted<ParetoParams> {
  const people = Math.max(1, data.people);
  const paramsOf = ([r = 0, alpha = 0, s = 0, beta = 0]: readonly number[]): ParetoParams => ({
    r: Math.exp(r),
    alpha: Math.exp(alpha),
    s: Math.exp(s),
    beta: Math.exp(beta),
  });
  const value = (at: readonly number[]): number =>
    at.some((each) => Math.abs(each) > 16) ? Number.POSITIVE_INFINITY : -paretoLikelihood(data, paramsOf(at)) / people;
  let total = 0;
  for (let row = 0; row < data.age.length; row++) total += (data.age[row] ?? 0) * (data.count[row] ?? 0);
  const typical = Math.max(1e-3, total / people);
  // Slopes by differences are good to about 1e-8 of the value.
  const best = minimise(
    withGradient(value),
    [Math.log(0.5), Math.log(typical / 3), Math.log(0.6), Math.log(typical / 3.5)],
    {
      tolerance: 1e-6,
    },
  );
  return { params: paramsOf(best.at), logLikelihood: -best.value * people, converged: best.converged };
}

/** Probability of not having left. */
export function paretoAlive(params: ParetoParams, x: number, tx: number, age: number): number {
  const { r, alpha, s, beta } = params;
  const ratio = logGap(params, x, tx, age) + (r + x) * Math.log(alpha + age) + s * Math.log(beta + age);
  return 1 / (1 + (s / (r + s + x)) * Math.exp(ratio));
}
