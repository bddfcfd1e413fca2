import type { Backtest, ServingModel } from '@vitrail/contracts';
import { eightyPercent } from '../math/normal.ts';
import { type DropoutParams, type Fitted, fitDropout } from '../models/dropout.ts';
import { type FittedSpend, fitSpend, spendingOf } from '../models/gammaGamma.ts';
import { groupPurchases } from '../models/purchases.ts';
import { nextOrderQuantile, orderChance, outlookOf } from '../models/survivors.ts';
import { worthOf } from '../models/worth.ts';
import { learnChances } from './learnChances.ts';
import { accuracyOf, decilesOf, topDecileShare } from './measure.ts';
import { type OrderDays, outcomeOf, type Summary, summarise } from './summary.ts';

/** Parameters are in weeks, as in the literature. */
export const unitDays = 7;
/** A date means something for who ordered again before, and is likely enough to do so within a year. */
export const leastYearChance = 0.2;
const yearDays = 365;

/** Models learnt on what was before a day; times in days. */
export interface Learnt {
  readonly purchases: Fitted<DropoutParams>;
  readonly spend: FittedSpend | null;
}

/** Parameters for times in days. */
export const inDays = (params: DropoutParams): DropoutParams => ({ ...params, alpha: params.alpha * unitDays });

export function learn(summary: Summary, near: DropoutParams | null = null): Learnt {
  return {
    purchases: fitDropout('mbgnbd', groupPurchases(summary, unitDays), near),
    spend: fitSpend(spendingOf(summary)),
  };
}

export interface Totals {
  readonly mean: number;
  readonly variance: number;
}
export const totalsOf = (): { mean: number; variance: number } => ({ mean: 0, variance: 0 });

/** The same of everyone, when each stands for `scale`. */
export const scaled = ({ mean, variance }: Totals, scale: number): Totals => ({
  mean: mean * scale,
  variance: variance * scale,
});

/** With 80 % interval; `miss` is how far, relatively, such totals were off before. */
export function intervalOf({ mean, variance }: Totals, miss: number): { expected: number; low: number; high: number } {
  const half = eightyPercent * Math.sqrt(variance + (miss * mean) ** 2);
  return { expected: mean, low: Math.max(0, mean - half), high: mean + half };
}

/** One cut, measured for every model; `choose` makes the backtest of the one that serves. */
export interface Trial {
  readonly cut: number;
  readonly horizon: number;
  readonly learnt: Learnt;
  readonly logLoss: Readonly<Record<'mbgnbd' | 'logistic' | 'recency', number | null>>;
  readonly auc: Readonly<Record<'mbgnbd' | 'logistic' | 'recency', number | null>>;
  readonly baseRate: number;
  /** Relative error of the total of orders: predicted over actual, less one. */
  readonly miss: number;
  choose(served: ServingModel, miss: number): Backtest;
}

const instantOf = (day: number): string => new Date(day * 86_400_000).toISOString();

export interface CutRequest {
  readonly first: number;
  readonly cut: number;
  readonly horizon: number;
  /** Where the parameters are to be looked for. */
  readonly near: DropoutParams;
  /** How many buyers each one stands for. */
  readonly scale: number;
}

/** Learns on the orders up to `cut` and compares with those of the `horizon` days after it. Null without any customer. */
export function tryCut(orders: OrderDays, { first, cut, horizon, near, scale }: CutRequest): Trial | null {
  const summary = summarise(orders, cut);
  const people = summary.x.length;
  if (people === 0) return null;
  const outcome = outcomeOf(orders, summary, cut, horizon);
  const happened = Uint8Array.from(outcome.orders, (count) => (count > 0 ? 1 : 0));
  const learnt = learn(summary, near);
  const params = inDays(learnt.purchases.params);
  const historyOf = (row: number) => ({ x: summary.x[row] ?? 0, tx: summary.tx[row] ?? 0, age: summary.age[row] ?? 0 });

  const byPurchases = Float64Array.from(happened, (_, row) => orderChance(params, historyOf(row), horizon));
  const window = { first, cut, horizon };
  const chances: Readonly<Record<ServingModel, Float64Array | null>> = {
    mbgnbd: byPurchases,
    logistic: learnChances(orders, summary, { ...window, kind: 'logistic' }, byPurchases),
  };
  const recency = learnChances(orders, summary, { ...window, kind: 'recency' });
  const byRecency = Float64Array.from(happened, (_, row) => (summary.tx[row] ?? 0) - (summary.age[row] ?? 0));
  const baseline = accuracyOf(recency ?? byRecency, happened);
  const recencyOnly =
    recency === null
      ? { auc: baseline.auc, brier: null, ece: null, logLoss: null }
      : { ...baseline, auc: accuracyOf(byRecency, happened).auc };
  const accuracy = {
    mbgnbd: accuracyOf(byPurchases, happened),
    logistic: chances.logistic === null ? null : accuracyOf(chances.logistic, happened),
  };

  const [orderTotal, valueTotal] = [totalsOf(), totalsOf()];
  const values = new Float64Array(people);
  for (let row = 0; row < people; row++) {
    const outlook = outlookOf(params, historyOf(row), horizon);
    orderTotal.mean += outlook.mean;
    orderTotal.variance += outlook.square - outlook.mean ** 2;
    if (learnt.spend === null) continue;
    const worth = worthOf(outlook, learnt.spend.params, summary.valued[row] ?? 0, summary.mean[row] ?? 0);
    values[row] = worth.mean;
    valueTotal.mean += worth.mean;
    valueTotal.variance += worth.variance;
  }
  const actualOrders = outcome.orders.reduce((sum, each) => sum + each, 0);
  const actualRevenue = outcome.revenue.reduce((sum, each) => sum + each, 0);
  const baseRate = happened.reduce((sum, each) => sum + each, 0) / people;

  return {
    cut,
    horizon,
    learnt,
    logLoss: {
      mbgnbd: accuracy.mbgnbd.logLoss,
      logistic: accuracy.logistic?.logLoss ?? null,
      recency: recencyOnly.logLoss,
    },
    auc: { mbgnbd: accuracy.mbgnbd.auc, logistic: accuracy.logistic?.auc ?? null, recency: recencyOnly.auc },
    baseRate,
    miss: actualOrders === 0 ? 0 : orderTotal.mean / actualOrders - 1,
    choose(served, miss) {
      const serving = chances[served] ?? byPurchases;
      const of = (keep: (row: number) => boolean) => {
        const rows = Array.from(happened.keys()).filter(keep);
        return {
          ...accuracyOf(
            Float64Array.from(rows, (row) => serving[row] ?? 0),
            Uint8Array.from(rows, (row) => happened[row] ?? 0),
          ),
          customers: rows.length * scale,
        };
      };
      return {
        cut: instantOf(cut),
        horizonDays: horizon,
        customers: people * scale,
        baseRate,
        models: { mbgnbd: accuracy.mbgnbd, ...(accuracy.logistic === null ? {} : { logistic: accuracy.logistic }) },
        recencyOnly,
        served,
        deciles: decilesOf(serving, happened).map((each) => ({ ...each, customers: each.customers * scale })),
        oneTime: of((row) => (summary.x[row] ?? 0) === 0),
        repeat: of((row) => (summary.x[row] ?? 0) > 0),
        orders: { ...intervalOf(scaled(orderTotal, scale), miss), actual: actualOrders * scale },
        revenue:
          learnt.spend === null
            ? null
            : { ...intervalOf(scaled(valueTotal, scale), miss), actual: actualRevenue * scale },
        topDecile:
          learnt.spend === null || actualRevenue <= 0
            ? null
            : {
                model: topDecileShare(values, outcome.revenue),
                pastSpend: topDecileShare(summary.spent, outcome.revenue),
                perfect: topDecileShare(outcome.revenue, outcome.revenue),
              },
        nextOrder: checkDates(params, summary, outcome.next, horizon),
      };
    },
  };
}

/** Of those a date would be shown for: how many ordered within the horizon, and how often inside their interval. */
function checkDates(params: DropoutParams, summary: Summary, next: Int32Array, horizon: number): Backtest['nextOrder'] {
  let [ordered, notOrdered, inside] = [0, 0, 0];
  const errors: number[] = [];
  for (let row = 0; row < next.length; row++) {
    const history = { x: summary.x[row] ?? 0, tx: summary.tx[row] ?? 0, age: summary.age[row] ?? 0 };
    if (history.x === 0 || orderChance(params, history, yearDays) < leastYearChance) continue;
    const days = next[row] ?? 0;
    if (days === 0) {
      notOrdered++;
      continue;
    }
    ordered++;
    const { from, median, to } = datesOf(params, history, horizon);
    if (days >= from && days <= to) inside++;
    errors.push(Math.abs(days - median));
  }
  if (ordered === 0) return null;
  errors.sort((one, other) => one - other);
  return {
    ordered,
    notOrdered,
    coverage: inside / ordered,
    medianErrorDays: errors[Math.floor(errors.length / 2)] ?? 0,
  };
}

/** Days until the next order, given that it comes within `within` days: median and 80 % interval, as whole days. */
export function datesOf(params: DropoutParams, history: { x: number; age: number }, within: number) {
  // An order of the first day falls between 0 and 1.
  const day = (share: number): number => Math.max(1, Math.ceil(nextOrderQuantile(params, history, share, within)));
  return { from: day(0.1), median: day(0.5), to: day(0.9) };
}
