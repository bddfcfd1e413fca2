import { z } from 'zod';
import { pageOf } from './http.ts';

/** Eleven kinds of buyers. Every buyer is exactly one. */
export const personaKeys = [
  'champions',
  'loyal',
  'potential',
  'new',
  'promising',
  'needs_attention',
  'about_to_sleep',
  'at_risk',
  'cant_lose',
  'hibernating',
  'lost',
] as const;
export type PersonaKey = (typeof personaKeys)[number];
/** Whoever has never ordered is a prospect. */
export const prospects = 'prospects';
export const personaOrProspectKeys = [...personaKeys, prospects] as const;
export type PersonaOrProspect = (typeof personaOrProspectKeys)[number];

/**
 * The persona for every recency and every mean of frequency and monetary value (rounded up), each from 1 to 5. First come
 * the people with the lowest frequency and a recency of 5 or 4: they are `new` and `promising`, whatever they spent.
 */
export const personaTable: Readonly<Record<1 | 2 | 3 | 4 | 5, readonly PersonaKey[]>> = {
  5: ['new', 'potential', 'potential', 'champions', 'champions'],
  4: ['promising', 'potential', 'loyal', 'loyal', 'champions'],
  3: ['about_to_sleep', 'needs_attention', 'needs_attention', 'loyal', 'loyal'],
  2: ['hibernating', 'about_to_sleep', 'at_risk', 'at_risk', 'at_risk'],
  1: ['lost', 'hibernating', 'at_risk', 'cant_lose', 'cant_lose'],
};

const ascending = (values: readonly number[]): boolean =>
  values.every((value, index) => index === 0 || value > (values[index - 1] ?? 0));
const fourSteps = (value: z.ZodNumber) =>
  z.array(value).length(4).refine(ascending, 'Four numbers, each larger than the one before.');

/** Where one score ends and the next begins. */
export const rfmBandsSchema = z.strictObject({
  recencyDays: fourSteps(z.number().positive().max(36_500)).meta({
    description: 'Days since the last order: less than the first is 5, less than the second 4 …',
  }),
  orders: fourSteps(z.number().int().min(2).max(1_000_000)).meta({
    description: 'Orders: the first or more is 2, the second or more is 3 …',
  }),
  revenue: fourSteps(z.number().min(0).max(1e12)).meta({ description: 'Net revenue in the base currency, likewise' }),
  engagement: fourSteps(z.number().int().min(1).max(1_000_000)).meta({
    description: 'Pages, screens and track events in the last 90 days, likewise',
  }),
});
export type RfmBands = z.infer<typeof rfmBandsSchema>;

/** Bands to begin with; also those in use until quantiles were first computed. */
export const defaultRfmBands: RfmBands = {
  recencyDays: [30, 90, 180, 365],
  orders: [2, 3, 5, 10],
  revenue: [50, 150, 400, 1_000],
  engagement: [1, 5, 20, 50],
};

export const rfmSettingsSchema = z.strictObject({
  method: z.enum(['quantiles', 'bands']).meta({
    description: '`quantiles`: fifths of the buyers, computed every night; `bands`: the numbers in `bands`',
  }),
  bands: rfmBandsSchema,
  names: z.partialRecord(z.enum(personaOrProspectKeys), z.string().trim().min(1).max(60)).meta({
    description: 'Names of their own for personas; the others keep the usual ones',
  }),
});
export type RfmSettings = z.infer<typeof rfmSettingsSchema>;

const count = z.number().int().min(0);
const score = z.number().int().min(0).max(5);
const day = z.iso.date();

/** Thresholds in use: like bands, but quantiles may coincide. */
const rfmEdgesSchema = z.object({
  recencyDays: z.array(z.number()),
  orders: z.array(z.number()),
  revenue: z.array(z.number()),
  engagement: z.array(z.number()),
});
export type RfmEdges = z.infer<typeof rfmEdgesSchema>;

export const rfmQuerySchema = z.object({
  site: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'Scored on the orders of this site alone, against its own thresholds' }),
});

export const rfmSchema = z.object({
  at: z.iso.datetime(),
  site: z.string().nullable(),
  currency: z.string(),
  timeZone: z.string(),
  settings: rfmSettingsSchema,
  edges: rfmEdgesSchema,
  edgesAt: z.iso.datetime().nullable().meta({ description: 'When the thresholds were computed; null before that' }),
  version: count,
  buyers: count,
  revenue: z.number(),
  prospects: count.meta({ description: 'People who never ordered' }),
  personas: z.array(
    z.object({
      key: z.enum(personaKeys),
      name: z.string().nullable().meta({ description: 'A name of its own; null for the usual one' }),
      profiles: count,
      share: z.number().meta({ description: 'Of all buyers, 0 to 1' }),
      revenue: z.number(),
      revenueShare: z.number(),
      orders: count,
      averageRevenue: z.number().meta({ description: 'Net revenue per buyer' }),
      averageDays: z.number().meta({ description: 'Days since the last order' }),
      averageEngagement: z.number().meta({ description: 'Engagement score, 1 to 5' }),
    }),
  ),
  grid: z
    .array(z.object({ r: score, f: score, profiles: count, revenue: z.number() }))
    .meta({ description: 'All 25 combinations of recency and frequency' }),
});
export type Rfm = z.infer<typeof rfmSchema>;

export const rfmPeopleQuerySchema = z.object({
  site: z.string().max(200).optional(),
  persona: z.enum(personaKeys).optional(),
  r: z.coerce.number().int().min(1).max(5).optional(),
  f: z.coerce.number().int().min(1).max(5).optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(50),
});
export const rfmPeopleSchema = pageOf(
  z.object({ id: z.string(), persona: z.enum(personaKeys), orders: count, revenue: z.number() }),
);

export const rfmMovementQuerySchema = z.object({
  from: day.optional().meta({ description: 'Default: 30 days before `to`' }),
  to: day.optional().meta({ description: 'Default: today' }),
});
/** How many people went from which persona to which; `prospects` had not ordered yet, or have no order any more. */
export const rfmMovementSchema = z.object({
  from: day,
  to: day,
  first: day.nullable().meta({ description: 'The first day of which personas are known' }),
  flows: z.array(z.object({ from: z.enum(personaOrProspectKeys), to: z.enum(personaOrProspectKeys), profiles: count })),
});
export type RfmMovement = z.infer<typeof rfmMovementSchema>;

export const profileRfmSchema = z.object({
  at: z.iso.datetime(),
  persona: z.enum(personaOrProspectKeys),
  name: z.string().nullable(),
  r: score.meta({ description: '0 without an order' }),
  f: score,
  m: score,
  e: score,
  orders: count,
  revenue: z.number(),
  currency: z.string(),
  engagement: count.meta({ description: 'Pages, screens and track events in the last 90 days' }),
  lastOrderAt: z.iso.datetime().nullable(),
  next: z.iso.datetime().nullable().meta({ description: 'When recency drops by itself, without another order' }),
  history: z
    .array(z.object({ day, persona: z.enum(personaOrProspectKeys), r: score, f: score, m: score }))
    .meta({ description: 'Changes, newest first' }),
});
export type ProfileRfm = z.infer<typeof profileRfmSchema>;
