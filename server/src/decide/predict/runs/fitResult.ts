import { backtestSchema, predictionScopeSchema } from '@vitrail/contracts';
import { z } from 'zod';
import type { Json } from '../../../platform/index.ts';
import type { Learning } from '../backtest/learnShop.ts';

const interval = z.object({ expected: z.number(), low: z.number(), high: z.number() });

/** What is kept of a fit beside its columns. No personal data. */
export const fitResultSchema = z.object({
  training: z
    .object({ customers: z.number(), repeaters: z.number(), orders: z.number(), from: z.number(), to: z.number() })
    .nullable(),
  models: predictionScopeSchema.shape.models,
  backtests: z.array(backtestSchema),
  rates: z.object({ base: z.number(), mean: z.number(), horizonDays: z.number() }).nullable(),
  value30: interval.nullable(),
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
  ...scored,
});

/** As it is stored: numbers that are not finite have no place in JSON. */
export const storedResult = (result: FitResult): Json => z.json().parse(JSON.parse(JSON.stringify(result)));
