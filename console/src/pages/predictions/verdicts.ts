import type { Backtest, PredictionReason, PredictionScope } from '@vitrail/contracts';

/** Said of predictions that are in force all the same. The others say why there are none, or no newer ones. */
const cautions: ReadonlySet<PredictionReason> = new Set([
  'dropout_not_identifiable',
  'spend_is_constant',
  'season_unknown',
  'totals_off',
]);

/** The reasons of a group of buyers, apart by what they mean for the reader. */
export function sortReasons({ reasons, at, triedAt }: Pick<PredictionScope, 'reasons' | 'at' | 'triedAt'>) {
  const care = reasons.filter((reason) => cautions.has(reason));
  const stopped = reasons.filter((reason) => !cautions.has(reason));
  return { care, stopped, kept: at !== null && triedAt !== null && stopped.length > 0 };
}

/** How far what came lies from what was expected; within half a percent it is as predicted. */
export function gapOf({ expected, actual }: { expected: number; actual: number }) {
  const gap = expected === 0 ? (actual === 0 ? 0 : 1) : actual / expected - 1;
  return { gap: Math.abs(gap), direction: Math.abs(gap) < 0.005 ? 'same' : gap > 0 ? 'more' : 'less' } as const;
}

/** A hundredth of AUC is less than one backtest can tell. */
const likeness = 0.005;

/** The served model, or the better of both when none serves, against the plain rule. */
export function compareWithRule(backtest: Backtest) {
  const { models, served, recencyOnly } = backtest;
  const model = served === null ? (models.mbgnbd ?? models.logistic) : models[served];
  const [own, plain] = [model?.auc ?? null, recencyOnly.auc];
  if (own === null || plain === null) return null;
  const kind = own > plain + likeness ? 'better' : own < plain - likeness ? 'worse' : 'same';
  return { kind, own, plain } as const;
}

/** Places of an expected total, its band and what came, as shares of a common width from zero on. */
export function placesOf(total: { expected: number; low: number; high: number; actual: number }) {
  const widest = Math.max(total.high, total.actual, total.expected, 0) * 1.05 || 1;
  const at = (value: number): number => Math.min(1, Math.max(0, value / widest));
  return { low: at(total.low), high: at(total.high), expected: at(total.expected), actual: at(total.actual) };
}
