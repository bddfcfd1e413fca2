import type { Backtest, FittedModel, PredictionReason, ServingModel } from '@vitrail/contracts';
import { type DropoutParams, dropoutIdentifiable, fitDropout } from '../models/dropout.ts';
import { featureNames } from '../models/features.ts';
import type { SpendParams } from '../models/gammaGamma.ts';
import type { LogisticModel } from '../models/logistic.ts';
import { fitPareto } from '../models/paretonbd.ts';
import { distinctOf, type GroupedPurchases, groupPurchases } from '../models/purchases.ts';
import { orderChance, outlookOf } from '../models/survivors.ts';
import { worthOf } from '../models/worth.ts';
import { inDays, intervalOf, learn, scaled, type Trial, totalsOf, tryCut, unitDays } from './backtest.ts';
import { fitShifted, levelled } from './learnChances.ts';
import { buyersOf, everyNth, type OrderDays, rangeOf, type Summary, summarise } from './summary.ts';

/** Below these nothing is shown at all; below the second of each pair it is to be read with care. */
export const thresholds = {
  buyers: { least: 100, comfortable: 500 },
  historyDays: { least: 90, comfortable: 180 },
  recentOrderDays: 45,
  /** With two years, a season has been seen twice. */
  seasonDays: 730,
  /** Totals of a backtest further off than this are warned of. */
  totalsMiss: 0.15,
} as const;

export interface LearnRequest {
  /** The day up to which orders are known, or the cut. */
  readonly today: number;
  /** A cut of the caller's choice: models are learnt on what was before it, and it is the first backtest. */
  readonly cut?: { readonly day: number; readonly horizon: number } | undefined;
  /** Also BG/NBD and Pareto/NBD, which never serve. */
  readonly allModels?: boolean | undefined;
  /** How many buyers each one stands for. */
  readonly scale?: number | undefined;
  readonly progress?: ((step: 'fit' | 'backtest', done: number, total: number) => void) | undefined;
}

/** Everything scoring needs; times in days. */
export interface ScoringParams {
  readonly served: ServingModel;
  readonly purchases: DropoutParams;
  /** Null when no order has a known value. */
  readonly spend: SpendParams | null;
  /** By horizon, when the logistic model serves. */
  readonly logistic: { readonly in30: LogisticModel; readonly in90: LogisticModel } | null;
}

export interface Learning {
  readonly training: { customers: number; repeaters: number; orders: number; from: number; to: number } | null;
  readonly models: Partial<Record<'bgnbd' | 'mbgnbd' | 'paretonbd' | 'gammagamma' | 'logistic', FittedModel>>;
  /** Null: nothing is good enough to be shown. */
  readonly served: ServingModel | null;
  readonly reasons: PredictionReason[];
  readonly backtests: Backtest[];
  readonly scoring: ScoringParams | null;
  /** Value expected of everyone together in the next 30 days. */
  readonly value30: { expected: number; low: number; high: number } | null;
  /** Share who ordered in the newest window, and mean probability for the next one of the same length. */
  readonly rates: { base: number; mean: number; horizonDays: number } | null;
}

/** Of more buyers than that, this many are enough for the proof and for the logistic model: every n-th. */
const mostProved = 60_000;

/** Learns, proves on the past, and chooses what serves. Pure: the same orders give the same answer. */
export function learnShop(orders: OrderDays, request: LearnRequest): Learning {
  const { today, cut, scale = 1, progress } = request;
  const at = cut?.day ?? today;
  const range = rangeOf(orders);
  if (range === null || buyersOf(orders) === 0) return nothing('no_orders');
  const summary = summarise(orders, at);
  const customers = summary.x.length;
  if (customers === 0) return nothing('no_orders');
  const repeaters = summary.x.reduce((sum, x) => sum + (x > 0 ? 1 : 0), 0);
  const count = summary.x.reduce((sum, x) => sum + x + 1, 0);
  const last = summary.tx.reduce((most, tx, row) => Math.max(most, tx + at - (summary.age[row] ?? 0)), 0);
  const training = {
    customers: customers * scale,
    repeaters: repeaters * scale,
    orders: count * scale,
    from: range.first,
    to: at,
  };
  const history = at - range.first;
  const refusals: PredictionReason[] = [];
  const cautions: PredictionReason[] = [];
  const judge = (
    value: number,
    { least, comfortable }: { least: number; comfortable: number },
    reason: PredictionReason,
  ) => {
    if (value < least) refusals.push(reason);
    else if (value < comfortable) cautions.push(reason);
  };
  judge(customers * scale, thresholds.buyers, 'too_few_buyers');
  judge(history, thresholds.historyDays, 'history_too_short');
  if (at - last > thresholds.recentOrderDays) refusals.push('no_recent_order');
  if (!summary.x.some((x) => x >= 2)) refusals.push('nobody_bought_three_times');
  // Without anybody who came back there is nothing that could be learnt.
  if (repeaters === 0) return { ...nothing(...refusals), training };

  progress?.('fit', 0, 1);
  const { purchases, spend } = learn(summary);
  const models: Learning['models'] = { mbgnbd: { ...purchases, params: { ...purchases.params } } };
  if (spend !== null) {
    const { params, logLikelihood, converged } = spend;
    models.gammagamma = { params: { ...params }, logLikelihood, converged };
    if (spend.kind === 'constant') cautions.push('spend_is_constant');
  }
  if (request.allModels === true) Object.assign(models, fitOthers(summary));
  if (!purchases.converged) refusals.push('not_converged');
  else if (!dropoutIdentifiable(purchases.params)) cautions.push('dropout_not_identifiable');
  if (history < thresholds.seasonDays) cautions.push('season_unknown');

  const step = Math.ceil(customers / mostProved);
  const proof = step === 1 ? orders : everyNth(orders, step);
  const sample = step === 1 ? summary : summarise(proof, at);
  const each = scale * step;
  const cuts = cut === undefined ? chooseCuts(range.first, at) : cutsBefore(range.first, cut);
  const trials: Trial[] = [];
  for (const [place, { day, horizon }] of cuts.entries()) {
    progress?.('backtest', place, cuts.length);
    const trial = tryCut(proof, { first: range.first, cut: day, horizon, near: purchases.params, scale: each });
    if (trial !== null) trials.push(trial);
  }
  const params = inDays(purchases.params);
  const windows = { first: range.first, day: at, kind: 'logistic' } as const;
  const ahead = (days: number) => {
    const model = fitShifted(proof, { ...windows, horizon: days });
    return model === null ? null : levelled(model, sample, chancesOf(sample, params, days));
  };
  const [in30, in90] = [ahead(30), ahead(90)];
  const logistic = in30 === null || in90 === null ? null : { in30, in90 };
  const horizon = cuts[0]?.horizon ?? 90;
  const shown = horizon === 30 ? in30 : horizon === 90 ? in90 : ahead(horizon);
  if (shown !== null) {
    const params = Object.fromEntries(featureNames.map((name, index) => [name, shown.weights[index] ?? 0]));
    models.logistic = {
      params: { intercept: shown.intercept, ...params },
      logLikelihood: shown.logLikelihood,
      converged: true,
    };
  }
  const served = chooseModel(trials, cut !== undefined || logistic !== null);
  if (losesToBaseline(trials, served)) refusals.push('worse_than_baseline');
  const misses = trials.map(({ miss }) => miss);
  if (rootMean(misses) > thresholds.totalsMiss) cautions.push('totals_off');
  const backtests = trials.map((trial, place) =>
    trial.choose(served, expectedMiss(misses.filter((_, other) => other !== place))),
  );
  return {
    training,
    models,
    served: refusals.length > 0 ? null : served,
    reasons: [...refusals, ...cautions],
    backtests,
    scoring: {
      served,
      purchases: params,
      spend: spend?.params ?? null,
      logistic: served === 'logistic' ? logistic : null,
    },
    value30: spend === null ? null : totalValue(sample, params, spend.params, each, expectedMiss(misses)),
    rates: {
      base: trials[0]?.baseRate ?? 0,
      mean: meanOf(chancesOf(sample, params, horizon)),
      horizonDays: horizon,
    },
  };
}

const nothing = (...reasons: PredictionReason[]): Learning => ({
  training: null,
  models: {},
  served: null,
  reasons,
  backtests: [],
  scoring: null,
  value30: null,
  rates: null,
});

/** Up to three windows side by side, as long as the history allows, the newest first. */
export function chooseCuts(first: number, today: number): { day: number; horizon: number }[] {
  const history = today - first;
  const horizon = history >= 270 ? 90 : history >= 180 ? 60 : 30;
  return cutsBefore(first, { day: today - horizon, horizon }).filter(({ day }) => isLongEnough(day - first, horizon));
}

const isLongEnough = (history: number, horizon: number): boolean => history >= Math.max(45, horizon);

/** A cut, and two more as far apart as the horizon is long, where the history reaches so far. */
const cutsBefore = (first: number, { day, horizon }: { day: number; horizon: number }) => [
  { day, horizon },
  ...[1, 2]
    .map((place) => ({ day: day - place * horizon, horizon }))
    .filter((earlier) => isLongEnough(earlier.day - first, horizon)),
];

/** The lower mean log loss over the cuts that both were measured on. */
function chooseModel(trials: readonly Trial[], available: boolean): ServingModel {
  if (!available) return 'mbgnbd';
  let [purchase, logistic, both] = [0, 0, 0];
  for (const { logLoss } of trials) {
    if (logLoss.mbgnbd === null || logLoss.logistic === null) continue;
    purchase += logLoss.mbgnbd;
    logistic += logLoss.logistic;
    both++;
  }
  return both > 0 && logistic < purchase ? 'logistic' : 'mbgnbd';
}

/** By log loss, with a hundredth of grace; where the baseline has no probabilities, by AUC, with three hundredths. */
function losesToBaseline(trials: readonly Trial[], served: ServingModel): boolean {
  let [own, baseline, compared] = [0, 0, 0];
  let [ownAuc, baselineAuc, ranked] = [0, 0, 0];
  for (const { logLoss, auc } of trials) {
    const [loss, area] = [logLoss[served] ?? logLoss.mbgnbd, auc[served] ?? auc.mbgnbd];
    if (loss !== null && logLoss.recency !== null) {
      own += loss;
      baseline += logLoss.recency;
      compared++;
    } else if (area !== null && auc.recency !== null) {
      ownAuc += area;
      baselineAuc += auc.recency;
      ranked++;
    }
  }
  if (compared > 0) return own > baseline * 1.01;
  return ranked > 0 && ownAuc / ranked < baselineAuc / ranked - 0.03;
}

/** How far totals are off, as long as nothing is known: what published trials of such models missed by. */
const usualMiss = 0.1;
/** How far totals will be off, relatively: by the backtests, with `usualMiss` counted as one more. */
export const expectedMiss = (misses: readonly number[]): number =>
  Math.sqrt((usualMiss ** 2 + misses.reduce((sum, each) => sum + each * each, 0)) / (misses.length + 1));
const rootMean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : Math.sqrt(values.reduce((sum, each) => sum + each * each, 0) / values.length);

function totalValue(summary: Summary, params: DropoutParams, spend: SpendParams, scale: number, miss: number) {
  const total = totalsOf();
  for (let row = 0; row < summary.x.length; row++) {
    const history = { x: summary.x[row] ?? 0, tx: summary.tx[row] ?? 0, age: summary.age[row] ?? 0 };
    const { mean, variance } = worthOf(
      outlookOf(params, history, 30),
      spend,
      summary.valued[row] ?? 0,
      summary.mean[row] ?? 0,
    );
    total.mean += mean;
    total.variance += variance;
  }
  return intervalOf(scaled(total, scale), miss);
}

const chancesOf = ({ x, tx, age }: Summary, params: DropoutParams, horizon: number): Float64Array =>
  Float64Array.from(x, (count, row) =>
    orderChance(params, { x: count, tx: tx[row] ?? 0, age: age[row] ?? 0 }, horizon),
  );
const meanOf = (values: Float64Array): number =>
  values.reduce((sum, each) => sum + each, 0) / Math.max(1, values.length);

/** Of more groups, this many stand for all: Pareto/NBD has no quick likelihood. */
const mostParetoGroups = 20_000;

function fitOthers(summary: Summary): Learning['models'] {
  const data = groupPurchases(summary, unitDays);
  const bg = fitDropout('bgnbd', data);
  const pareto = fitPareto(thinned(data, mostParetoGroups));
  return {
    bgnbd: { ...bg, params: { ...bg.params } },
    paretonbd: { ...pareto, params: { ...pareto.params } },
  };
}

function thinned(data: GroupedPurchases, most: number): GroupedPurchases {
  const step = Math.ceil(data.x.length / most);
  if (step <= 1) return data;
  const keep = <T extends Int32Array | Float64Array>(column: T) => column.filter((_, row) => row % step === 0);
  const x = Int32Array.from(keep(data.x));
  const count = Float64Array.from(keep(data.count));
  return {
    x,
    distinct: distinctOf(x),
    tx: Float64Array.from(keep(data.tx)),
    age: Float64Array.from(keep(data.age)),
    count,
    people: count.reduce((sum, each) => sum + each, 0),
  };
}
