import { z } from 'zod';
import { experienceKeySchema } from './experiences.ts';
import { pageOf } from './http.ts';

const instant = z.iso.datetime();

export const flagTypes = ['boolean', 'string', 'number', 'json'] as const;
export type FlagType = (typeof flagTypes)[number];

/** A value of any type; which types are allowed is the flag's. */
export const flagValueSchema = z.json();
export type FlagValue = z.infer<typeof flagValueSchema>;

/**
 * A condition on attributes that the client sends, in GrowthBook's language: `{"country": "FR", "cart.items": {"$gte": 3}}`.
 * Checked by the server: operators, depth, patterns.
 */
export const flagConditionSchema = z
  .record(z.string().min(1).max(200), z.json())
  .meta({ description: 'On attributes of the client, as GrowthBook writes them; {} for everybody' });
export type FlagCondition = z.infer<typeof flagConditionSchema>;

const forWhom = {
  condition: flagConditionSchema.default({}),
  segments: z
    .array(z.string().min(1).max(40))
    .max(20)
    .default([])
    .meta({ description: 'In any of them. Only published ones work where a browser evaluates by itself' }),
};
const unit = z.enum(['device', 'person']).default('person');

export const flagRuleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('force'), ...forWhom, value: flagValueSchema }),
  z.strictObject({
    kind: z.literal('rollout'),
    ...forWhom,
    value: flagValueSchema,
    share: z.number().min(0).max(1).meta({ description: 'Of these people; more later keeps those who have it' }),
    unit,
  }),
  z.strictObject({
    kind: z.literal('experiment'),
    ...forWhom,
    experiment: experienceKeySchema.meta({ description: 'Key of an experiment of kind `flag`; while it runs' }),
    values: z
      .record(experienceKeySchema, flagValueSchema)
      .meta({ description: 'By key of the variation; one without a value gets the default' }),
  }),
]);
export type FlagRule = z.infer<typeof flagRuleSchema>;

const suits = (type: FlagType, value: FlagValue): boolean =>
  type === 'json' ? typeof value === 'object' && value !== null : typeof value === type;
const valuesOf = (rule: FlagRule): FlagValue[] =>
  rule.kind === 'experiment' ? Object.values(rule.values) : [rule.value];

export const flagRequestSchema = z
  .strictObject({
    key: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$/, 'Letters, digits, - _ and ., at most 80.')
      .meta({ description: 'What programs ask for. Never changes' }),
    name: z.string().trim().max(120).default(''),
    type: z.enum(flagTypes),
    default: flagValueSchema,
    active: z.boolean().default(true).meta({ description: 'False: everybody gets the default, whatever the rules' }),
    rules: z.array(flagRuleSchema).max(50).default([]).meta({ description: 'The first that fits decides' }),
  })
  .refine((flag) => suits(flag.type, flag.default), { message: 'Of the type of the flag.', path: ['default'] })
  .refine((flag) => flag.rules.every((rule) => valuesOf(rule).every((value) => suits(flag.type, value))), {
    message: 'Every value is of the type of the flag.',
    path: ['rules'],
  });
export type FlagRequest = z.infer<typeof flagRequestSchema>;

export const flagSchema = z.object({
  id: z.string(),
  definition: flagRequestSchema,
  problems: z
    .array(
      z.object({
        rule: z.int(),
        problem: z.enum(['experiment_unknown', 'experiment_not_running', 'segment_unpublished']),
      }),
    )
    .meta({ description: 'Rules that fit nobody now, or nobody in a browser, and why' }),
  createdAt: instant,
  updatedAt: instant,
});
export type Flag = z.infer<typeof flagSchema>;
export const flagPageSchema = pageOf(flagSchema);

/** What GrowthBook's SDKs load. Fields as they name them. */
export const featurePayloadSchema = z.object({
  status: z.literal(200),
  features: z.record(z.string(), z.looseObject({})),
  experiments: z.array(z.never()),
  dateUpdated: instant,
});

const attributes = z.record(z.string().max(200), z.json());
export const remoteEvaluationSchema = z.looseObject({
  attributes: attributes.default({}),
  forcedVariations: z.record(z.string().max(200), z.number()).default({}),
  forcedFeatures: z
    .array(z.tuple([z.string().max(200), z.json()]))
    .max(200)
    .default([]),
  url: z.string().max(4_000).default(''),
});

export const ofrepRequestSchema = z.looseObject({ context: attributes.default({}) });
const ofrepFlagSchema = z.object({
  key: z.string(),
  value: z.json(),
  reason: z.enum(['STATIC', 'TARGETING_MATCH', 'SPLIT', 'DEFAULT', 'DISABLED']),
  variant: z.string(),
  metadata: z.record(z.string(), z.string()).optional(),
});
export const ofrepErrorSchema = z.object({
  key: z.string(),
  errorCode: z.enum(['FLAG_NOT_FOUND', 'PARSE_ERROR', 'TARGETING_KEY_MISSING', 'INVALID_CONTEXT', 'GENERAL']),
  errorDetails: z.string(),
});
export const ofrepBulkSchema = z.object({ flags: z.array(z.union([ofrepFlagSchema, ofrepErrorSchema])) });
export const ofrepSingleSchema = ofrepFlagSchema;
