import { z } from 'zod';

/** Purchase models: who orders how often, and who has left. `paretonbd` is for files only. */
export const purchaseModels = ['bgnbd', 'mbgnbd', 'paretonbd'] as const;
export type PurchaseModel = (typeof purchaseModels)[number];
/** What may serve predictions: a purchase model, or a logistic regression learnt on an earlier window. */
export const servingModels = ['mbgnbd', 'logistic'] as const;
export type ServingModel = (typeof servingModels)[number];

/** By predicted value of the next year: the best tenth, the next fifth, the next three tenths, the rest. */
export const valueTiers = ['top', 'high', 'medium', 'low'] as const;
export type ValueTier = (typeof valueTiers)[number];

/** Channels a person may prefer, by what they answered to and bought through. */
export const preferredChannels = ['email', 'sms', 'push', 'web', 'store'] as const;
export type PreferredChannel = (typeof preferredChannels)[number];

/** Categories and brands kept of each person. */
export const appetencePlaces = 5;

/** Why predictions are not (yet) computed, or not replaced. The console says each in words. */
export const predictionReasons = [
  'no_orders',
  'too_few_buyers',
  'history_too_short',
  'no_recent_order',
  'nobody_bought_three_times',
  'not_converged',
  'dropout_not_identifiable',
  'worse_than_baseline',
  'spend_is_constant',
  'season_unknown',
  'totals_off',
  'cancelled',
  'failed',
] as const;
export type PredictionReason = (typeof predictionReasons)[number];

/** What a segment may ask of predictions. */
export const predictionNumberFields = [
  'order_30',
  'order_90',
  'churn',
  'orders_90',
  'orders_365',
  'value_90',
  'value_365',
  'historic_value',
  'lifetime_value',
  'discount_affinity',
  'best_hour',
] as const;
export type PredictionNumberField = (typeof predictionNumberFields)[number];

const count = z.number().int().min(0);
const share = z.number().min(0).max(1);
const day = z.iso.date();
const instant = z.iso.datetime();
const money = z.number();

/** An expected number with the interval that holds it in 80 of 100 cases. */
const expectedSchema = z.object({ expected: z.number(), low: z.number(), high: z.number() });
export type Expected = z.infer<typeof expectedSchema>;

const appetenceSchema = z.object({
  value: z.string(),
  share: share.meta({ description: 'Probability that the next thing looked at or bought is of it' }),
  signals: z.number().meta({ description: 'Weighted views, carts and purchases behind it, faded with age' }),
});
export type Appetence = z.infer<typeof appetenceSchema>;

export const profilePredictionsSchema = z.object({
  at: instant.nullable().meta({ description: 'When they were computed; null when there are none' }),
  run: z.string().nullable(),
  site: z.string().nullable().meta({ description: 'The site whose buyers it was learnt on; null for all sites' }),
  currency: z.string(),
  model: z.enum(servingModels).nullable(),
  reasons: z.array(z.enum(predictionReasons)).meta({ description: 'Why something is missing or to be read with care' }),
  order30: share.nullable(),
  order90: share.nullable(),
  churn: z.object({ value: share, horizonDays: count }).nullable(),
  nextOrder: z
    .object({ at: day, from: day, to: day })
    .nullable()
    .meta({ description: 'Median and 80 % interval; null when a date would mean nothing' }),
  orders: z.object({ in90: expectedSchema, in365: expectedSchema }).nullable(),
  value: z.object({ in90: expectedSchema, in365: expectedSchema }).nullable(),
  lifetimeValue: z.object({ historic: money, predicted: money, total: money }).nullable(),
  tier: z.enum(valueTiers).nullable(),
  categories: z.array(appetenceSchema),
  brands: z.array(appetenceSchema),
  channel: z
    .object({ best: z.enum(preferredChannels), shares: z.partialRecord(z.enum(preferredChannels), share) })
    .nullable(),
  bestHour: z
    .object({
      hour: z.number().int().min(0).max(23).meta({ description: 'Local hour of the person' }),
      own: z.number().meta({ description: 'Signals of their own; few mean that everyone’s hours decide' }),
    })
    .nullable(),
  discount: z
    .object({
      affinity: share.meta({ description: 'How much of what they buy is reduced or with a coupon, drawn to the mean' }),
      orders: count,
    })
    .nullable(),
});
export type ProfilePredictions = z.infer<typeof profilePredictionsSchema>;

/** How right probabilities were. */
const accuracySchema = z.object({
  auc: share.nullable(),
  brier: z.number().nullable(),
  ece: z.number().nullable().meta({ description: 'Mean gap between probability and share, over ten equal groups' }),
  logLoss: z.number().nullable(),
});
export type Accuracy = z.infer<typeof accuracySchema>;

const decileSchema = z.object({ customers: count, predicted: share, actual: share });
const totalSchema = expectedSchema.extend({ actual: z.number() });

/** Cut some days off the past, learn on what was before, compare with what came. */
export const backtestSchema = z.object({
  cut: instant,
  horizonDays: z.number().positive(),
  customers: count,
  baseRate: share.meta({ description: 'Share who ordered within the horizon' }),
  models: z.partialRecord(z.enum(servingModels), accuracySchema),
  recencyOnly: accuracySchema.meta({
    description: 'The plain baseline: the shorter since the last order, the likelier',
  }),
  served: z.enum(servingModels).nullable(),
  deciles: z.array(decileSchema),
  oneTime: accuracySchema.extend({ customers: count }),
  repeat: accuracySchema.extend({ customers: count }),
  orders: totalSchema.meta({ description: 'Orders of everyone within the horizon' }),
  revenue: totalSchema.nullable(),
  topDecile: z
    .object({ model: share, pastSpend: share, perfect: share })
    .nullable()
    .meta({ description: 'Share of the revenue that the tenth chosen by each holds' }),
  nextOrder: z
    .object({
      ordered: count,
      notOrdered: count,
      coverage: share.meta({ description: 'Share of next orders inside their interval, of those who ordered' }),
      medianErrorDays: z.number(),
    })
    .nullable(),
});
export type Backtest = z.infer<typeof backtestSchema>;

const fittedSchema = z.object({
  params: z.record(z.string(), z.number()),
  logLikelihood: z.number(),
  converged: z.boolean(),
});
export type FittedModel = z.infer<typeof fittedSchema>;

/** Predictions published some time ago, compared with what happened since. */
const publishedSchema = z.object({
  run: z.string(),
  at: instant,
  horizonDays: z.number(),
  accuracy: accuracySchema,
  baseRate: share,
  predicted: share.meta({ description: 'Mean probability that was published' }),
  orders: totalSchema,
});

/** Predictions of one group of buyers: those of a site, or everyone; money in one currency. */
export const predictionScopeSchema = z.object({
  site: z.string().nullable(),
  currency: z.string(),
  run: z.string().nullable(),
  at: instant.nullable().meta({ description: 'When the predictions in use were computed' }),
  triedAt: instant.nullable().meta({ description: 'When they were last tried' }),
  served: z.enum(servingModels).nullable(),
  reasons: z.array(z.enum(predictionReasons)),
  training: z
    .object({ customers: count, repeaters: count, orders: count, from: instant, to: instant, days: z.number() })
    .nullable(),
  models: z.partialRecord(z.enum([...purchaseModels, 'gammagamma', 'logistic']), fittedSchema),
  backtests: z.array(backtestSchema),
  drift: z
    .object({ since: instant, baseRateThen: share, baseRateNow: share, meanThen: share, meanNow: share })
    .nullable()
    .meta({ description: 'Since the model in use was learnt; when it was learnt last, since about four weeks ago' }),
  published: z.array(publishedSchema),
  people: count,
});
export type PredictionScope = z.infer<typeof predictionScopeSchema>;

export const predictionReportSchema = z.object({
  at: instant,
  currency: z.string(),
  running: z
    .object({ run: z.string(), step: z.string(), done: z.number(), total: z.number(), startedAt: instant })
    .nullable(),
  scopes: z.array(predictionScopeSchema),
});
export type PredictionReport = z.infer<typeof predictionReportSchema>;

/** For the home page. */
export const predictionSummarySchema = z.object({
  at: instant.nullable(),
  currency: z.string(),
  reasons: z.array(z.enum(predictionReasons)),
  customers: count,
  value30: expectedSchema.nullable().meta({ description: 'Revenue expected in the next 30 days' }),
  atRisk: z.object({ customers: count, value365: money }).nullable().meta({
    description: 'Repeat buyers likelier to leave than to order again, and what they would bring otherwise',
  }),
  tiers: z.array(z.object({ tier: z.enum(valueTiers), customers: count, value365: money })),
});
export type PredictionSummary = z.infer<typeof predictionSummarySchema>;

export const predictionRunSchema = z.object({ id: z.string() });
export const cancelledRunSchema = z.object({ cancelled: z.boolean() });

/** What `vitrail predict` answers with `--json`. */
export const predictReportSchema = z.object({
  customers: count,
  repeaters: count,
  orders: count,
  unitDays: z.number().meta({ description: 'Length of the unit of time parameters are in' }),
  models: z.partialRecord(z.enum([...purchaseModels, 'gammagamma', 'logistic']), fittedSchema),
  served: z.enum(servingModels).nullable(),
  reasons: z.array(z.enum(predictionReasons)),
  backtest: z
    .object({
      auc: share.nullable(),
      brier: z.number().nullable(),
      ece: z.number().nullable(),
      totals: z.object({ orders: totalSchema, revenue: totalSchema.nullable() }),
    })
    .and(backtestSchema)
    .nullable(),
  backtests: z.array(backtestSchema),
  rejected: count,
  seconds: z.number(),
});
export type PredictReport = z.infer<typeof predictReportSchema>;
