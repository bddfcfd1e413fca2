import { z } from 'zod';
import { instantSchema, pageOf } from './http.ts';
import {
  matchBandSchema,
  matchDiagnosisSchema,
  matchKindSchema,
  matchModelSchema,
  matchSettingsSchema,
  matchThresholdsSchema,
} from './matchModel.ts';
import { profileSummarySchema } from './unify.ts';

const count = z.number().int().min(0);
const share = z.number().min(0).max(1);

export const matchKindQuerySchema = z.object({ kind: matchKindSchema.default('people') });

export const matchSideSchema = z.object({
  id: z.string().meta({ description: 'Profile id of the customer now, or the group id of a company' }),
  name: z.string().nullable(),
  detail: z.string().nullable().meta({ description: 'A second line: e-mail or town' }),
  profile: profileSummarySchema.nullable().meta({ description: 'Draws the mosaic; null for companies' }),
});
export type MatchSide = z.infer<typeof matchSideSchema>;

const linkSchema = z.object({
  left: matchSideSchema.nullable().meta({ description: 'Null when erased since' }),
  right: matchSideSchema.nullable(),
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

export const householdListQuerySchema = z.object({
  sort: z.enum(['value', 'size']).default('value').meta({ description: 'The most valuable, or the largest, first' }),
  size: z.coerce.number().int().min(2).max(1_000).default(2).meta({ description: 'Of at least so many people' }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().optional(),
});
export type HouseholdListQuery = z.infer<typeof householdListQuerySchema>;
const householdListItemSchema = z.object({
  id: z.string(),
  size: z.number().int().min(2),
  members: z
    .array(z.object({ profile: profileSummarySchema, first: z.boolean() }))
    .meta({ description: 'Six at most; who stands for the household comes first' }),
  address: householdSchema.shape.address,
  value: z.number().meta({ description: 'Net revenue of all members in the base currency, at `foundAt`' }),
  currency: z.string(),
  foundAt: instantSchema.meta({ description: 'The run that last saw it' }),
});
export type HouseholdListItem = z.infer<typeof householdListItemSchema>;
export const householdListSchema = z.object({ ...pageOf(householdListItemSchema).shape, households: count });
