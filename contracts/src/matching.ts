import { z } from 'zod';
import { instantSchema, pageOf } from './http.ts';
import {
  matchBandSchema,
  matchDiagnosisSchema,
  matchExplanationSchema,
  matchKindSchema,
  matchModelSchema,
  matchSettingsSchema,
  matchThresholdsSchema,
} from './matchModel.ts';
import { profileEventSchema, profileSummarySchema, totalsSchema } from './unify.ts';

const count = z.number().int().min(0);
const share = z.number().min(0).max(1);

export const matchKindQuerySchema = z.object({ kind: matchKindSchema.default('people') });

const sideSchema = z.object({
  id: z.string().meta({ description: 'Profile id of the customer now, or the group id of a company' }),
  name: z.string().nullable(),
  detail: z.string().nullable().meta({ description: 'A second line: e-mail or town' }),
  profile: profileSummarySchema.nullable().meta({ description: 'Draws the mosaic; null for companies' }),
});
export type MatchSide = z.infer<typeof sideSchema>;

const linkSchema = z.object({
  left: sideSchema.nullable().meta({ description: 'Null when erased since' }),
  right: sideSchema.nullable(),
  probability: share,
  weight: z.number().meta({ description: 'Bits for "the same", against a stranger' }),
});
export type MatchLink = z.infer<typeof linkSchema>;

/** Why two records that score high enough are not merged by themselves. */
export const matchVetoSchema = z.enum([
  'cannot_link',
  'exclusive_differs',
  'birth_dates_apart',
  'too_large',
  'weak_chain',
  'identifier_limit',
  'gone',
]);
export type MatchVeto = z.infer<typeof matchVetoSchema>;

export const runStages = [
  'records',
  'prepare',
  'block',
  'compare',
  'fit',
  'score',
  'cluster',
  'households',
  'apply',
] as const;
export const runStageSchema = z.enum(runStages);
export type RunStage = z.infer<typeof runStageSchema>;
export const runStateSchema = z.enum(['queued', 'running', 'done', 'failed', 'cancelled', 'undoing', 'undone']);
export type RunState = z.infer<typeof runStateSchema>;

/** What a run found, and what it did or, as a dry run, would do. */
export const runReportSchema = z.object({
  records: count,
  pairs: count.meta({ description: 'Pairs compared' }),
  bands: z.object({ auto: count, review: count }),
  merges: count.meta({ description: 'Merges made, or that would be made' }),
  asks: count.meta({ description: 'Pairs put, or that would be put, to a person' }),
  vetoes: z.partialRecord(matchVetoSchema, count),
  customers: z.object({ before: count, after: count }),
  clusters: z.array(z.object({ size: z.number().int().min(2), clusters: count })),
  histogram: z
    .array(z.object({ from: share, to: share, pairs: count }))
    .meta({ description: 'Pairs by probability: what moving a threshold would cost' }),
  samples: z.array(z.object({ band: matchBandSchema, links: z.array(linkSchema) })),
  segments: z
    .array(z.object({ id: z.string(), name: z.string(), before: count, after: count }))
    .meta({ description: 'Sizes of segments: people who are one are counted once' }),
  households: z.object({ households: count, people: count }).nullable(),
  diagnosis: matchDiagnosisSchema.meta({
    description: 'Completeness of fields, blocking rules with capped keys, records that can never be linked and why',
  }),
  warnings: z.array(z.string()),
  stages: z.array(z.object({ stage: runStageSchema, seconds: z.number() })),
  seconds: z.number(),
  peakRssMb: count,
});
export type RunReport = z.infer<typeof runReportSchema>;

export const matchRunSchema = z.object({
  id: z.number().int(),
  kind: matchKindSchema,
  dryRun: z.boolean(),
  state: runStateSchema,
  trigger: z.enum(['manual', 'nightly', 'live']).meta({
    description: 'live: what was merged while records arrived, one run a day',
  }),
  model: z.number().int().nullable().meta({ description: 'Version; null until it is fitted' }),
  thresholds: matchThresholdsSchema,
  requestedAt: instantSchema,
  requestedBy: z.string(),
  startedAt: instantSchema.nullable(),
  finishedAt: instantSchema.nullable(),
  progress: z
    .object({
      stage: runStageSchema,
      done: count,
      total: count,
      secondsLeft: z.number().nullable().meta({ description: 'Null while it cannot be told' }),
    })
    .nullable(),
  merges: count.meta({ description: 'Merges of this run that stand' }),
  undoneMerges: count,
  reviews: count,
  report: runReportSchema.nullable(),
  error: z.object({ code: z.string(), detail: z.string() }).nullable(),
  undoneAt: instantSchema.nullable(),
  undoneBy: z.string().nullable(),
});
export type MatchRun = z.infer<typeof matchRunSchema>;

export const startRunSchema = z.strictObject({
  kind: matchKindSchema.default('people'),
  dryRun: z.boolean(),
  fit: z
    .boolean()
    .optional()
    .meta({ description: 'Fit a new version of the model first. A dry run does when there is no model yet.' }),
  model: z.number().int().positive().optional().meta({ description: 'Version; else the active one, else the newest' }),
  thresholds: matchThresholdsSchema.optional().meta({ description: 'Else those in force' }),
});
export type StartRun = z.infer<typeof startRunSchema>;
export const runListQuerySchema = z.object({
  kind: matchKindSchema.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  after: z.string().optional(),
});
export const runListSchema = pageOf(matchRunSchema);

export const runLinkListQuerySchema = z.object({
  action: z.enum(['merge', 'review']).default('merge'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().optional(),
});
export const runLinkListSchema = pageOf(
  z.object({
    ...linkSchema.shape,
    action: z.enum(['merge', 'review']),
    outcome: z.enum(['planned', 'merged', 'already_one', 'asked', 'answered', 'undone', ...matchVetoSchema.options]),
    veto: matchVetoSchema.nullable(),
    merge: z.number().int().nullable(),
    review: z.number().int().nullable(),
  }),
);

export const modelSummarySchema = z.object({
  version: z.number().int(),
  kind: matchKindSchema,
  state: z.enum(['draft', 'active', 'retired']),
  createdAt: instantSchema,
  createdBy: z.string(),
  activatedAt: instantSchema.nullable(),
  activatedBy: z.string().nullable(),
  thresholds: matchThresholdsSchema.nullable().meta({ description: 'Those it was last in force with' }),
});
export const modelListSchema = z.object({ items: z.array(modelSummarySchema) });
export const modelDetailSchema = z.object({ ...modelSummarySchema.shape, model: matchModelSchema });
export type ModelDetail = z.infer<typeof modelDetailSchema>;

export const editedSettingsSchema = z.object({
  settings: matchSettingsSchema,
  defaults: matchSettingsSchema,
  edited: z.boolean(),
});
export type EditedSettings = z.infer<typeof editedSettingsSchema>;
export const editSettingsSchema = z.strictObject({
  kind: matchKindSchema.default('people'),
  settings: matchSettingsSchema.nullable().meta({ description: 'Null goes back to the built-in ones' }),
});

/** What is in force for one kind, and where things stand. */
export const matchingStateSchema = z.object({
  kind: matchKindSchema,
  model: modelSummarySchema.nullable().meta({ description: 'The active one' }),
  thresholds: matchThresholdsSchema,
  automatic: z.boolean().meta({
    description: 'Whether what arrives is merged and asked about by itself; false until a model was activated',
  }),
  twoPerson: z.boolean().meta({ description: 'Merging in the review queue takes two people' }),
  checkedShare: share.meta({ description: 'Automatic merges drawn at random for a person to check' }),
  lastDryRun: matchRunSchema.nullable(),
  lastRun: matchRunSchema.nullable(),
  running: matchRunSchema.nullable(),
  openReviews: count,
  waiting: count.meta({ description: 'Changed records not yet compared with the others' }),
  labels: count,
});
export type MatchingState = z.infer<typeof matchingStateSchema>;

export const changePolicySchema = z.strictObject({
  kind: matchKindSchema.default('people'),
  automatic: z.literal(false).optional().meta({ description: 'Off. Switching on is activating a dry run.' }),
  twoPerson: z.boolean().optional(),
  checkedShare: share.optional(),
});
export const activateSchema = z.strictObject({
  run: z.number().int().positive().meta({
    description: 'A finished dry run of the last 7 days: its model and thresholds come into force',
  }),
  automatic: z.boolean().default(true),
});

export const reviewStateSchema = z.enum(['open', 'second', 'merged', 'distinct', 'unsure', 'stale']).meta({
  description: 'second: one person said "merge", another must agree; stale: the records changed, the question is moot',
});
export type ReviewState = z.infer<typeof reviewStateSchema>;
export const reviewReasonSchema = z.enum(['band', 'veto', 'check']).meta({
  description:
    'veto: likely enough to merge, but something forbids doing so unasked; check: drawn at random from the automatic merges, to measure how often they are right',
});
export const decisionSchema = z.enum(['merge', 'distinct', 'unsure']);
export type Decision = z.infer<typeof decisionSchema>;

const memberSchema = z.object({ id: z.string(), name: z.string() });
export const reviewSchema = z.object({
  id: z.number().int(),
  kind: matchKindSchema,
  state: reviewStateSchema,
  reason: reviewReasonSchema,
  veto: matchVetoSchema.nullable(),
  left: sideSchema,
  right: sideSchema,
  probability: share,
  value: z.number().meta({ description: 'Net revenue of both sides in the base currency' }),
  currency: z.string(),
  run: z.number().int().nullable(),
  model: z.number().int(),
  openedAt: instantSchema,
  closedAt: instantSchema.nullable(),
  assignee: memberSchema.nullable(),
  comments: count,
  votes: z.array(
    z.object({ by: memberSchema, decision: decisionSchema, at: instantSchema, note: z.string().nullable() }),
  ),
});
export type Review = z.infer<typeof reviewSchema>;

export const reviewListQuerySchema = z.object({
  state: z.enum(['open', 'closed', 'unsure', 'all']).default('open').meta({
    description: 'open: those waiting for a person, most valuable and least certain first; else newest first',
  }),
  kind: matchKindSchema.optional(),
  assignee: z.string().optional().meta({ description: 'Id of a user, or `me`' }),
  profile: z.string().optional().meta({ description: 'Only about this customer' }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().optional(),
});
export const reviewListSchema = z.object({ ...pageOf(reviewSchema).shape, open: count });

const sentenceSchema = z.object({ en: z.string(), fr: z.string() });
export const reviewFieldSchema = z.object({
  field: z.string().meta({ description: 'Field of the model: first_name, last_name, birth_date, email …' }),
  left: z.string().nullable(),
  right: z.string().nullable(),
  difference: z.enum(['same', 'similar', 'different', 'one_blank', 'both_blank']),
});

export const reviewDetailSchema = z.object({
  ...reviewSchema.shape,
  fields: z.array(reviewFieldSchema),
  explanation: matchExplanationSchema
    .nullable()
    .meta({ description: 'Null without personal.read, and of what is gone' }),
  sentence: sentenceSchema,
  events: z.object({ left: z.array(profileEventSchema), right: z.array(profileEventSchema) }),
  totals: z.object({ left: totalsSchema, right: totalsSchema, merged: totalsSchema }).nullable(),
  consents: z.array(
    z.object({
      purpose: z.string(),
      left: z.boolean().nullable(),
      right: z.boolean().nullable(),
      merged: z.boolean().meta({ description: 'Where they disagree: denied' }),
    }),
  ),
  segments: z.array(z.object({ id: z.string(), name: z.string(), left: z.boolean(), right: z.boolean() })),
  household: z.boolean().meta({ description: 'They share an address or a landline' }),
  stale: z.boolean().meta({ description: 'The records have changed since it was asked' }),
  discussion: z.array(z.object({ id: z.number().int(), by: memberSchema, at: instantSchema, text: z.string() })),
  merge: z.number().int().nullable().meta({ description: 'The merge that the decision made, or the one to check' }),
  canUndo: z.boolean(),
  next: z.number().int().nullable().meta({ description: 'The review after this one in the queue' }),
});
export type ReviewDetail = z.infer<typeof reviewDetailSchema>;

export const decideReviewSchema = z.strictObject({
  decision: decisionSchema,
  note: z.string().trim().max(500).optional(),
});
export const assignReviewSchema = z.strictObject({ assignee: z.string().max(64).nullable() });
export const commentReviewSchema = z.strictObject({ text: z.string().trim().min(1).max(2_000) });

/** The day's work, in the time zone of the workspace. */
export const reviewProgressSchema = z.object({
  open: count,
  second: count,
  doneToday: count,
  mineToday: count,
  merged: count,
  distinct: count,
  unsure: count,
  secondsPerReview: z.number().nullable().meta({ description: 'Median pause between my decisions today' }),
  people: z.array(z.object({ by: memberSchema, done: count })),
});
export type ReviewProgress = z.infer<typeof reviewProgressSchema>;

const rateSchema = z.object({
  checked: count,
  right: count,
  share: share.nullable(),
  low: share.meta({ description: 'Wilson interval, 95 %' }),
  high: share,
});
/** How right the model is, by what people decided. */
export const matchQualitySchema = z.object({
  kind: matchKindSchema,
  labels: count,
  automatic: rateSchema.meta({ description: 'From the random checks of automatic merges' }),
  review: rateSchema.meta({ description: 'Asked pairs that were the same' }),
  bins: z.array(z.object({ from: share, to: share, predicted: share.nullable(), ...rateSchema.shape })),
  recalibration: z
    .object({
      labels: count,
      intercept: z.number(),
      slope: z.number(),
      loss: z.object({ before: z.number(), after: z.number() }),
      thresholds: matchThresholdsSchema,
    })
    .nullable()
    .meta({ description: 'From 1,000 labels on: a proposal, never applied by itself' }),
  labelsNeeded: count,
});
export type MatchQuality = z.infer<typeof matchQualitySchema>;

/**
 * Households in segments: two traits that matching states of everybody who lives with somebody. "One of each household" is
 * `household.first` is not `false`, which holds for those who live alone too.
 */
export const householdTraits = { size: 'household.size', first: 'household.first' } as const;

/** People who live together: they share an address or a landline and are not one person. */
export const householdSchema = z.object({
  id: z.string().nullable().meta({ description: 'Null for somebody who shares neither' }),
  size: z.number().int().min(1),
  members: z.array(
    z.object({
      profile: profileSummarySchema,
      shared: z.array(z.enum(['address', 'phone', 'email'])),
      first: z.boolean().meta({ description: 'Stands for the household when one person of each is wanted' }),
    }),
  ),
  address: z.object({ street: z.string(), postalCode: z.string(), city: z.string(), country: z.string() }).nullable(),
  phone: z.string().nullable(),
});
export type Household = z.infer<typeof householdSchema>;
