import { z } from 'zod';
import { attributionModels, intervalSchema } from './reports.ts';

const count = z.number().int().min(0);
const instant = z.iso.datetime();
const day = z.string().meta({ description: 'ISO day' });

/** Every answer says what was counted, where days begin, in which currency, and when the data is from. */
const aboutShape = {
  definition: z.string().meta({ description: 'Key of the text that defines the number: `trend.revenue`' }),
  from: day,
  to: day,
  timeZone: z.string(),
  currency: z.string(),
  at: instant.meta({ description: 'All that was accepted up to this moment is counted' }),
};
export const reportAboutSchema = z.object(aboutShape);
export type ReportAbout = z.infer<typeof reportAboutSchema>;

/** People behind a point, by id; `next` is the cursor of the following page. */
export const reportPeopleSchema = z.object({
  count: count.meta({ description: 'All people behind the point' }),
  items: z.array(z.string()).meta({ description: 'Ids of profiles' }),
  next: z.string().nullable(),
});
export type ReportPeople = z.infer<typeof reportPeopleSchema>;

const value = z.number().nullable().meta({ description: 'Null: nothing to divide by' });
export const trendSeriesSchema = z.object({
  kind: z.enum(['all', 'group', 'other']).meta({ description: '`all` is counted over everything, it is no sum' }),
  group: z.string().meta({ description: "Value of the breakdown; '' is without a value" }),
  values: z.array(value).meta({ description: 'One for each bucket' }),
  total: value.meta({ description: 'Of the whole period: people count once' }),
  previous: z.array(value).nullable(),
  previousTotal: value,
});
export type TrendSeries = z.infer<typeof trendSeriesSchema>;
export const trendSchema = z.object({
  ...aboutShape,
  unit: z.enum(['count', 'money', 'ratio', 'number']),
  interval: intervalSchema,
  buckets: z.array(
    z.object({
      day: day.meta({ description: 'First day of the interval' }),
      partial: z.boolean().meta({ description: 'Part of the interval is outside of the period or still to come' }),
    }),
  ),
  before: z.object({ from: day, to: day }).nullable().meta({ description: 'The period it is compared with' }),
  series: z.array(trendSeriesSchema),
  groups: count.meta({ description: 'Values the breakdown has in the period' }),
});
export type Trend = z.infer<typeof trendSchema>;

const funnelStepSchema = z.object({
  people: count,
  fromFirst: z.number().nullable().meta({ description: 'Share of those who did the first step' }),
  fromBefore: z.number().nullable().meta({ description: 'Share of those who did the step before' }),
  medianSeconds: z.number().nullable().meta({ description: 'From the step before' }),
  medianSecondsFromFirst: z.number().nullable(),
});
export const funnelSchema = z.object({
  ...aboutShape,
  steps: z.array(funnelStepSchema),
  groups: z.array(z.object({ group: z.string(), other: z.boolean(), steps: z.array(funnelStepSchema) })),
});
export type Funnel = z.infer<typeof funnelSchema>;

export const retentionSchema = z.object({
  ...aboutShape,
  interval: intervalSchema,
  cohorts: z.array(
    z.object({
      cohort: day.meta({ description: 'First day of the interval' }),
      size: count,
      periods: z
        .array(
          z.object({
            people: count,
            share: z.number().nullable(),
            revenue: z.number().meta({ description: 'Net revenue of the cohort in this interval' }),
            partial: z.boolean().meta({ description: 'The interval is not over' }),
          }),
        )
        .meta({ description: 'By intervals since the first; 0 is the interval of the first' }),
    }),
  ),
  average: z
    .array(z.object({ share: z.number().nullable(), revenuePerPerson: z.number().nullable() }))
    .meta({ description: 'Over the cohorts for which the interval is over, weighted by size' }),
});
export type Retention = z.infer<typeof retentionSchema>;

const credit = z.object({ orders: z.number(), revenue: z.number() });
export const attributionSchema = z.object({
  ...aboutShape,
  totals: z.object({ orders: count, revenue: z.number(), buyers: count }),
  rows: z.array(
    z.object({
      group: z.string().meta({ description: '`(direct)`: no campaign within the lookback' }),
      buyers: count.meta({ description: 'People who bought after a visit from it' }),
      ...(Object.fromEntries(attributionModels.map((model) => [model, credit])) as Record<
        (typeof attributionModels)[number],
        typeof credit
      >),
    }),
  ),
});
export type Attribution = z.infer<typeof attributionSchema>;

const pathNode = z.string().meta({
  description: '`page:` and its path, `event:` and its name; `start`, `other` (not among the most frequent), `end`',
});
export const pathsSchema = z.object({
  ...aboutShape,
  starts: count.meta({ description: 'Times the start happened' }),
  people: count,
  nodes: z.array(
    z.object({
      step: count.meta({ description: '0 is the start' }),
      node: pathNode,
      times: count,
      people: count,
    }),
  ),
  links: z.array(
    z.object({
      step: count.meta({ description: 'Step of `to`' }),
      from: pathNode,
      to: pathNode,
      times: count,
      people: count,
    }),
  ),
});
export type Paths = z.infer<typeof pathsSchema>;

const spread = { people: count, revenue: z.number(), orders: count };
export const valuesSchema = z.object({
  ...aboutShape,
  totals: z.object({ ...spread, average: value, median: value }),
  buckets: z.array(
    z.object({
      from: z.number().nullable(),
      to: z.number().nullable().meta({ description: 'Not included' }),
      ...spread,
    }),
  ),
  deciles: z.array(
    z.object({
      decile: count.meta({ description: '1: the tenth of the customers with the most revenue' }),
      ...spread,
      least: value,
      share: value.meta({ description: 'Share of the revenue' }),
    }),
  ),
  orders: z.array(
    z.object({ orders: count.meta({ description: '6: six or more' }), people: count, revenue: z.number() }),
  ),
});
export type Values = z.infer<typeof valuesSchema>;

const figures = z.object({
  revenue: z.number(),
  orders: count,
  aov: value,
  buyers: count,
  newCustomers: count,
  returningCustomers: count,
  newRevenue: z.number().meta({ description: 'Of first orders' }),
  units: z.number(),
  refunds: z.number(),
  visitors: count.meta({ description: 'People with a page or screen view' }),
  converted: count.meta({ description: 'Visitors who ordered' }),
  conversion: value,
  views: count.meta({ description: 'Page and screen views' }),
  viewsPerVisitor: value,
  engaged: count.meta({ description: 'People who looked at a product, put one in the cart or began to check out' }),
});
export type DashboardFigures = z.infer<typeof figures>;
const part = z.object({
  key: z.string(),
  revenue: z.number(),
  orders: count,
  previousRevenue: z.number(),
  previousOrders: count,
});
const sold = z.object({
  key: z.string(),
  name: z.string().nullable(),
  revenue: z.number(),
  units: z.number(),
  orders: count,
  previousRevenue: z.number(),
});
export const dashboardSchema = z.object({
  ...aboutShape,
  before: z.object({ from: day, to: day }).nullable(),
  figures,
  previous: figures.nullable(),
  days: z.array(
    z.object({
      day,
      revenue: z.number(),
      orders: count,
      visitors: count,
      previousRevenue: z.number().nullable(),
      previousOrders: z.number().nullable(),
      previousVisitors: z.number().nullable(),
    }),
  ),
  sites: z.array(part),
  currencies: z.array(part),
  channels: z.array(part),
  products: z.array(sold).meta({ description: 'Lines before order discounts and refunds' }),
  categories: z.array(sold),
});
export type Dashboard = z.infer<typeof dashboardSchema>;
