import { z } from 'zod';
import { experienceKeySchema } from './experiences.ts';
import { pageOf } from './http.ts';

const instant = z.iso.datetime();
const count = z.int().min(0);

/** What runs on it. The shop asks which variation someone gets; only flags carry their values themselves. */
export const experimentKinds = ['experience', 'message', 'journey', 'recommendation', 'flag'] as const;
export type ExperimentKind = (typeof experimentKinds)[number];
export const experimentStates = ['draft', 'running', 'stopped', 'archived'] as const;
export type ExperimentState = (typeof experimentStates)[number];

/** The event that says someone was shown a variation, as Segment's specification and GrowthBook's SDKs send it. */
export const exposureEvent = 'Experiment Viewed';

const eventName = z.string().trim().min(1).max(120);
export const measureSchema = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('event'), event: eventName }),
  z.strictObject({ of: z.literal('orders') }),
  z.strictObject({ of: z.literal('revenue') }),
]);
export type Measure = z.infer<typeof measureSchema>;

export const experimentMetricSchema = z
  .strictObject({
    key: experienceKeySchema,
    name: z.string().trim().min(1).max(80),
    type: z
      .enum(['share', 'mean', 'ratio'])
      .meta({ description: 'Share of people with any; mean per person; ratio of two amounts' }),
    measure: measureSchema,
    denominator: measureSchema.optional().meta({ description: 'Of a ratio: revenue per order is revenue over orders' }),
    role: z
      .enum(['primary', 'secondary', 'guardrail'])
      .default('secondary')
      .meta({ description: 'The primary one decides; a guardrail must not be harmed' }),
    goal: z.enum(['increase', 'decrease']).default('increase'),
    windowDays: z.int().min(1).max(90).default(14).meta({ description: 'After someone was first exposed' }),
    cap: z
      .number()
      .min(0.9)
      .lt(1)
      .nullable()
      .default(null)
      .meta({ description: 'Amounts above this quantile of everyone with any count as that quantile: 0.99' }),
    cuped: z
      .boolean()
      .default(true)
      .meta({ description: 'Take away what the same people did before: less noise, the same difference' }),
  })
  .refine(({ type, denominator }) => (type === 'ratio') === (denominator !== undefined), {
    message: 'A ratio has a denominator; the others have none.',
    path: ['denominator'],
  });
export type ExperimentMetric = z.infer<typeof experimentMetricSchema>;

export const experimentVariationSchema = z.strictObject({
  key: experienceKeySchema,
  name: z.string().trim().min(1).max(80),
  weight: z.number().gt(0).max(1),
});

/** Where the server keeps what each person was given, so that weights may change and nobody moves. */
export const banditKinds: readonly ExperimentKind[] = ['message', 'journey', 'recommendation'];

const distinct = (list: readonly { readonly key: string }[]): boolean =>
  new Set(list.map(({ key }) => key)).size === list.length;

export const experimentRequestSchema = z
  .strictObject({
    key: experienceKeySchema.meta({ description: 'What events call it. Never changes' }),
    name: z.string().trim().min(1).max(120),
    hypothesis: z.string().trim().max(2_000).default(''),
    kind: z.enum(experimentKinds),
    target: z.string().trim().max(120).default('').meta({ description: 'Key or id of what it runs on' }),
    unit: z
      .enum(['device', 'person'])
      .default('person')
      .meta({ description: 'Person: by the device until someone signs in; what the device showed stays' }),
    hashVersion: z.literal([1, 2]).default(2),
    variations: z.array(experimentVariationSchema).min(2).max(10).meta({ description: 'The first one is the control' }),
    coverage: z.number().gt(0).max(1).default(1).meta({ description: 'Share of everyone who takes part' }),
    group: z
      .strictObject({ name: experienceKeySchema, share: z.number().gt(0).max(1) })
      .nullable()
      .default(null)
      .meta({ description: 'Nobody is in two experiments of one group; each owns a share of it' }),
    holdout: z.number().min(0).max(0.5).default(0).meta({ description: 'Share kept out of this experiment' }),
    allocation: z.enum(['fixed', 'bandit']).default('fixed').meta({
      description:
        'Bandit: more and more of those who come are given what does best. Only where the server keeps what people were given: messages, journeys, recommendations',
    }),
    bandit: z
      .strictObject({
        every: z.enum(['hour', 'day']).default('day').meta({ description: 'How often weights are reckoned again' }),
        minimum: z
          .number()
          .min(0.01)
          .max(0.2)
          .default(0.05)
          .meta({ description: 'Share that every variation keeps, so that none is given up for bad luck' }),
      })
      .prefault({}),
    metrics: z.array(experimentMetricSchema).min(1).max(20),
    analysis: z
      .strictObject({
        engine: z.enum(['sequential', 'bayesian']).default('sequential'),
        confidence: z.number().min(0.8).max(0.99).default(0.95),
        correction: z.enum(['none', 'false_discovery', 'family_wise']).default('false_discovery'),
        lookbackDays: z.int().min(1).max(90).default(14).meta({ description: 'What counts as before, for CUPED' }),
        relevant: z.number().min(0.001).max(1).default(0.02).meta({ description: 'A smaller change does not matter' }),
      })
      .prefault({}),
    plannedDays: z.int().min(1).max(365).default(28),
  })
  .refine(({ variations }) => Math.abs(variations.reduce((sum, { weight }) => sum + weight, 0) - 1) < 0.001, {
    message: 'The weights of the variations add up to 1.',
    path: ['variations'],
  })
  .refine(({ allocation, kind }) => allocation === 'fixed' || banditKinds.includes(kind), {
    message: 'A bandit needs a memory of who was given what: only on messages, journeys and recommendations.',
    path: ['allocation'],
  })
  .refine(({ bandit, variations }) => bandit.minimum * variations.length < 1, {
    message: 'With so many variations each keeps less: lower the minimum.',
    path: ['bandit', 'minimum'],
  })
  .refine(({ variations }) => distinct(variations), {
    message: 'Each variation has a key of its own.',
    path: ['variations'],
  })
  .refine(({ metrics }) => distinct(metrics), { message: 'Each metric has a key of its own.', path: ['metrics'] })
  .refine(({ metrics }) => metrics.filter(({ role }) => role === 'primary').length === 1, {
    message: 'Exactly one metric is the primary one.',
    path: ['metrics'],
  });
export type ExperimentRequest = z.infer<typeof experimentRequestSchema>;

const interval = { low: z.number(), high: z.number() };
export const verdictSchema = z.object({
  code: z.enum([
    'not_started',
    'sample_ratio',
    'too_few',
    'guardrail',
    'winner',
    'loser',
    'same',
    'undecided',
    'inconclusive',
    'bandit',
  ]),
  variation: z.string().nullable().meta({
    description: 'Of a bandit, which has no verdict: the one most people are given now, once weights were reckoned',
  }),
  metric: z.string().nullable().meta({ description: 'The guardrail that is harmed, else the primary metric' }),
  change: z.object({ value: z.number(), ...interval, relative: z.boolean() }).nullable(),
});
export type ExperimentVerdict = z.infer<typeof verdictSchema>;

export const learningSchema = z.strictObject({
  result: z.enum(['won', 'lost', 'no_difference', 'unclear']),
  variation: z.string().max(60).nullable().default(null).meta({ description: 'The one kept' }),
  note: z.string().trim().max(4_000).default(''),
});
export type Learning = z.infer<typeof learningSchema>;
/** With what the results said when it was written: found again years later, when the events are gone. */
export const learntSchema = learningSchema.extend({
  verdict: verdictSchema.nullable().default(null),
  people: count.default(0),
  at: instant.nullable().default(null),
});
export type Learnt = z.infer<typeof learntSchema>;

export const experimentSchema = z.object({
  id: z.string(),
  state: z.enum(experimentStates),
  definition: experimentRequestSchema,
  bucketVersion: count,
  startedAt: instant.nullable(),
  stoppedAt: instant.nullable(),
  learning: learntSchema.nullable(),
  createdAt: instant,
  updatedAt: instant,
});
export type Experiment = z.infer<typeof experimentSchema>;
export const experimentPageSchema = pageOf(experimentSchema);

export const armResultSchema = z.object({
  variation: z.string(),
  people: count,
  total: z.number().meta({ description: 'Of the measure, over everyone in the arm' }),
  value: z.number().nullable().meta({ description: 'As measured; null while nothing can be divided by' }),
  change: z
    .object({ value: z.number(), ...interval, relative: z.boolean() })
    .nullable()
    .meta({ description: 'Against control, as a share of it; of control itself null' }),
  pValue: z.number().nullable().meta({ description: 'Always valid, however often one looks' }),
  corrected: z.number().nullable().meta({ description: 'For the number of comparisons' }),
  chanceToWin: z.number().nullable(),
  expectedLoss: z.number().nullable().meta({ description: 'Of taking it although control is better' }),
  decided: z.boolean(),
});
export const metricResultSchema = z.object({
  metric: z.string(),
  arms: z.array(armResultSchema),
  explained: z.number().meta({ description: 'Share of the noise that the time before took away (CUPED)' }),
  cappedAt: z.number().nullable(),
});
export type MetricResult = z.infer<typeof metricResultSchema>;

export const experimentResultsSchema = z.object({
  state: z.enum(experimentStates),
  from: instant.nullable(),
  to: instant.nullable(),
  currency: z.string(),
  verdict: verdictSchema,
  people: z.array(z.object({ variation: z.string(), people: count, planned: z.number() })),
  crossed: count.meta({ description: 'People shown more than one variation: counted apart, in no arm' }),
  unknown: count.meta({ description: 'People whose exposures name no variation of the experiment' }),
  sampleRatio: z.object({ pValue: z.number(), alarm: z.boolean(), enough: z.boolean() }),
  metrics: z.array(metricResultSchema),
  days: z.array(z.object({ day: z.iso.date(), people: z.array(count) })).meta({ description: 'First exposures' }),
  weights: z
    .array(z.object({ variation: z.string(), weight: z.number() }))
    .meta({ description: 'How Thompson sampling would divide people from now on, each arm keeping a twentieth' }),
  phases: z
    .array(z.object({ phase: count, at: instant, weights: z.array(z.number()), people: z.array(count) }))
    .meta({ description: 'Of a bandit: how those who came were shared out, and the people it was reckoned from' }),
  at: instant,
});
export type ExperimentResults = z.infer<typeof experimentResultsSchema>;

export const breakdownDimensions = ['device_type', 'country', 'language', 'site'] as const;
export const breakdownQuerySchema = z.strictObject({
  by: z.enum([...breakdownDimensions, 'segment']),
  segment: z.string().max(40).optional().meta({ description: 'With `by=segment`: in it or not, now' }),
  metric: experienceKeySchema.optional().meta({ description: 'Without: the primary one' }),
});
export const experimentBreakdownSchema = z.object({
  groups: z.array(z.object({ group: z.string(), metric: metricResultSchema })),
  more: z.boolean().meta({ description: 'Groups beyond the twenty largest were left out' }),
  comparisons: count.meta({ description: 'How many were made: one in twenty looks decided by chance' }),
});
export type ExperimentBreakdown = z.infer<typeof experimentBreakdownSchema>;

export const sampleHelperQuerySchema = z.strictObject({
  baseline: z.coerce.number().gt(0).max(1e9).meta({ description: 'A share for `share`, else the mean per person' }),
  deviation: z.coerce.number().gt(0).max(1e9).optional().meta({ description: 'Between people; of a mean' }),
  effect: z.coerce.number().min(0.001).max(10).meta({ description: 'Smallest change worth finding, as a share' }),
  power: z.coerce.number().min(0.5).max(0.99).default(0.8),
  confidence: z.coerce.number().min(0.8).max(0.99).default(0.95),
  arms: z.coerce.number().int().min(2).max(10).default(2),
  peoplePerDay: z.coerce.number().gt(0).max(1e9).optional().meta({ description: 'Who would take part, in all arms' }),
});
export const sampleHelperSchema = z.object({
  once: count.meta({ description: 'People in each arm for a test looked at once, at the end' }),
  sequential: count.meta({ description: 'The same for the always-valid test' }),
  days: count.nullable().meta({ description: 'Until the always-valid test has them' }),
  onceDays: count.nullable(),
});
export type SampleHelper = z.infer<typeof sampleHelperSchema>;

export const simulationRequestSchema = z
  .strictObject({
    experiments: z.int().min(10).max(1_000).default(200),
    days: z.int().min(1).max(60).default(28),
    peoplePerDay: z.int().min(10).max(2_000).default(500).meta({ description: 'In each arm' }),
    rate: z.number().min(0.001).max(0.9).default(0.05),
    effect: z.number().min(-0.5).max(2).default(0).meta({ description: 'What the variation truly does; 0: nothing' }),
    split: z
      .number()
      .min(0.3)
      .max(0.7)
      .default(0.5)
      .meta({ description: 'Share that comes to control; planned is 0.5' }),
    confidence: z.number().min(0.8).max(0.99).default(0.95),
    seed: z.int().min(0).max(4_294_967_295).default(1),
  })
  .refine(({ experiments, days, peoplePerDay }) => experiments * days * peoplePerDay <= 30_000_000, {
    message: 'Too many people in all: take fewer experiments, days or people a day.',
    path: ['experiments'],
  });
export type SimulationRequest = z.infer<typeof simulationRequestSchema>;
export const simulationSchema = z.object({
  experiments: count,
  sequential: count.meta({ description: 'Experiments the always-valid test called on some day' }),
  bayesian: count,
  repeated: count.meta({ description: 'An ordinary test looked at daily' }),
  once: count.meta({ description: 'An ordinary test looked at once' }),
  sampleRatio: count.meta({
    description: 'Experiments in which the alarm for wrongly divided people rang on some day',
  }),
  sampleRatioOnce: count.meta({ description: 'The same alarm, looked at once, at the end' }),
  daysToCall: z.number().nullable(),
  ms: count,
});
export type Simulation = z.infer<typeof simulationSchema>;

const heldPeopleSchema = z.object({
  people: count,
  buyers: count,
  orders: count,
  revenue: z.number().meta({ description: 'Net of refunds, in the base currency' }),
});
const heldDifferenceSchema = z
  .object({ value: z.number(), ...interval, relative: z.boolean() })
  .nullable()
  .meta({ description: 'The others against those held out, with an interval that holds however often one looks' });

/** What withholding tells: the same customers, but for what was tried on them. */
export const holdoutReportSchema = z.object({
  share: z.number().meta({ description: '0: nobody is held out' }),
  since: instant.nullable(),
  currency: z.string(),
  held: heldPeopleSchema,
  others: heldPeopleSchema,
  buyers: heldDifferenceSchema,
  revenue: heldDifferenceSchema,
  sampleRatio: z.object({ pValue: z.number(), alarm: z.boolean(), enough: z.boolean() }),
  at: instant,
});
export type HoldoutReport = z.infer<typeof holdoutReportSchema>;

export const experimentSettingsSchema = z.strictObject({
  globalHoldout: z.number().min(0).max(0.5).meta({ description: 'Share of people kept out of every experiment' }),
  publishedSegments: z
    .array(z.string().max(40))
    .max(200)
    .meta({ description: 'Segments that browsers may be told about' }),
});
export type ExperimentSettings = z.infer<typeof experimentSettingsSchema>;
