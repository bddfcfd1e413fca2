import { z } from 'zod';
import { channelSchema } from './channels.ts';
import { instantSchema, languageSchema, pageOf } from './http.ts';

export const offerStates = ['draft', 'active', 'paused', 'archived'] as const;
export const offerStateSchema = z.enum(offerStates);
export type OfferState = z.infer<typeof offerStateSchema>;

const offerTextSchema = z.strictObject({
  title: z.string().min(1).max(200),
  text: z.string().max(2_000).default(''),
  terms: z.string().max(10_000).default(''),
  button: z.string().max(80).default(''),
});
const couponCode = z
  .string()
  .trim()
  .min(3)
  .max(64)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}_.-]*$/u)
  .toUpperCase();

export const offerRequestSchema = z
  .strictObject({
    key: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,39}$/)
      .meta({ description: 'What templates call it: `{{ offers.summer.title }}`.' }),
    name: z.string().trim().min(1).max(120),
    state: offerStateSchema.default('draft'),
    startsAt: instantSchema.nullable().default(null),
    endsAt: instantSchema.nullable().default(null),
    texts: z
      .record(languageSchema, offerTextSchema)
      .meta({ description: 'By language; the language of the workspace is the fallback.' }),
    creative: z
      .partialRecord(
        channelSchema,
        z.strictObject({ imageUrl: z.url().max(2_000).optional(), url: z.url().max(2_000).optional() }),
      )
      .default({})
      .meta({ description: 'Picture and address, by channel.' }),
    segments: z
      .array(z.string().max(40))
      .max(20)
      .default([])
      .meta({ description: 'For people in any of these segments; empty for everybody.' }),
    limits: z
      .strictObject({
        total: z.number().int().min(1).max(100_000_000).nullable().default(null),
        perPerson: z.number().int().min(1).max(1_000).nullable().default(1),
        codeDays: z.number().int().min(1).max(730).nullable().default(null),
      })
      .default({ total: null, perPerson: 1, codeDays: null })
      .meta({ description: 'How many codes in all and for one person; days a code is valid after it was given.' }),
    code: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('none') }),
        z.strictObject({ kind: z.literal('shared'), code: couponCode }),
        z.strictObject({ kind: z.literal('unique'), pool: z.number().int().positive() }),
      ])
      .default({ kind: 'none' }),
  })
  .refine(({ texts }) => Object.keys(texts).length > 0, {
    path: ['texts'],
    message: 'Say it in one language at least.',
  })
  .refine(({ startsAt, endsAt }) => startsAt === null || endsAt === null || startsAt < endsAt, {
    path: ['endsAt'],
    message: 'It must end after it begins.',
  });
export type OfferRequest = z.infer<typeof offerRequestSchema>;

export const offerSchema = z.object({
  id: z.number().int(),
  ...offerRequestSchema.shape,
  claimed: z.number().int().meta({ description: 'Codes given to people.' }),
  redeemed: z.number().int().meta({ description: 'Orders with a code of it.' }),
  revenue: z.number().meta({ description: 'Of these orders, less refunds, in the base currency.' }),
  discount: z.number(),
  problems: z.number().int().meta({ description: 'Orders in which its code should not have been taken.' }),
  updatedAt: instantSchema,
});
export type Offer = z.infer<typeof offerSchema>;
export const offerPageSchema = pageOf(offerSchema);

export const couponPoolRequestSchema = z.strictObject({ name: z.string().trim().min(1).max(120) });
export const couponPoolSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  codes: z.number().int(),
  remaining: z.number().int(),
  redeemed: z.number().int(),
  createdAt: instantSchema,
});
export type CouponPool = z.infer<typeof couponPoolSchema>;
export const couponPoolListSchema = z.object({ items: z.array(couponPoolSchema) });
export const generateCodesSchema = z.strictObject({
  count: z.number().int().min(1).max(100_000),
  prefix: z
    .string()
    .max(20)
    .regex(/^[A-Z0-9-]*$/)
    .default(''),
  length: z.number().int().min(6).max(24).default(10).meta({ description: 'Random characters after the prefix.' }),
});
export const codesAddedSchema = z.object({
  added: z.number().int(),
  known: z.number().int(),
  rejected: z.number().int().meta({ description: 'Lines that are no code.' }),
});

export const claimRequestSchema = z.strictObject({
  profile: z.string().max(40).optional(),
  identifier: z.string().max(600).optional(),
  key: z.string().min(1).max(200).meta({ description: 'Asked again with the same key: the same code.' }),
});
export const claimAnswerSchema = z.object({
  code: z.string().nullable(),
  reason: z.enum(['not_running', 'not_for_them', 'limit', 'none_left']).nullable(),
});

export const loyaltyRulesSchema = z.strictObject({
  active: z.boolean(),
  pointsPerUnit: z
    .number()
    .min(0)
    .max(1_000)
    .meta({ description: 'For each unit of the base currency, rounded down.' }),
  startsAt: instantSchema.meta({ description: 'Orders since then count.' }),
  expiresMonths: z.number().int().min(1).max(120).nullable(),
  tiers: z
    .array(z.strictObject({ name: z.string().trim().min(1).max(60), from: z.number().int().min(0) }))
    .max(10)
    .meta({ description: 'Reached by points earned within twelve months.' }),
});
export type LoyaltyRules = z.infer<typeof loyaltyRulesSchema>;

/** Points in segments and exports: two traits of everybody who ever had any. The tier is missing below the first. */
export const pointsTraits = { balance: 'points.balance', tier: 'points.tier' } as const;

export const pointsEntrySchema = z.object({
  id: z.number().int(),
  kind: z.enum(['earn', 'correct', 'burn', 'expire', 'adjust']),
  points: z.number().int(),
  at: instantSchema,
  expiresAt: instantSchema.nullable(),
  order: z.string().nullable(),
  note: z.string(),
});
export const profilePointsSchema = z.object({
  balance: z.number().int(),
  earnedThisYear: z.number().int(),
  tier: z.string().nullable(),
  nextTier: z.object({ name: z.string(), missing: z.number().int() }).nullable(),
  expiring: z.object({ points: z.number().int(), at: instantSchema }).nullable(),
  entries: pageOf(pointsEntrySchema),
});
export type ProfilePoints = z.infer<typeof profilePointsSchema>;
export const pointsChangeSchema = z.strictObject({
  points: z.number().int().min(-10_000_000).max(10_000_000),
  note: z.string().trim().min(1).max(200),
  key: z.string().min(1).max(200).meta({ description: 'Sent again with the same key: nothing changes twice.' }),
});
