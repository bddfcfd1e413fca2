import { z } from 'zod';
import { channelSchema, purposeSchema } from './channels.ts';
import { experienceKeySchema } from './experiences.ts';
import { pageOf } from './http.ts';
import { ownLinkMarksSchema } from './linkMarks.ts';

const instant = z.iso.datetime();
const count = z.int().min(0);
const idSchema = z.string().min(1).max(40);

export const campaignScheduleSchema = z.union([
  z.literal('now'),
  z.strictObject({ kind: z.literal('at'), at: instant }),
  z
    .strictObject({ kind: z.literal('local'), day: z.iso.date(), time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/) })
    .meta({ description: 'The same hour on everyone’s own clock' }),
  z
    .strictObject({ kind: z.literal('best_hour'), day: z.iso.date() })
    .meta({ description: 'In the hour each person answers best, where known; else at ten' }),
]);
export type CampaignSchedule = z.infer<typeof campaignScheduleSchema>;

export const campaignVariantSchema = z.strictObject({
  name: z.string().trim().min(1).max(60),
  template: idSchema,
  share: z.number().gt(0).max(1),
});

export const winnerMetrics = ['clicks', 'conversions'] as const;

/** What is sent to whom, when. `template` alone is one variant; `variants` are compared. */
export const campaignRequestSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(120),
    segment: idSchema,
    exclude: z.array(idSchema).max(20).default([]).meta({ description: 'Segments whose people are left out' }),
    channel: channelSchema.default('email'),
    template: idSchema.optional(),
    variants: z.array(campaignVariantSchema).min(2).max(6).optional(),
    experiment: experienceKeySchema.optional().meta({
      description:
        'Key of an experiment on messages that gives each person a variant; variants are named as its variations are',
    }),
    fallback: z
      .array(z.strictObject({ channel: channelSchema, template: idSchema }))
      .max(3)
      .default([])
      .meta({ description: 'For whom the channel before does not reach: the next one, in this order' }),
    purpose: purposeSchema.default('marketing'),
    schedule: campaignScheduleSchema.default('now'),
    perMinute: z.int().min(1).max(1_000_000).optional().meta({ description: 'At most so many a minute' }),
    control: z.number().min(0).max(0.5).default(0).meta({ description: 'Share of people who get nothing, to compare' }),
    winner: z
      .strictObject({
        metric: z.enum(winnerMetrics).default('clicks'),
        testShare: z.number().min(0.02).max(0.9).default(0.2),
        afterHours: z.number().min(0.1).max(168).default(4),
      })
      .optional()
      .meta({ description: 'Variants go to a part first; the rest gets the one that did best' }),
    attributionDays: z.int().min(1).max(90).default(7),
    linkMarks: ownLinkMarksSchema
      .optional()
      .meta({ description: 'Marks of its links that differ from those of the workspace' }),
    priority: z.int().min(-100).max(100).default(0),
  })
  .refine((body) => (body.template === undefined) !== (body.variants === undefined), {
    message: 'Give either template or variants.',
    path: ['template'],
  })
  .refine((body) => body.variants === undefined || Math.abs(sumOf(body.variants) - 1) < 0.001, {
    message: 'The shares of the variants add up to 1.',
    path: ['variants'],
  })
  .refine((body) => body.winner === undefined || body.variants !== undefined, {
    message: 'A winner is chosen among variants.',
    path: ['winner'],
  })
  .refine((body) => body.experiment === undefined || (body.variants !== undefined && body.winner === undefined), {
    message: 'An experiment gives people one of several variants, and says itself which is best: no winner beside it.',
    path: ['experiment'],
  });
export type CampaignRequest = z.infer<typeof campaignRequestSchema>;

const sumOf = (variants: readonly { share: number }[]): number => variants.reduce((sum, { share }) => sum + share, 0);

export const campaignStates = [
  'draft',
  'scheduled',
  'freezing',
  'sending',
  'paused',
  'done',
  'cancelled',
  'failed',
] as const;
export type CampaignState = (typeof campaignStates)[number];

/** From everyone in the segment to those who get a message. Every person is in exactly one of them beside `matched`. */
export const audienceSchema = z.object({
  matched: count,
  excluded: count,
  control: count,
  no_consent: count,
  suppressed: count,
  capped: count,
  no_address: count,
  holdout: count,
  already_sent: count,
  not_in_segment: count,
  erased: count,
  willSend: count,
  complete: z.boolean().meta({ description: 'False while people are still being gone through' }),
});
export type Audience = z.infer<typeof audienceSchema>;

export const campaignSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(campaignStates),
  reason: z.string().nullable(),
  definition: campaignRequestSchema,
  segmentName: z.string().nullable(),
  audience: audienceSchema.nullable(),
  queued: count,
  sent: count.meta({ description: 'Handed over to a provider, delivered ones too' }),
  delivered: count,
  opened: count,
  clicked: count,
  bounced: count,
  complained: count,
  unsubscribed: count,
  failed: count,
  uncertain: count,
  skipped: count.meta({
    description: 'Left out on the point of being sent: something changed after the audience was frozen',
  }),
  startsAt: instant.nullable(),
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  createdAt: instant,
  updatedAt: instant,
});
export type Campaign = z.infer<typeof campaignSchema>;
export const campaignPageSchema = pageOf(campaignSchema);

const groupResultSchema = z.object({
  name: z.string(),
  people: count,
  sent: count,
  delivered: count,
  clicked: count,
  unsubscribed: count,
  converted: count.meta({ description: 'People who ordered within the window after their message' }),
  orders: count,
  revenue: z.number().meta({ description: 'Net of refunds, in the base currency' }),
});
export type CampaignGroup = z.infer<typeof groupResultSchema>;

export const campaignResultsSchema = z.object({
  currency: z.string(),
  attributionDays: z.int(),
  variants: z.array(groupResultSchema),
  control: groupResultSchema.nullable(),
  winner: z.string().nullable(),
  uplift: z
    .object({
      conversion: z.number().meta({ description: 'Share of people who ordered, more than in the control group' }),
      low: z.number(),
      high: z.number().meta({ description: '95 % interval of it (Newcombe 1998, method 10)' }),
      revenuePerPerson: z.number(),
    })
    .nullable(),
});
export type CampaignResults = z.infer<typeof campaignResultsSchema>;
