import { z } from 'zod';
import { channelSchema } from './channels.ts';
import { reportAboutSchema } from './reportAnswers.ts';
import { compareSchema, reportFormatSchema } from './reports.ts';

/** By what messages are told apart. `step`: of journeys; `variant`: of campaigns; `domain`: of the recipients' mail. */
export const messageReportGroups = [
  'campaign',
  'journey',
  'step',
  'template',
  'variant',
  'channel',
  'provider',
  'domain',
] as const;
export type MessageReportGroup = (typeof messageReportGroups)[number];

/** Days between a message and the order that is put down to it. */
export const creditDays = { least: 1, usual: 7, most: 30 } as const;

const id = z.string().regex(/^\d{1,9}$/);
const day = z.iso.date();
const asked = {
  by: z.enum(messageReportGroups).default('campaign'),
  from: day.optional().meta({ description: 'First day; default 29 days before `to`' }),
  to: day.optional().meta({ description: 'Last day; default today' }),
  channel: channelSchema.optional(),
  campaign: id.optional().meta({ description: 'Only messages of this campaign' }),
  journey: id.optional().meta({ description: 'Only messages of this journey' }),
  creditDays: z.coerce
    .number()
    .int()
    .min(creditDays.least)
    .max(creditDays.most)
    .default(creditDays.usual)
    .meta({ description: 'An order counts for the last marketing message of so many days before it' }),
};

export const messageReportQuerySchema = z.object({
  ...asked,
  compare: compareSchema.default('none'),
  ...reportFormatSchema.shape,
});
export type MessageReportQuery = z.infer<typeof messageReportQuerySchema>;

/** What is counted of messages; people can be opened behind each. */
export const messageMetrics = [
  'sent',
  'delivered',
  'clicked',
  'converted',
  'bounced',
  'unsubscribed',
  'complained',
  'opened',
] as const;
export type MessageMetric = (typeof messageMetrics)[number];

const count = z.int().min(0);
export const messageFiguresSchema = z.object({
  sent: count.meta({ description: 'Messages a provider took, tests not counted; every other number is of these' }),
  delivered: count.meta({ description: 'The provider said that they arrived; not every channel says so' }),
  clicked: count.meta({ description: 'Messages with a link followed by a person, not by a scanner' }),
  converted: count.meta({ description: 'Messages that an order is put down to' }),
  orders: count,
  revenue: z.number().meta({ description: 'Of these orders, net of refunds, in the base currency' }),
  bounced: count,
  unsubscribed: count,
  complained: count,
  opened: count.meta({ description: 'Only of people who allow opens to be seen: no measure of how many read it' }),
});
export type MessageFigures = z.infer<typeof messageFiguresSchema>;

const row = z.object({
  key: z.string().meta({ description: '`#other`: all that are not listed on their own' }),
  name: z.string().nullable().meta({ description: 'Of the campaign, journey or template; null where it is gone' }),
  current: messageFiguresSchema,
  previous: messageFiguresSchema.nullable(),
});
export type MessageReportRow = z.infer<typeof row>;

export const messageReportSchema = z.object({
  ...reportAboutSchema.shape,
  creditDays: z.int(),
  total: row.pick({ current: true, previous: true }),
  rows: z.array(row).meta({ description: 'The most sent first' }),
});
export type MessageReport = z.infer<typeof messageReportSchema>;

/** The people behind one number of the report. */
export const messageReportPeopleQuerySchema = z.object({
  ...asked,
  key: z.string().max(500).optional().meta({ description: 'Of the row; left out: of all rows' }),
  metric: z.enum(messageMetrics).default('sent'),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(100),
});
export type MessageReportPeopleQuery = z.infer<typeof messageReportPeopleQuerySchema>;
