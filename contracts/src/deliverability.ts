import { z } from 'zod';
import { channelSchema } from './channels.ts';
import { pageOf } from './http.ts';

const sandboxContent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('email'),
    from: z.object({ name: z.string(), address: z.string() }),
    replyTo: z.string().optional(),
    subject: z.string(),
    html: z.string(),
    text: z.string(),
    language: z.string(),
    unsubscribe: z.object({ url: z.string(), mailto: z.string().optional() }).optional(),
  }),
  z.object({ kind: z.literal('text'), body: z.string(), mediaUrls: z.array(z.string()).optional() }),
  z.object({
    kind: z.literal('push'),
    title: z.string(),
    body: z.string(),
    url: z.string().optional(),
    imageUrl: z.string().optional(),
    data: z.record(z.string(), z.string()).optional(),
  }),
  z.object({
    kind: z.literal('whatsapp'),
    template: z.string(),
    language: z.string(),
    parameters: z.array(z.string()),
  }),
  z.object({ kind: z.literal('json'), body: z.unknown() }),
]);

export const sandboxListItemSchema = z.object({
  id: z.string().meta({ description: 'Of the message' }),
  channel: channelSchema,
  to: z.string(),
  title: z.string().meta({ description: 'Subject, or the beginning of the text' }),
  profile: z.string().nullable(),
  at: z.iso.datetime(),
});
export type SandboxListItem = z.infer<typeof sandboxListItemSchema>;
export const sandboxListSchema = pageOf(sandboxListItemSchema);
export const sandboxMessageSchema = sandboxListItemSchema.extend({ content: sandboxContent });
export type SandboxMessage = z.infer<typeof sandboxMessageSchema>;

const count = z.number().int().min(0);
const checkSchema = z.object({
  state: z.enum(['ok', 'missing', 'wrong', 'unknown']),
  found: z.string().nullable().meta({ description: 'The record as DNS has it' }),
  advice: z.enum([
    'none',
    'publish',
    'several_records',
    'allows_everybody',
    'no_policy',
    'only_watches',
    'other_key',
    'try_later',
    'too_many_lookups',
  ]),
});
export type DomainCheck = z.infer<typeof checkSchema>;
export const domainChecksSchema = z.object({
  spf: checkSchema,
  dkim: checkSchema,
  dmarc: checkSchema,
  mx: checkSchema,
});
export type DomainChecks = z.infer<typeof domainChecksSchema>;

export const senderDomainSchema = z.object({
  domain: z.string(),
  dkim: z.object({ name: z.string(), value: z.string() }).meta({ description: 'TXT record to publish' }),
  checks: domainChecksSchema.nullable(),
  checkedAt: z.iso.datetime().nullable(),
  signing: z.boolean().meta({ description: 'Messages by SMTP are signed with this key' }),
});
export type SenderDomain = z.infer<typeof senderDomainSchema>;
export const senderDomainInputSchema = z.strictObject({
  domain: z
    .string()
    .trim()
    .toLowerCase()
    .regex(
      /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}$/,
      'Write a domain like shop.example.',
    ),
});

export const domainReportSchema = z.object({
  domain: z.string().meta({ description: 'Of the receivers; other: domains with few messages' }),
  sent: count,
  delivered: count,
  bounced: count,
  complained: count,
  opened: count,
  clicked: count,
});
export type DomainReport = z.infer<typeof domainReportSchema>;

export const channelReportSchema = z.object({
  channel: channelSchema,
  provider: z.string().meta({ description: 'Who took them: smtp, sendgrid, sandbox…' }),
  sent: count,
  uncertain: count.meta({ description: 'Handed over, and the answer was lost' }),
  delivered: count,
  bounced: count,
  complained: count,
  opened: count,
  clicked: count,
  unsubscribed: count,
});
export type ChannelReport = z.infer<typeof channelReportSchema>;

export const brakeInputSchema = z.strictObject({ channel: channelSchema });

export const brakeSchema = z.object({
  id: z.string(),
  channel: channelSchema,
  reason: z.enum(['bounces', 'complaints', 'manual']),
  sent: count,
  bounced: count,
  complained: count,
  pulledAt: z.iso.datetime(),
  releasedAt: z.iso.datetime().nullable(),
});
export type Brake = z.infer<typeof brakeSchema>;

/** Above these, of the last 24 hours, marketing of the channel stops by itself. */
export const brakeLimits = { least: 200, bounces: 0.08, complaints: 0.003 } as const;

export const deliverabilitySchema = z.object({
  domains: z.array(senderDomainSchema),
  brakes: z.array(brakeSchema).meta({ description: 'Pulled now, and the latest released ones' }),
  last24h: z.object({ sent: count, bounced: count, complained: count }),
  days: z.array(z.object({ day: z.iso.date(), sent: count, bounced: count, complained: count })),
  channels: z.array(channelReportSchema).meta({ description: 'Messages of the last 30 days by channel and provider' }),
  receivers: z.array(domainReportSchema).meta({ description: 'E-mail of the last 30 days by domain of the receivers' }),
});
export type Deliverability = z.infer<typeof deliverabilitySchema>;
