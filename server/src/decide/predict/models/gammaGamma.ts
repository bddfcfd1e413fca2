import { digamma, lgamma } from '../math/gamma.ts';
import { type Evaluated, minimise } from '../math/minimise.ts';
import type { Fitted } from './dropout.ts';
import { distinctOf, tableOf } from './purchases.ts';

/** What an order is worth (Fader, Hardie 2013): gamma with shape `p` at a rate of the buyer's own, gamma with `q`, `g`. */
export interface SpendParams {
  readonly p: number;
  readonly q: number;
  readonly g: number;
}

/** Mean value of `x` orders of each buyer who has any of positive mean. */
export interface Spending {
  readonly x: Int32Array;
  readonly mean: Float64Array;
  /** Every `x` that occurs, once. */
  readonly distinct: Int32Array;
}

/** Buyers whose repeat orders have a known, positive mean value. */
export function spendingOf({ valued, mean }: { valued: Int32Array; mean: Float64Array }): Spending {
  const rows: number[] = [];
  for (let person = 0; person < valued.length; person++) {
    if ((valued[person] ?? 0) > 0 && (mean[person] ?? 0) > 0) rows.push(person);
  }
  const x = Int32Array.from(rows, (person) => valued[person] ?? 0);
  return {
    x,
    distinct: distinctOf(x),
    mean: Float64Array.from(rows, (person) => mean[person] ?? 0),
  };
}

export function spendLikelihood(
  { x: xs, mean, distinct }: Spending,
  { p, q, g }: SpendParams,
): { value: number; gradient: [number, number, number] } {
  const fixed = tableOf(
    distinct,
    (x) => lgamma(p * x + q) - lgamma(p * x) - lgamma(q) + q * Math.log(g) + p * x * Math.log(x),
  );
  const slopeP = tableOf(distinct, (x) => x * (digamma(p * x + q) - digamma(p * x) + Math.log(x)));
  const slopeQ = tableOf(distinct, (x) => digamma(p * x + q) - digamma(q) + Math.log(g));
  let value = 0;
  let [dp, dq, dg] = [0, 0, 0];
  for (let row = 0; row < xs.length; row++) {
    const x = xs[row] ?? 0;
    const z = mean[row] ?? 0;
    const sum = g + x * z;
    const [logZ, logSum] = [Math.log(z), Math.log(sum)];
    value += (fixed[x] ?? 0) + (p * x - 1) * logZ - (p * x + q) * logSum;
    dp += (slopeP[x] ?? 0) + x * (logZ - logSum);
    dq += (slopeQ[x] ?? 0) - logSum;
    dg += q / g - (p * x + q) / sum;
  }
  return { value, gradient: [dp * p, dq * q, dg * g] };
}

export interface FittedSpend extends Fitted<SpendParams> {
  /** 'fitted'; 'constant': everyone spends the same; 'fallback': the likelihood has no usable maximum. */
  readonly kind: 'fitted' | 'constant' | 'fallback';
}

/** Relative spread of the mean values below which there is nothing to learn from them. */
const leastSpread = 1e-3;
/** Fewer repeat buyers teach no three parameters. */
const fewest = 20;

/** Maximum likelihood; with guards, because the likelihood of a constant spend has no maximum. Null without values. */
export function fitSpend(data: Spending): FittedSpend | null {
  const people = data.x.length;
  if (people === 0) return null;
  const average = data.mean.reduce((sum, each) => sum + each, 0) / people;
  const spread = Math.sqrt(data.mean.reduce((sum, each) => sum + (each - average) ** 2, 0) / people) / average;
  if (spread < leastSpread) return constantSpend(average);
  if (people < fewest) return fallbackSpend(average);
  const paramsOf = ([p = 0, q = 0, g = 0]: readonly number[]): SpendParams => ({
    p: Math.exp(p),
    q: Math.exp(q),
    g: Math.exp(g) * average,
  });
  // In units of the average order, so that the start does not depend on the currency.
  const evaluate = (at: readonly number[]): Evaluated => {
    if (at.some((each) => Math.abs(each) > 14)) return { value: Number.POSITIVE_INFINITY, gradient: [0, 0, 0] };
    const { value, gradient } = spendLikelihood(data, paramsOf(at));
    return { value: -value / people, gradient: gradient.map((each) => -each / people) };
  };
  const best = minimise(evaluate, [Math.log(4), Math.log(4), Math.log(0.75)]);
  const params = paramsOf(best.at);
  // With q up to 1 the mean order of a new buyer is infinite.
  if (!best.converged || params.q <= 1.05) return fallbackSpend(average);
  return { kind: 'fitted', params, logLikelihood: -best.value * people, converged: true };
}

const surely = 1e6;
const constantSpend = (average: number): FittedSpend => ({
  kind: 'constant',
  params: { p: surely, q: surely, g: (average * (surely - 1)) / surely },
  logLikelihood: 0,
  converged: false,
});
/** The average order counts like two orders of the buyer's own. */
const fallbackSpend = (average: number): FittedSpend => ({
  kind: 'fallback',
  params: { p: 1, q: 3, g: 2 * average },
  logLikelihood: 0,
  converged: false,
});

/** Expected value of an order of a buyer whose `x` repeat orders were worth `mean` each. */
export const expectedSpend = ({ p, q, g }: SpendParams, x: number, mean: number): number =>
  (p * (g + x * mean)) / (p * x + q - 1);

/** Expected square of the inverse rate: what the value of several orders varies by. Finite only above two. */
export function spendMoments({ p, q, g }: SpendParams, x: number, mean: number): { first: number; second: number } {
  const [shape, sum] = [q + p * x, g + x * mean];
  return { first: sum / (shape - 1), second: (sum * sum) / ((shape - 1) * Math.max(shape - 2, 0.05)) };
}
