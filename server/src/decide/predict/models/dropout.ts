import { digamma, lbeta, lgamma } from '../math/gamma.ts';
import { hyp2f1 } from '../math/hypergeometric.ts';
import { type Evaluated, minimise } from '../math/minimise.ts';
import { type GroupedPurchases, tableOf } from './purchases.ts';

/**
 * Orders come at a rate of the buyer's own (gamma with `r`, `alpha`), and after an order the buyer leaves with a chance of
 * their own (beta with `a`, `b`). BG/NBD (Fader, Hardie, Lee 2005): nobody leaves at the first order. MBG/NBD (Batislam,
 * Denizel, Filiztekin 2007): they may, so that one-time buyers can have left.
 */
export interface DropoutParams {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}
export type DropoutModel = 'bgnbd' | 'mbgnbd';

export interface Fitted<P> {
  readonly params: P;
  readonly logLikelihood: number;
  readonly converged: boolean;
}

/** How many chances to leave come on top of the repeat orders. */
const extra = (model: DropoutModel): number => (model === 'mbgnbd' ? 1 : 0);

/** Log-likelihood of all buyers, and its slope by the logarithm of each parameter. */
export function dropoutLikelihood(
  model: DropoutModel,
  data: GroupedPurchases,
  { r, alpha, a, b }: DropoutParams,
): { value: number; gradient: [number, number, number, number] } {
  const shift = extra(model);
  const { x: xs, tx, age, count, distinct } = data;
  const rateLog = tableOf(distinct, (x) => lgamma(r + x) - lgamma(r) + r * Math.log(alpha));
  const rateSlope = tableOf(distinct, (x) => digamma(r + x) - digamma(r) + Math.log(alpha));
  const base = lbeta(a, b);
  // Stayed after every chance; left after the last one.
  const stayed = tableOf(distinct, (x) => lbeta(a, b + x + shift) - base);
  const left = tableOf(distinct, (x) =>
    x + shift === 0 ? Number.NEGATIVE_INFINITY : lbeta(a + 1, b + x + shift - 1) - base,
  );
  const both = tableOf(distinct, (x) => digamma(a + b + x + shift));
  const stayedB = tableOf(distinct, (x) => digamma(b + x + shift));
  const leftB = tableOf(distinct, (x) => (x + shift === 0 ? 0 : digamma(b + x + shift - 1)));
  const [psiA, psiA1, psiB, psiAB] = [digamma(a), digamma(a + 1), digamma(b), digamma(a + b)];
  let value = 0;
  let [dr, dalpha, da, db] = [0, 0, 0, 0];
  for (let row = 0; row < xs.length; row++) {
    const x = xs[row] ?? 0;
    const people = count[row] ?? 0;
    const [end, last] = [alpha + (age[row] ?? 0), alpha + (tx[row] ?? 0)];
    const [logEnd, logLast] = [Math.log(end), Math.log(last)];
    const one = (stayed[x] ?? 0) - (r + x) * logEnd;
    const two = (left[x] ?? 0) - (r + x) * logLast;
    const high = Math.max(one, two);
    const sum = high + Math.log1p(Math.exp(Math.min(one, two) - high));
    const [w1, w2] = [Math.exp(one - sum), Math.exp(two - sum)];
    value += people * ((rateLog[x] ?? 0) + sum);
    dr += people * ((rateSlope[x] ?? 0) - w1 * logEnd - w2 * logLast);
    dalpha += people * (r / alpha - (r + x) * (w1 / end + w2 / last));
    const shared = psiAB - (both[x] ?? 0);
    da += people * (w1 * psiA + w2 * psiA1 - psiA + shared);
    db += people * (w1 * (stayedB[x] ?? 0) + w2 * (leftB[x] ?? 0) - psiB + shared);
  }
  return { value, gradient: [dr * r, dalpha * alpha, da * a, db * b] };
}

/** Logarithms beyond this stand for "without end": the likelihood is flat there. */
const furthest = 16;

/**
 * Where beliefs about leaving are the same for everyone, `a` and `b` run away together on a ridge that is flat but for the
 * rounding of the functions: from e^7 on (`dropoutIdentifiable` is false there) a slight slope ends the walk.
 */
const ridgeFrom = 7;
const ridgeSlope = 1e-5;
const beyondRidge = (log: number): number => Math.max(0, log - ridgeFrom);

/** Maximum likelihood; found faster from parameters that are `near`. Where nobody ever leaves, `a` runs towards 0 and `b` away: look at `dropoutIdentifiable`. */
export function fitDropout(
  model: DropoutModel,
  data: GroupedPurchases,
  near: DropoutParams | null = null,
): Fitted<DropoutParams> {
  const people = Math.max(1, data.people);
  const paramsOf = ([r = 0, alpha = 0, a = 0, b = 0]: readonly number[]): DropoutParams => ({
    r: Math.exp(r),
    alpha: Math.exp(alpha),
    a: Math.exp(a),
    b: Math.exp(b),
  });
  const evaluate = (at: readonly number[]): Evaluated => {
    if (at.some((each) => Math.abs(each) > furthest))
      return { value: Number.POSITIVE_INFINITY, gradient: [0, 0, 0, 0] };
    const { value, gradient } = dropoutLikelihood(model, data, paramsOf(at));
    const far = [0, 0, beyondRidge(at[2] ?? 0), beyondRidge(at[3] ?? 0)];
    return {
      value: -value / people + far.reduce((sum, each) => sum + ridgeSlope * each * each, 0),
      gradient: gradient.map((each, index) => -each / people + 2 * ridgeSlope * (far[index] ?? 0)),
    };
  };
  const typical = Math.max(1e-3, meanAge(data));
  const start = near ?? { r: 0.5, alpha: typical / 4, a: 0.8, b: 2 };
  const best = minimise(evaluate, [start.r, start.alpha, start.a, start.b].map(Math.log));
  const params = paramsOf(best.at);
  return { params, logLikelihood: dropoutLikelihood(model, data, params).value, converged: best.converged };
}

function meanAge({ age, count, people }: GroupedPurchases): number {
  let sum = 0;
  for (let row = 0; row < age.length; row++) sum += (age[row] ?? 0) * (count[row] ?? 0);
  return sum / Math.max(1, people);
}

/** False when the data show nobody leaving: a share of leavers below a thousandth, or a belief that nothing could shake. */
export const dropoutIdentifiable = ({ a, b }: DropoutParams): boolean => a / (a + b) >= 1e-3 && b <= 1e3;

/** Probability of not having left. For BG/NBD it is 1 for everyone who ordered once: never a score of churn. */
export function aliveChance(
  model: DropoutModel,
  { r, alpha, a, b }: DropoutParams,
  x: number,
  tx: number,
  age: number,
) {
  const chances = x + extra(model);
  if (chances === 0) return 1;
  return 1 / (1 + (a / (b + chances - 1)) * ((alpha + age) / (alpha + tx)) ** (r + x));
}

/** Orders to be expected within `time` by a buyer of whom nothing is known but the first order. */
export function expectedFromStart({ r, alpha, a, b }: DropoutParams, time: number): number {
  const series = hyp2f1(r, b, a + b - 1, time / (alpha + time));
  return ((a + b - 1) / (a - 1)) * (1 - (alpha / (alpha + time)) ** r * series);
}

/** Orders to be expected within `time` from now on, by the closed form; `a` must not be 1 (see `survivors.ts`). */
export function expectedOrders(
  model: DropoutModel,
  params: DropoutParams,
  { x, tx, age }: { x: number; tx: number; age: number },
  time: number,
): number {
  const { r, alpha, a, b } = params;
  const shift = extra(model);
  const known = a + b + x + shift - 1;
  const series = hyp2f1(r + x, b + x + shift, known, time / (alpha + age + time));
  const ifAlive = (known / (a - 1)) * (1 - ((alpha + age) / (alpha + age + time)) ** (r + x) * series);
  return ifAlive * aliveChance(model, params, x, tx, age);
}

/** BG/NBD: probability of exactly `n` repeat orders within `time` of the first. */
export function orderCountChance({ r, alpha, a, b }: DropoutParams, n: number, time: number): number {
  const [q, p] = [alpha / (alpha + time), time / (alpha + time)];
  const poisson = (j: number): number =>
    Math.exp(lgamma(r + j) - lgamma(r) - lgamma(j + 1) + r * Math.log(q) + j * Math.log(p));
  const stayed = Math.exp(lbeta(a, b + n) - lbeta(a, b)) * poisson(n);
  if (n === 0) return stayed;
  let below = 0;
  for (let j = 0; j < n; j++) below += poisson(j);
  return stayed + Math.exp(lbeta(a + 1, b + n - 1) - lbeta(a, b)) * Math.max(0, 1 - below);
}
