import { z } from 'zod';

/** What is matched: customers, or the companies they work for. */
export const matchKindSchema = z.enum(['people', 'company']);
export type MatchKind = z.infer<typeof matchKindSchema>;

const fieldName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, 'A field is lower-case letters, digits and underscores.')
  .meta({ description: 'Field of a record' });
const share = z.number().min(0).max(1);

/** How two values are compared; each method has its own ordered levels (docs/reference/matching.md lists them). */
export const matchMethodSchema = z.enum([
  'given_name',
  'family_name',
  'birth_date',
  'email',
  'phone',
  'address',
  'identifier',
  'company_name',
  'text',
  'category',
]);
export type MatchMethod = z.infer<typeof matchMethodSchema>;

export const matchComparisonSchema = z.strictObject({
  field: fieldName.meta({ description: 'Field compared; `address` reads street, postal_code and city together' }),
  method: matchMethodSchema,
  termFrequency: z.boolean().default(true).meta({ description: 'Agreement on a rare value weighs more' }),
});
export type MatchComparison = z.infer<typeof matchComparisonSchema>;

/** A blocking rule: records that agree on every part are compared. A part is a field, or a form of it: `last_name.sound`. */
export const matchBlockingSchema = z.strictObject({
  name: z.string().min(1).max(80),
  parts: z
    .array(z.string().regex(/^[a-z][a-z0-9_]*(\.(initial|start|sound|core|root|year|user|swapped))?$/))
    .min(1)
    .max(4),
  cap: z
    .number()
    .int()
    .min(2)
    .max(2_000)
    .meta({ description: 'A value shared by more records than this is left out of the rule, and reported' }),
});
export type MatchBlocking = z.infer<typeof matchBlockingSchema>;

export const matchThresholdsSchema = z
  .strictObject({
    auto: share.default(0.96).meta({ description: 'Above: one and the same, without asking' }),
    review: share.default(0.9).meta({ description: 'From here up to `auto`: a person is asked' }),
  })
  .refine(({ auto, review }) => review <= auto, 'The review threshold is not above the automatic one.');
export type MatchThresholds = z.infer<typeof matchThresholdsSchema>;

export const matchSettingsSchema = z.strictObject({
  kind: matchKindSchema,
  comparisons: z.array(matchComparisonSchema).min(1).max(12),
  blocking: z.array(matchBlockingSchema).min(1).max(40),
  /** Fields of which a person has one: records with clearly different values are never joined. */
  exclusive: z.array(fieldName).max(5).default([]),
  thresholds: matchThresholdsSchema,
  /** Clusters larger than this are not made without a person. */
  largestCluster: z.number().int().min(2).max(10_000).default(100),
  seed: z.number().int().min(0).max(4_294_967_295).default(1),
});
export type MatchSettings = z.infer<typeof matchSettingsSchema>;

export const matchLevelSchema = z.strictObject({
  name: z.string().meta({ description: 'Stable name of the level, for example `exact`' }),
  m: share.meta({ description: 'Share of pairs of one person on this level' }),
  u: share.meta({ description: 'Share of pairs of strangers on this level' }),
  h: share.meta({ description: 'Share of pairs of two people of one household on this level' }),
});
export type MatchLevel = z.infer<typeof matchLevelSchema>;

export const matchModelComparisonSchema = z.strictObject({
  name: z.string().meta({ description: 'The field, with `_same_name` … where it depends on the names agreeing' }),
  field: fieldName,
  method: matchMethodSchema,
  termFrequency: z.boolean(),
  /** Records with a value, for the frequency of a term. */
  filled: z.number().int().min(0),
  /** Level 0 is always `missing`: one of the values is blank, or the comparison does not apply; it weighs nothing. */
  levels: z.array(matchLevelSchema).min(2).max(16),
});
export type MatchModelComparison = z.infer<typeof matchModelComparisonSchema>;

/** Everything needed to score a pair. Holds no personal data: term frequencies stay beside the records, by hash. */
export const matchModelSchema = z.strictObject({
  format: z.literal(1),
  settings: matchSettingsSchema,
  /** Share of all pairs that are one person, and two people of one household. */
  prior: z.strictObject({ match: share, household: share }),
  comparisons: z.array(matchModelComparisonSchema),
  window: z.strictObject({
    records: z.number().int(),
    pairs: z.number().int().meta({ description: 'Pairs the model was fitted on' }),
    randomPairs: z.number().int(),
    rounds: z.number().int().meta({ description: 'Rounds until the estimate stood still' }),
    converged: z.boolean(),
  }),
  diagnostics: z.strictObject({
    expectedMatches: z.number(),
    expectedHousemates: z.number(),
    warnings: z.array(z.string()),
  }),
});
export type MatchModel = z.infer<typeof matchModelSchema>;

/** One step of the sum that leads to a probability. `bits` double the odds once each. */
const explanationStepSchema = z.strictObject({
  kind: z.enum(['prior', 'comparison', 'term_frequency']),
  name: z.string().meta({ description: 'Comparison of the model; `prior` for the first step' }),
  field: z.string(),
  level: z.string(),
  left: z.string(),
  right: z.string(),
  stranger: z.number().meta({ description: 'Bits for one person against two strangers' }),
  household: z.number().meta({ description: 'Bits for one person against two people of one household' }),
});
export type MatchExplanationStep = z.infer<typeof explanationStepSchema>;

export const matchExplanationSchema = z.strictObject({
  steps: z.array(explanationStepSchema),
  weight: z.number().meta({ description: 'Sum of the bits against strangers' }),
  householdWeight: z.number().meta({ description: 'Sum of the bits against housemates' }),
  probability: share,
  /** The comparisons that decided, strongest first: what a sentence is made of. */
  for: z.array(z.string()),
  against: z.array(z.string()),
});
export type MatchExplanation = z.infer<typeof matchExplanationSchema>;

export const matchBandSchema = z.enum(['auto', 'review', 'apart']);
export type MatchBand = z.infer<typeof matchBandSchema>;

/** What to know of the records before believing a model. */
export const matchDiagnosisSchema = z.strictObject({
  records: z.number().int(),
  completeness: z.array(
    z.strictObject({ field: z.string(), filled: share, distinct: z.number().int(), mostFrequent: share }),
  ),
  blocking: z.array(
    z.strictObject({
      rule: z.string(),
      records: z.number().int().meta({ description: 'Records with a value for the rule' }),
      pairs: z.number().int().meta({ description: 'Pairs the rule proposes' }),
      ownPairs: z.number().int().meta({ description: 'Pairs no earlier rule proposes' }),
      cappedKeys: z.number().int(),
      cappedRecords: z.number().int(),
      largestCapped: z.number().int(),
    }),
  ),
  unlinkable: z.strictObject({
    records: z.number().int(),
    reasons: z.array(
      z.strictObject({
        reason: z.enum(['blank', 'no_key', 'only_capped_keys', 'too_little']),
        records: z.number().int(),
      }),
    ),
  }),
});
export type MatchDiagnosis = z.infer<typeof matchDiagnosisSchema>;

const binSchema = z.strictObject({ from: share, to: share, pairs: z.number().int(), shareTrue: share });

/** `vitrail match --json`. */
export const matchReportSchema = z.strictObject({
  records: z.number().int(),
  pairs: z.number().int().meta({ description: 'Pairs compared' }),
  bands: z.strictObject({ auto: z.number().int(), review: z.number().int() }),
  clusters: z.number().int().meta({ description: 'Groups of two records and more' }),
  seconds: z.number(),
  peakRssMb: z.number(),
  accuracy: z
    .strictObject({
      auto: z.strictObject({ precision: share, recall: share }),
      review: z.strictObject({ pairs: z.number().int(), shareTrue: share }),
      bestF1: share,
      bins: z.array(binSchema),
      clusters: z.strictObject({ precision: share, recall: share }),
      blockingRecall: share,
      truePairs: z.number().int(),
    })
    .optional(),
  fields: z.record(z.string(), z.array(z.string())).meta({ description: 'Field → columns it was read from' }),
  ignored: z.array(z.string()).meta({ description: 'Columns that were not used' }),
  sizes: z.record(z.string(), z.number().int()).meta({ description: 'Records in a cluster → clusters' }),
  phases: z.record(z.string(), z.number()).meta({ description: 'Seconds of each phase' }),
  longestPauseMs: z.number().meta({ description: 'Longest time the event loop was held up' }),
  model: matchModelSchema,
  diagnosis: matchDiagnosisSchema,
  warnings: z.array(z.string()),
});
export type MatchReport = z.infer<typeof matchReportSchema>;
