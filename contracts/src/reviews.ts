import { z } from 'zod';
import { instantSchema, pageOf } from './http.ts';
import { matchSideSchema, matchVetoSchema } from './matching.ts';
import { matchExplanationSchema, matchKindSchema, matchThresholdsSchema } from './matchModel.ts';
import { profileEventSchema, totalsSchema } from './unify.ts';

const count = z.number().int().min(0);
const share = z.number().min(0).max(1);

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
  left: matchSideSchema,
  right: matchSideSchema,
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

/** Who may decide reviews, so that a question can be given to them: names alone. */
export const reviewAssigneesSchema = z.object({ items: z.array(memberSchema) });
