import { z } from 'zod';
import { pageOf } from './http.ts';
import { eventMatchSchema } from './segmentDefinition.ts';
import { durationSchema } from './segmentTests.ts';

/** What one report may ask for: bounds what it can cost. */
export const reportLimits = {
  days: 800,
  steps: 10,
  filters: 20,
  values: 200,
  groups: 50,
  cohorts: 60,
  pathSteps: 5,
  people: 10_000,
} as const;

const name = z.string().min(1).max(200);
const day = z.iso.date();

/** Facts of an event by which events can be split or filtered. */
export const eventDimensions = [
  'event',
  'site',
  'device_type',
  'os',
  'browser',
  'country',
  'language',
  'campaign_source',
  'campaign_medium',
  'campaign_name',
  'path',
  'product_id',
  'category',
  'brand',
  'currency',
] as const;
export type EventDimension = (typeof eventDimensions)[number];

/**
 * Facts of an order. `customer`: is it the person's first (`new`, `returning`, '' for nobody's). Device, country and
 * campaign are those of the event that reported the order; '' for orders from files. Category, brand and product are
 * those of its lines.
 */
export const orderDimensions = [
  'site',
  'channel',
  'currency',
  'coupon',
  'customer',
  'device_type',
  'country',
  'campaign_source',
  'campaign_medium',
  'campaign_name',
  'product_id',
  'category',
  'brand',
] as const;
export type OrderDimension = (typeof orderDimensions)[number];

const fields = [...new Set([...eventDimensions, ...orderDimensions])] as const;
/** A field, or a property of the event by its path (`color`, `address.city`). */
export const dimensionSchema = z.union([
  z.strictObject({ field: z.enum(fields) }),
  z.strictObject({ property: name.meta({ description: 'Events only' }) }),
]);
export type Dimension = z.infer<typeof dimensionSchema>;

const filterShape = {
  op: z.enum(['in', 'not_in']).default('in'),
  values: z
    .array(z.string().max(500))
    .min(1)
    .max(reportLimits.values)
    .meta({ description: "Exactly as they are; '' is without a value" }),
};
/** Only what has (or has not) one of these values. */
export const reportFilterSchema = z.union([
  z.strictObject({ field: z.enum(fields), ...filterShape }),
  z.strictObject({ property: name, ...filterShape }),
]);
export type ReportFilter = z.infer<typeof reportFilterSchema>;

/** Days in the time zone of the workspace, both included. Default: the last 30. */
const periodShape = {
  from: day.optional().meta({ description: 'First day; default 29 days before `to`' }),
  to: day.optional().meta({ description: 'Last day; default today' }),
};
const scopeShape = {
  ...periodShape,
  filters: z.array(reportFilterSchema).max(reportLimits.filters).default([]),
  segment: z.string().min(1).max(40).optional().meta({ description: 'Only people who are in this segment now' }),
};

/** The people behind one point of a report: added to the same request as `people`. */
const pageShape = {
  cursor: z.string().max(200).optional(),
  limit: z.number().int().min(1).max(reportLimits.people).default(100),
};
const groupPoint = z
  .string()
  .max(500)
  .optional()
  .meta({ description: 'Value of the breakdown; left out: whatever it is' });

export const compareSchema = z.enum(['none', 'previous', 'year']).meta({
  description: '`previous`: as many days just before. `year`: 52 weeks earlier, so that weekdays meet',
});
export type Compare = z.infer<typeof compareSchema>;

export const intervals = ['day', 'week', 'month'] as const;
export const intervalSchema = z.enum(intervals);
export type Interval = z.infer<typeof intervalSchema>;

const subject = z.union([z.strictObject({ field: z.literal('base_value') }), z.strictObject({ property: name })]);
const match = eventMatchSchema.default({ type: 'any', events: [], where: [] });

export const orderMetrics = ['revenue', 'orders', 'aov', 'buyers', 'new_customers', 'units', 'refunds'] as const;
export type OrderMetric = (typeof orderMetrics)[number];
/** What a trend counts. Money is in the base currency, less refunds; cancelled orders and robots never count. */
export const metricSchema = z.discriminatedUnion('of', [
  z.strictObject({ of: z.enum(['events', 'people', 'per_person']), match }),
  z.strictObject({ of: z.literal('sum'), match, value: subject }),
  z.strictObject({ of: z.enum(['visitors', 'conversion', ...orderMetrics]) }),
]);
export type Metric = z.infer<typeof metricSchema>;
export type MetricName = Metric['of'];

export const trendInputSchema = z.strictObject({
  ...scopeShape,
  metric: metricSchema,
  interval: intervalSchema.default('day'),
  breakdown: dimensionSchema.optional(),
  groups: z.number().int().min(1).max(reportLimits.groups).default(8).meta({ description: 'The rest is one group' }),
  compare: compareSchema.default('none'),
  people: z
    .strictObject({
      bucket: day.optional().meta({ description: 'First day of the interval; left out: the whole period' }),
      group: groupPoint,
      previous: z.boolean().default(false),
      ...pageShape,
    })
    .optional(),
});
export type TrendInput = z.infer<typeof trendInputSchema>;

export const funnelInputSchema = z.strictObject({
  ...scopeShape,
  steps: z
    .array(z.strictObject({ match: eventMatchSchema, label: z.string().max(120).optional() }))
    .min(2)
    .max(reportLimits.steps),
  within: durationSchema.default({ n: 7, unit: 'day' }).meta({ description: 'From the first step to the last' }),
  breakdown: dimensionSchema.optional().meta({ description: 'Of the event of the first step' }),
  groups: z.number().int().min(1).max(reportLimits.groups).default(5),
  people: z
    .strictObject({
      step: z.number().int().min(1).max(reportLimits.steps).meta({ description: 'From 1' }),
      did: z
        .enum(['reached', 'stopped'])
        .default('reached')
        .meta({ description: '`stopped`: reached it and no further' }),
      group: groupPoint,
      ...pageShape,
    })
    .optional(),
});
export type FunnelInput = z.infer<typeof funnelInputSchema>;

const occurrence = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('event'), match }),
  z.strictObject({ of: z.literal('order') }),
]);
export const retentionInputSchema = z.strictObject({
  ...scopeShape,
  first: occurrence.default({ of: 'order' }).meta({ description: 'A person joins the cohort of their first one ever' }),
  back: occurrence.default({ of: 'order' }).meta({ description: 'What counts as coming back' }),
  interval: intervalSchema.default('month'),
  people: z
    .strictObject({
      cohort: day.optional().meta({ description: 'First day of the interval; left out: all cohorts' }),
      period: z.number().int().min(0).max(reportLimits.cohorts),
      did: z.enum(['came', 'stayed_away']).default('came'),
      ...pageShape,
    })
    .optional(),
});
export type RetentionInput = z.infer<typeof retentionInputSchema>;

export const attributionModels = ['first', 'last', 'linear', 'position', 'decay'] as const;
export const attributionModelSchema = z.enum(attributionModels).meta({
  description: '`position`: 40 % to the first, 40 % to the last, 20 % between. `decay`: half as much for every 7 days',
});
export type AttributionModel = z.infer<typeof attributionModelSchema>;
export const attributionGroups = ['source', 'medium', 'source_medium', 'campaign'] as const;
export const attributionInputSchema = z.strictObject({
  ...scopeShape,
  by: z.enum(attributionGroups).default('source'),
  lookbackDays: z.number().int().min(1).max(180).default(30),
  people: z
    .strictObject({
      group: z.string().max(1_000),
      model: attributionModelSchema
        .default('linear')
        .meta({ description: 'Buyers to whom this model gives it credit' }),
      ...pageShape,
    })
    .optional(),
});
export type AttributionInput = z.infer<typeof attributionInputSchema>;

export const pathsInputSchema = z.strictObject({
  ...scopeShape,
  start: eventMatchSchema.meta({ description: 'Where the path starts, or ends with direction `before`' }),
  direction: z.enum(['after', 'before']).default('after'),
  nodes: z.enum(['pages', 'events', 'both']).default('both').meta({ description: 'What a step can be' }),
  depth: z.number().int().min(1).max(reportLimits.pathSteps).default(3),
  gap: durationSchema.default({ n: 30, unit: 'minute' }).meta({ description: 'A longer pause ends the path' }),
  groups: z.number().int().min(1).max(20).default(6).meta({ description: 'Nodes of each step; the rest is one' }),
  people: z
    .strictObject({
      step: z.number().int().min(0).max(reportLimits.pathSteps),
      node: z.string().max(2_100).optional().meta({ description: 'As in the answer: `page:/cart`, `end`' }),
      from: z.string().max(2_100).optional().meta({ description: 'The node of the step before' }),
      ...pageShape,
    })
    .optional(),
});
export type PathsInput = z.infer<typeof pathsInputSchema>;

export const valuesInputSchema = z.strictObject({
  ...scopeShape,
  ever: z.boolean().default(false).meta({ description: 'All orders ever, whatever the period' }),
  edges: z
    .array(z.number().finite())
    .min(1)
    .max(30)
    .refine((edges) => edges.every((edge, index) => index === 0 || edge > (edges[index - 1] ?? 0)), 'must rise')
    .default([0, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000])
    .meta({ description: 'Where each bucket starts, in the base currency; what is less is one more bucket' }),
  people: z
    .strictObject({
      bucket: z.number().int().min(0).max(30).optional().meta({ description: 'Index of the bucket' }),
      decile: z.number().int().min(1).max(10).optional().meta({ description: '1: the tenth with the most revenue' }),
      orders: z.number().int().min(1).max(6).optional().meta({ description: '6: six or more' }),
      ...pageShape,
    })
    .optional(),
});
export type ValuesInput = z.infer<typeof valuesInputSchema>;

export const dashboardQuerySchema = z.object({
  ...periodShape,
  compare: compareSchema.default('previous'),
  site: z.string().max(200).optional(),
});
export type DashboardQuery = z.infer<typeof dashboardQuerySchema>;

/** `?format=csv&locale=fr`: with semicolons, decimal commas and a byte order mark, as Excel reads it in French. */
export const reportFormatSchema = z.object({
  format: z.enum(['json', 'csv']).default('json'),
  locale: z.enum(['en', 'fr']).default('en'),
});
export type ReportFormat = z.infer<typeof reportFormatSchema>;

export const reportKinds = ['trend', 'funnel', 'retention', 'attribution', 'paths', 'values', 'dashboard'] as const;
export const reportKindSchema = z.enum(reportKinds);
export type ReportKind = z.infer<typeof reportKindSchema>;

/** A report to keep: what to ask, never the answer. Without a period it always shows the latest days. */
export const reportDefinitionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('trend'), request: trendInputSchema.omit({ people: true }) }),
  z.strictObject({ kind: z.literal('funnel'), request: funnelInputSchema.omit({ people: true }) }),
  z.strictObject({ kind: z.literal('retention'), request: retentionInputSchema.omit({ people: true }) }),
  z.strictObject({ kind: z.literal('attribution'), request: attributionInputSchema.omit({ people: true }) }),
  z.strictObject({ kind: z.literal('paths'), request: pathsInputSchema.omit({ people: true }) }),
  z.strictObject({ kind: z.literal('values'), request: valuesInputSchema.omit({ people: true }) }),
  z.strictObject({ kind: z.literal('dashboard'), request: dashboardQuerySchema }),
]);
export type ReportDefinition = z.infer<typeof reportDefinitionSchema>;

const periodDays = z
  .number()
  .int()
  .min(1)
  .max(reportLimits.days)
  .nullable()
  .default(null)
  .meta({ description: 'The last so many days whenever it is opened; null: the period of the request' });

export const savedReportInputSchema = z.strictObject({
  name: z.string().trim().min(1).max(120),
  shared: z.boolean().default(false).meta({ description: 'Seen by everybody who may read analytics' }),
  days: periodDays,
  definition: reportDefinitionSchema,
});
export type SavedReportInput = z.input<typeof savedReportInputSchema>;

export const savedReportSchema = z.object({
  id: z.int(),
  name: z.string(),
  kind: reportKindSchema,
  shared: z.boolean(),
  mine: z.boolean().meta({ description: 'The reader made it, and may change it' }),
  days: z.number().int().nullable(),
  definition: reportDefinitionSchema
    .nullable()
    .meta({ description: 'Null: made by an older Vitrail in words this one does not know' }),
  updatedAt: z.iso.datetime(),
});
export type SavedReport = z.infer<typeof savedReportSchema>;
export const savedReportListSchema = pageOf(savedReportSchema);
