import { z } from 'zod';
import { peopleSelectionSchema } from './peopleSelections.ts';
import { segmentDefinitionSchema, segmentTreeSchema } from './segmentDefinition.ts';

const count = z.number().int().min(0);
const instant = z.iso.datetime();

/** `dynamic`: who passes the definition, live. `list`: whoever was put on it. */
export const segmentKindSchema = z.enum(['dynamic', 'list']);

/**
 * `building`: a new version is being applied to everyone; members are those of the former one. `live`: memberships follow
 * within a second. `stale`: it ran too long and was stopped; members are as of `evaluatedAt`. `archived`: at rest.
 */
export const segmentStateSchema = z.enum(['building', 'live', 'stale', 'archived']);

/** The definition in words. */
export const sentenceSchema = z.object({ en: z.string(), fr: z.string() });
export type Sentence = z.infer<typeof sentenceSchema>;

/** A place in a definition: `of.0.of.2`, '' for the whole. */
export const conditionPathSchema = z.string();

export const segmentInputSchema = z.strictObject({
  name: z.string().trim().min(1).max(120),
  description: z.string().max(1_000).default(''),
  definition: segmentDefinitionSchema,
});
export type SegmentInput = z.input<typeof segmentInputSchema>;

export const segmentChangeSchema = segmentInputSchema.extend({
  basedOn: z.number().int().positive().optional().meta({
    description: 'The version that was edited: refused with `decide.segment_changed` when a newer one is there',
  }),
});
export type SegmentChange = z.input<typeof segmentChangeSchema>;

export const listInputSchema = z.strictObject({
  name: z.string().trim().min(1).max(120),
  description: z.string().max(1_000).default(''),
  profiles: z.array(z.string().max(40)).max(100_000).default([]).meta({ description: 'Ids of profiles' }),
});

/** People by profile id, e-mail, phone, user id, loyalty card or CRM id, as they are stored. */
export const listMembersInputSchema = z.strictObject({
  add: z.array(z.string().max(320)).max(100_000).default([]),
  remove: z.array(z.string().max(320)).max(100_000).default([]),
});

export const listChangedSchema = z.object({
  id: z.string(),
  added: count,
  removed: count,
  unknown: count.meta({ description: 'Lines that name nobody' }),
});

/** Customers put on a list, or taken off it, by what they are selected by. */
export const listPeopleInputSchema = z.strictObject({
  add: peopleSelectionSchema.optional(),
  remove: peopleSelectionSchema.optional(),
});
export const listPeopleChangedSchema = z.object({
  ...listChangedSchema.shape,
  addedIds: z
    .array(z.string())
    .nullable()
    .meta({ description: 'Who was not on it before: take these off to undo. Null when they are more than 10,000' }),
  removedIds: z.array(z.string()).nullable(),
});
export type ListPeopleChanged = z.infer<typeof listPeopleChangedSchema>;

export const segmentSavedSchema = z.object({ id: z.string(), version: count });

export const segmentListQuerySchema = z.object({
  q: z.string().max(120).default('').meta({ description: 'Part of a name' }),
  archived: z.stringbool().default(false),
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const segmentSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  kind: segmentKindSchema,
  state: segmentStateSchema,
  size: count.meta({ description: 'Members now' }),
  version: count,
  evaluatedAt: instant.nullable().meta({ description: 'Everybody was last asked at this time; changes follow since' }),
  createdAt: instant,
  updatedAt: instant,
  createdBy: z.string(),
});
export type SegmentSummary = z.infer<typeof segmentSummarySchema>;

export const segmentSchema = segmentSummarySchema.extend({
  definition: segmentTreeSchema.nullable().meta({ description: 'Null for a list' }),
  sentence: sentenceSchema,
  usedBy: z
    .array(z.object({ kind: z.enum(['segment']), id: z.string(), name: z.string() }))
    .meta({ description: 'What would change with it' }),
  warnings: z
    .array(z.string())
    .meta({ description: 'Why it may not be what was meant: a trait nobody has, … (codes)' }),
});
export type Segment = z.infer<typeof segmentSchema>;

export const segmentListSchema = z.object({ items: z.array(segmentSummarySchema), next: z.string().nullable() });

export const previewInputSchema = z.strictObject({
  definition: segmentDefinitionSchema,
  sql: z.boolean().default(false).meta({ description: 'Also answer the query as text' }),
});

/** The exact answer for everybody, now. */
export const previewSchema = z.object({
  count,
  total: count.meta({ description: 'All people of the workspace' }),
  sample: z.array(z.string()).meta({ description: 'Ids of some members' }),
  conditions: z.array(
    z.object({
      path: conditionPathSchema,
      count: count.meta({ description: 'People who pass this part alone' }),
      together: count.meta({ description: 'Members among them: pass this part and the whole' }),
    }),
  ),
  sentence: sentenceSchema,
  at: instant,
  ms: z.number(),
  sql: z.string().optional(),
});
export type SegmentPreview = z.infer<typeof previewSchema>;

export const membersSchema = z.object({
  items: z.array(z.object({ id: z.string(), since: instant })),
  next: z.string().nullable(),
});

export const profileSegmentsSchema = z.array(z.object({ id: z.string(), name: z.string(), since: instant }));

/** Why one person is in, or out. */
export const explanationSchema = z.object({
  member: z.boolean().meta({ description: 'Passes the definition at this moment' }),
  at: instant,
  next: instant.nullable().meta({ description: 'The answer can change by time alone, not before this moment' }),
  conditions: z.array(
    z.object({
      path: conditionPathSchema,
      pass: z.boolean(),
      found: z
        .string()
        .nullable()
        .meta({ description: 'What was found for this person: a count, an amount, a value; null for groups' }),
      sentence: sentenceSchema,
    }),
  ),
});
export type SegmentExplanation = z.infer<typeof explanationSchema>;

export const explainInputSchema = z.strictObject({ profile: z.string().max(40) });

export const segmentTrendSchema = z.object({
  days: z.array(z.object({ day: z.string(), size: count, entered: count, exited: count })),
});

export const segmentOverlapInputSchema = z.strictObject({ segments: z.array(z.string().max(40)).min(1).max(8) });
export const segmentOverlapSchema = z.object({
  sizes: z.array(z.object({ id: z.string(), name: z.string(), size: count })),
  /** Every combination that somebody is in; `in` lists exactly the segments of these people. */
  combinations: z.array(z.object({ in: z.array(z.string()), count })),
});

/** How many members can be reached: an address exists, and consent. */
export const segmentReachSchema = z.object({
  size: count,
  channels: z.array(
    z.object({
      channel: z.enum(['email', 'sms', 'web']),
      address: count.meta({ description: 'Members with an address on this channel' }),
      consented: count.meta({ description: 'Members with an address who granted it' }),
      denied: count,
    }),
  ),
});

export const segmentVersionsSchema = z.object({
  items: z.array(
    z.object({
      version: count,
      definition: segmentTreeSchema,
      sentence: sentenceSchema,
      at: instant,
      by: z.string(),
    }),
  ),
});

/** Words and numbers a builder can offer: what exists in this workspace. */
export const segmentVocabularySchema = z.object({
  traits: z.array(
    z.object({
      name: z.string(),
      people: count,
      type: z.enum(['text', 'number', 'date', 'boolean', 'list']),
      values: z.array(z.string()).meta({ description: 'Frequent values, when they are few; never of personal traits' }),
    }),
  ),
  events: z.array(z.object({ type: z.enum(['track', 'page', 'screen']), name: z.string(), count })),
  consents: z.array(z.string()),
  namespaces: z.array(z.string()),
  sites: z.array(z.string()),
  categories: z.array(z.string()),
  brands: z.array(z.string()),
});
export type SegmentVocabulary = z.infer<typeof segmentVocabularySchema>;

export const propertyVocabularySchema = z.object({
  properties: z.array(
    z.object({
      name: z.string(),
      type: z.enum(['text', 'number', 'date', 'boolean', 'list']),
      values: z.array(z.string()),
    }),
  ),
});
