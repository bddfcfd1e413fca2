import { backtestSchema, predictionScopeSchema, servingModels } from '@vitrail/contracts';
import { z } from 'zod';
import type { Json } from '../../../platform/index.ts';
import type { Learning } from '../backtest/learnShop.ts';
import type { LogisticModel } from '../models/logistic.ts';

const interval = z.object({ expected: z.number(), low: z.number(), high: z.number() });

const logistic = z.object({
  intercept: z.number(),
  weights: z.array(z.number()),
  logLikelihood: z.number(),
  converged: z.boolean(),
  rows: z.number(),
});
/** Enough to score somebody as the run would have. */
const scoringSchema = z.object({
  served: z.enum(servingModels),
  purchases: z.object({ r: z.number(), alpha: z.number(), a: z.number(), b: z.number() }),
  spend: z.object({ p: z.number(), q: z.number(), g: z.number() }).nullable(),
  logistic: z.object({ in30: logistic, in90: logistic }).nullable(),
});

/** What is kept of a fit beside its columns. No personal data. */
export const fitResultSchema = z.object({
  training: z
    .object({ customers: z.number(), repeaters: z.number(), orders: z.number(), from: z.number(), to: z.number() })
    .nullable(),
  models: predictionScopeSchema.shape.models,
  backtests: z.array(backtestSchema),
  rates: z.object({ base: z.number(), mean: z.number(), horizonDays: z.number() }).nullable(),
  value30: interval.nullable(),
  scoring: scoringSchema.nullable().default(null),
  /** Of everyone scored. */
  tiers: z.array(z.object({ tier: z.string(), customers: z.number(), worth: z.number() })),
  atRisk: z.object({ customers: z.number(), worth: z.number() }),
});
export type FitResult = z.infer<typeof fitResultSchema>;

export const resultOf = (learning: Learning, scored: Pick<FitResult, 'tiers' | 'atRisk'>): FitResult => ({
  training: learning.training,
  models: learning.models,
  backtests: learning.backtests,
  rates: learning.rates,
  value30: learning.value30,
  scoring: storedScoring(learning),
  ...scored,
});

function storedScoring({ scoring }: Learning): FitResult['scoring'] {
  if (scoring === null) return null;
  const model = (own: LogisticModel) => ({ ...own, weights: [...own.weights] });
  const { served, purchases, spend, logistic: both } = scoring;
  const copied = both === null ? null : { in30: model(both.in30), in90: model(both.in90) };
  return { served, purchases: { ...purchases }, spend: spend === null ? null : { ...spend }, logistic: copied };
}

/** As it is stored: numbers that are not finite have no place in JSON. */
export const storedResult = (result: FitResult): Json => z.json().parse(JSON.parse(JSON.stringify(result)));
