import { z } from 'zod';
import {
  consentConditionSchema,
  eventMatchSchema,
  identifierConditionSchema,
  orderMatchSchema,
  profileConditionSchema,
  traitConditionSchema,
} from './segmentDefinition.ts';

export const scoreLimits = { signals: 30, levels: 10, scores: 50 } as const;

const name = z.string().trim().min(1).max(120);
const points = z
  .number()
  .min(-1_000_000)
  .max(1_000_000)
  .refine((value) => value !== 0, 'Give or take some points.');
const days = z.number().int().min(1).max(3_650);

/** Points for each match, as far as the cap; with a half-life a match counts half after so many days, a quarter after twice as many. */
const repeated = {
  name,
  points,
  halfLifeDays: days.nullable().default(null).meta({ description: 'Null: a match counts the same for ever' }),
  withinDays: days.nullable().default(null).meta({ description: 'Only matches of the last so many days' }),
  cap: z
    .number()
    .positive()
    .max(1_000_000_000)
    .nullable()
    .default(null)
    .meta({ description: 'The signal gives, or takes, no more than this in all' }),
};

export const scoreSignalSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('event'), match: eventMatchSchema, ...repeated }),
  z.strictObject({ kind: z.literal('order'), match: orderMatchSchema.default({ where: [], lines: [] }), ...repeated }),
  z.strictObject({
    kind: z.literal('fact').meta({ description: 'Points once, for whoever passes a test' }),
    name,
    points,
    test: z.discriminatedUnion('kind', [
      traitConditionSchema,
      consentConditionSchema,
      identifierConditionSchema,
      profileConditionSchema,
    ]),
  }),
]);
export type ScoreSignal = z.infer<typeof scoreSignalSchema>;

const levelsSchema = z
  .array(z.strictObject({ name, from: z.number() }))
  .max(scoreLimits.levels)
  .default([])
  .refine(
    (levels) => levels.every(({ from }, index) => index === 0 || from > (levels[index - 1]?.from ?? 0)),
    'Each level begins above the one before.',
  );

export const scoreDefinitionSchema = z
  .strictObject({
    signals: z.array(scoreSignalSchema).min(1).max(scoreLimits.signals),
    min: z.number().nullable().default(null).meta({ description: 'The score is never less' }),
    max: z.number().nullable().default(null).meta({ description: 'The score is never more' }),
    levels: levelsSchema,
  })
  .refine(({ min, max }) => min === null || max === null || min < max, {
    path: ['max'],
    message: 'the largest score is above the smallest',
  });
export type ScoreDefinition = z.infer<typeof scoreDefinitionSchema>;
export type ScoreDefinitionInput = z.input<typeof scoreDefinitionSchema>;

export const scoreInputSchema = z.strictObject({
  name,
  description: z.string().max(1_000).default(''),
  definition: scoreDefinitionSchema,
});

const count = z.number().int().min(0);
const instant = z.iso.datetime();

export const scoreSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  definition: scoreDefinitionSchema,
  version: count,
  usedBy: z.array(z.object({ id: z.string(), name: z.string() })).meta({ description: 'Segments that ask for it' }),
  createdAt: instant,
  updatedAt: instant,
});
export type Score = z.infer<typeof scoreSchema>;
export const scoreListSchema = z.object({ items: z.array(scoreSchema) });

export const scorePreviewInputSchema = z.strictObject({ definition: scoreDefinitionSchema });

/** How a score spreads over everybody, now. */
export const scorePreviewSchema = z.object({
  at: instant,
  ms: z.number(),
  people: count,
  scored: count.meta({ description: 'People whose score is not zero' }),
  mean: z.number(),
  median: z.number(),
  top: z.number().meta({ description: 'A tenth of the people score this or more' }),
  lowest: z.number(),
  highest: z.number(),
  buckets: z.array(z.object({ from: z.number(), to: z.number(), profiles: count })),
  levels: z.array(z.object({ name: z.string().nullable(), profiles: count })).meta({
    description: 'From the lowest; first, without a name, who reaches none',
  }),
  signals: z.array(z.object({ name: z.string(), profiles: count, points: z.number() })).meta({
    description: 'People a signal gives points to or takes them from, and their mean',
  }),
  best: z.array(z.object({ id: z.string(), value: z.number() })),
});
export type ScorePreview = z.infer<typeof scorePreviewSchema>;

export const profileScoresSchema = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    value: z.number(),
    level: z.string().nullable(),
    at: instant,
    signals: z
      .array(
        z.object({
          name: z.string(),
          points: z.number(),
          matches: count.nullable().meta({ description: 'Null for a test of a fact' }),
        }),
      )
      .meta({ description: 'Where the points come from, most first; signals without points left out' }),
  }),
);
export type ProfileScores = z.infer<typeof profileScoresSchema>;
