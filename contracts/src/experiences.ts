import { z } from 'zod';
import { experienceContentSchema } from './experienceContents.ts';
import { pageOf } from './http.ts';

const count = z.int().min(0);
const instant = z.iso.datetime();
const segmentId = z.string().min(1).max(40);
/** A name for machines: what the page and the events call it. */
export const experienceKeySchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,59}$/, 'Small letters, digits, - and _, at most 60.');

/** What a condition can look at: of the page, the visit, the cart, the device, the clock. Nothing of a person's data. */
export const liveFields = {
  'page.url': 'text',
  'page.path': 'text',
  'page.title': 'text',
  'page.referrer': 'text',
  'campaign.source': 'text',
  'campaign.medium': 'text',
  'campaign.name': 'text',
  'visit.pages': 'number',
  'visit.seconds': 'number',
  'visitor.visits': 'number',
  'cart.value': 'number',
  'cart.items': 'number',
  'product.id': 'text',
  'product.category': 'text',
  'product.views': 'number',
  'search.query': 'text',
  device: 'text',
  language: 'text',
  'local.hour': 'number',
  'local.weekday': 'number',
} as const satisfies Record<string, 'text' | 'number'>;
export type LiveField = keyof typeof liveFields;

const fieldsOf = (kind: 'text' | 'number'): LiveField[] => liveFieldNames.filter((field) => liveFields[field] === kind);
const isLiveField = (name: string): name is LiveField => Object.hasOwn(liveFields, name);
const liveFieldNames: readonly LiveField[] = Object.keys(liveFields).filter(isLiveField);

const text = z.string().trim().min(1).max(300);
export const liveConditionSchema = z.discriminatedUnion('op', [
  z.strictObject({
    field: z.enum(fieldsOf('text')),
    op: z.enum(['is', 'is_not', 'contains', 'not_contains', 'starts', 'ends']),
    values: z.array(text).min(1).max(50).meta({ description: 'Any of them; with a negative operator none of them' }),
  }),
  z.strictObject({
    field: z.enum(fieldsOf('number')),
    op: z.enum(['at_least', 'at_most', 'equals']),
    value: z.number().min(-1e12).max(1e12),
  }),
  z.strictObject({ field: z.enum(liveFieldNames), op: z.enum(['known', 'unknown']) }),
]);
export type LiveCondition = z.infer<typeof liveConditionSchema>;

/** When it shows on a page that it is meant for. The browser watches for it. */
export const experienceTriggerSchema = z.discriminatedUnion('on', [
  z.strictObject({ on: z.literal('load') }),
  z.strictObject({ on: z.literal('delay'), seconds: z.number().min(0).max(3_600) }),
  z.strictObject({ on: z.literal('scroll'), percent: z.int().min(1).max(100) }),
  z.strictObject({ on: z.literal('exit') }),
  z.strictObject({ on: z.literal('idle'), seconds: z.number().min(1).max(3_600) }),
  z.strictObject({ on: z.literal('click'), selector: z.string().trim().min(1).max(300) }),
  z.strictObject({ on: z.literal('event'), event: z.string().trim().min(1).max(120) }),
]);
export type ExperienceTrigger = z.infer<typeof experienceTriggerSchema>;

export const experienceCapsSchema = z.strictObject({
  perVisit: z.int().min(1).max(100).optional(),
  perPerson: z.int().min(1).max(1_000).optional(),
  perPeriod: z.strictObject({ times: z.int().min(1).max(100), days: z.int().min(1).max(365) }).optional(),
  afterClose: z
    .strictObject({ days: z.int().min(1).max(365) })
    .optional()
    .meta({ description: 'Once closed it stays away for so many days' }),
  afterClick: z
    .strictObject({ days: z.int().min(1).max(365) })
    .optional()
    .meta({ description: 'Once clicked it stays away for so many days' }),
});
export type ExperienceCaps = z.infer<typeof experienceCapsSchema>;

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export const experienceScheduleSchema = z
  .strictObject({
    from: instant.optional(),
    until: instant.optional(),
    weekdays: z.array(z.int().min(1).max(7)).min(1).max(7).optional().meta({ description: '1 is Monday' }),
    hours: z
      .strictObject({ from: clockTime, to: clockTime })
      .optional()
      .meta({ description: 'By the clock of the workspace; a span over midnight is one night' }),
  })
  .refine(({ from, until }) => from === undefined || until === undefined || from < until, {
    message: 'It must end after it begins.',
    path: ['until'],
  });
export type ExperienceSchedule = z.infer<typeof experienceScheduleSchema>;

export const experienceVariantSchema = z.strictObject({
  key: experienceKeySchema,
  name: z.string().trim().min(1).max(80),
  weight: z.number().gt(0).max(1),
  content: experienceContentSchema,
});

export const experienceRequestSchema = z
  .strictObject({
    key: experienceKeySchema,
    name: z.string().trim().min(1).max(120),
    site: z.string().trim().min(1).max(60).nullable().default(null).meta({ description: 'Null: on every site' }),
    audience: z
      .strictObject({
        segments: z.array(segmentId).max(20).default([]).meta({ description: 'In any of them; none: everybody' }),
        exclude: z.array(segmentId).max(20).default([]),
        visitors: z.enum(['all', 'known', 'anonymous']).default('all'),
      })
      .prefault({}),
    when: z.array(liveConditionSchema).max(30).default([]).meta({ description: 'All of them' }),
    trigger: experienceTriggerSchema.default({ on: 'load' }),
    schedule: experienceScheduleSchema.prefault({}),
    priority: z.int().min(-1_000).max(1_000).default(0),
    group: z
      .string()
      .trim()
      .min(1)
      .max(60)
      .nullable()
      .default(null)
      .meta({ description: 'Of one group only the one with the highest priority shows' }),
    caps: experienceCapsSchema.prefault({}),
    control: z
      .number()
      .min(0)
      .max(0.5)
      .default(0)
      .meta({ description: 'Share of visitors who see nothing, to compare' }),
    variants: z.array(experienceVariantSchema).min(1).max(10),
  })
  .refine(({ variants }) => Math.abs(variants.reduce((sum, { weight }) => sum + weight, 0) - 1) < 0.001, {
    message: 'The weights of the variants add up to 1.',
    path: ['variants'],
  })
  .refine(({ variants }) => new Set(variants.map(({ key }) => key)).size === variants.length, {
    message: 'Each variant has a key of its own.',
    path: ['variants'],
  });
export type ExperienceRequest = z.infer<typeof experienceRequestSchema>;

export const experienceSaveSchema = experienceRequestSchema.safeExtend({
  basedOn: z.int().positive().optional().meta({
    description: 'The version that was edited: refused with `experience.changed` when a newer one is there',
  }),
});

export const experienceStates = ['draft', 'running', 'stopped', 'archived'] as const;
export type ExperienceState = (typeof experienceStates)[number];

export const experienceSchema = z.object({
  id: z.string(),
  state: z.enum(experienceStates),
  version: z.int(),
  definition: experienceRequestSchema,
  problems: z.array(z.string()).meta({ description: 'What keeps it from showing: a segment that is gone' }),
  startedAt: instant.nullable(),
  stoppedAt: instant.nullable(),
  createdAt: instant,
  updatedAt: instant,
});
export type Experience = z.infer<typeof experienceSchema>;
export const experiencePageSchema = pageOf(experienceSchema);

const variantResultSchema = z.object({
  variant: z.string().meta({ description: 'Empty: the control group' }),
  people: count.meta({ description: 'Customers who were due it; of the control group those who would have seen it' }),
  views: count,
  clicks: count,
  closes: count,
  answers: count.meta({ description: 'Forms and surveys sent' }),
  buyers: count.meta({ description: 'People who ordered within the window after they first saw it' }),
  orders: count,
  revenue: z.number().meta({ description: 'Net of refunds, in the base currency' }),
});

const variantComparisonSchema = z.object({
  variant: z.string(),
  relative: z.boolean().meta({ description: 'As a share of the control group; else the difference of two shares' }),
  value: z.number(),
  low: z.number(),
  high: z.number(),
  pValue: z.number().meta({ description: 'Always valid, however often one looks' }),
  corrected: z.number().meta({ description: 'For all comparisons of the answer together (Holm)' }),
});
const comparisonsSchema = z.array(variantComparisonSchema).meta({
  description:
    'Share of buyers of each variant against the control group, with an interval that holds however often one looks. None while there are too few',
});
const spreadSchema = z.object({ p50: z.number(), p95: z.number() }).nullable();

export const experienceReportQuerySchema = z.object({
  days: z.coerce.number().int().min(1).max(366).default(30),
  by: z
    .string()
    .regex(/^(device|segment:[1-9]\d{0,8})$/, 'device, or segment: with the id of a segment.')
    .optional()
    .meta({ description: '`device`, or `segment:12`: in it or not, now' }),
});

export const experienceReportSchema = z.object({
  currency: z.string(),
  windowDays: z.int(),
  variants: z.array(variantResultSchema),
  comparisons: comparisonsSchema,
  groups: z
    .array(
      z.object({
        group: z.string().meta({ description: 'The device, `in` or `out` of the segment; empty: not known' }),
        variants: z.array(variantResultSchema),
        comparisons: comparisonsSchema,
      }),
    )
    .meta({ description: 'With `by`: the same by group, the largest first' }),
  cost: z
    .object({
      pages: count.meta({ description: 'Views that told what they cost the page' }),
      wait: spreadSchema.meta({
        description: 'Milliseconds until the decision was there; the page itself does not wait',
      }),
      apply: spreadSchema.meta({ description: 'Milliseconds to put it onto the page' }),
    })
    .meta({ description: 'As the pages measured it' }),
  days: z.array(z.object({ day: z.iso.date(), views: count, clicks: count })),
  at: instant,
});
export type ExperienceReport = z.infer<typeof experienceReportSchema>;
