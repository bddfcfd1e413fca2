import { aliveChance, type DropoutParams } from './dropout.ts';

/** What a buyer will do within some days, by MBG/NBD. */
export interface Outlook {
  /** Probability of at least one order. */
  readonly any: number;
  readonly mean: number;
  /** Mean of the square. */
  readonly square: number;
  /** 80 % interval of the number of orders. */
  readonly low: number;
  readonly high: number;
}

export interface History {
  readonly x: number;
  readonly tx: number;
  readonly age: number;
}

/** A year has fewer days with an order than that. */
export const mostOrders = 1_000;

/** How many counts must be looked at: the negative binomial without leaving, twelve deviations out. */
export function termsOf(shape: number, q: number): number {
  const mean = (shape * (1 - q)) / q;
  return Math.min(mostOrders, Math.ceil(mean + 12 * Math.sqrt(mean / q) + 20));
}

/**
 * The whole distribution of the number of orders within `time`. Given that a buyer is still there, rate and chance of
 * leaving are independent (gamma with `r + x`, `alpha + age`; beta with `a`, `b + x + 1`), and at least n orders come when
 * the Poisson process brings n and the buyer stayed after the first n - 1 of them:
 * P(X >= n) = alive * NB(N >= n) * B(a, b + x + n) / B(a, b + x + 1). Sums of it give mean, variance and quantiles without
 * a special function; the mean equals the closed form with 2F1. `compileScores.ts` says the same in SQL.
 */
export function outlookOf(params: DropoutParams, { x, tx, age }: History, time: number): Outlook {
  const { r, alpha, a, b } = params;
  const shape = r + x;
  const end = alpha + age;
  const q = end / (end + time);
  const alive = aliveChance('mbgnbd', params, x, tx, age);
  const terms = termsOf(shape, q);
  const step = Math.log(1 - q);
  let logMass = shape * Math.log(q);
  let below = Math.exp(logMass);
  let stayed = 0;
  let [any, mean, square, low, high] = [0, 0, 0, 0, 0];
  for (let n = 1; n <= terms; n++) {
    if (n > 1) stayed += Math.log((b + x + n - 1) / (a + b + x + n - 1));
    const chance = alive * Math.max(0, 1 - below) * Math.exp(stayed);
    if (n === 1) any = chance;
    mean += chance;
    square += (2 * n - 1) * chance;
    if (chance > 0.9) low++;
    if (chance > 0.1) high++;
    logMass += Math.log((shape + n - 1) / n) + step;
    below += Math.exp(logMass);
  }
  return { any, mean, square, low, high };
}

/** Probability of an order within `time`. */
export function orderChance(params: DropoutParams, { x, tx, age }: History, time: number): number {
  const end = params.alpha + age;
  return aliveChance('mbgnbd', params, x, tx, age) * (1 - (end / (end + time)) ** (params.r + x));
}

/** When the next order comes, given that it comes within `within`: the time by which `share` of such buyers have ordered. */
export function nextOrderQuantile(
  { r, alpha }: DropoutParams,
  { x, age }: Pick<History, 'x' | 'age'>,
  share: number,
  within: number,
): number {
  const end = alpha + age;
  const reached = share * (1 - (end / (end + within)) ** (r + x));
  return end * ((1 - reached) ** (-1 / (r + x)) - 1);
}
