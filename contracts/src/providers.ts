import { z } from 'zod';
import { type Channel, channelSchema } from './channels.ts';

/** One field of a provider's settings, as a form shows it and the server checks it. */
export interface ProviderField {
  readonly name: string;
  readonly type: 'text' | 'url' | 'email' | 'number' | 'choice' | 'lines';
  /** Never shown again once stored. */
  readonly secret?: true;
  readonly optional?: true;
  readonly choices?: readonly string[];
  /** Suggested value. */
  readonly usual?: string;
}

export interface ProviderKind {
  readonly channel: Channel;
  /** As the company writes it. */
  readonly title: string;
  readonly fields: readonly ProviderField[];
  /** Messages a second and at once when nothing else is said. */
  readonly limits: { readonly perSecond: number; readonly concurrency: number };
  /** Sends news of its messages to an address of ours. */
  readonly hooks?: true;
}

const text = (name: string, more: Partial<ProviderField> = {}): ProviderField => ({ name, type: 'text', ...more });
const secret = (name: string, more: Partial<ProviderField> = {}): ProviderField => ({
  name,
  type: 'text',
  secret: true,
  ...more,
});
const choice = (
  name: string,
  choices: readonly string[],
  usual: string,
  more: Partial<ProviderField> = {},
): ProviderField => ({ name, type: 'choice', choices, usual, ...more });

export const providerKindNames = [
  'smtp',
  'ses',
  'sendgrid',
  'mailgun',
  'brevo',
  'postmark',
  'twilio',
  'vonage',
  'ovh',
  'vapid',
  'fcm',
  'apns',
  'whatsapp',
  'webhook',
  'slack',
] as const;
export const providerKindSchema = z.enum(providerKindNames).meta({ description: 'The company or protocol.' });
export type ProviderKindName = z.infer<typeof providerKindSchema>;

/** Every provider a workspace can set up. Field names are ours; the console has words for each. */
export const providerKinds: Readonly<Record<ProviderKindName, ProviderKind>> = {
  smtp: {
    channel: 'email',
    title: 'SMTP',
    hooks: true,
    limits: { perSecond: 100, concurrency: 10 },
    fields: [
      text('host'),
      { name: 'port', type: 'number', usual: '587' },
      choice('security', ['tls', 'starttls', 'optional', 'none'], 'starttls'),
      text('user', { optional: true }),
      secret('password', { optional: true }),
      { name: 'returnPath', type: 'email', optional: true },
      text('mailboxHost', { optional: true }),
      { name: 'mailboxPort', type: 'number', optional: true, usual: '993' },
      choice('mailboxSecurity', ['tls', 'starttls', 'none'], 'tls', { optional: true }),
      text('mailboxUser', { optional: true }),
      secret('mailboxPassword', { optional: true }),
    ],
  },
  ses: {
    channel: 'email',
    title: 'Amazon SES',
    hooks: true,
    limits: { perSecond: 14, concurrency: 20 },
    fields: [
      text('region', { usual: 'eu-west-1' }),
      text('accessKeyId'),
      secret('secretAccessKey'),
      text('configurationSet', { optional: true }),
    ],
  },
  sendgrid: {
    channel: 'email',
    title: 'Twilio SendGrid',
    hooks: true,
    limits: { perSecond: 100, concurrency: 20 },
    fields: [
      choice('region', ['global', 'eu'], 'global'),
      secret('apiKey'),
      text('webhookPublicKey', { optional: true }),
    ],
  },
  mailgun: {
    channel: 'email',
    title: 'Mailgun',
    hooks: true,
    limits: { perSecond: 50, concurrency: 20 },
    fields: [
      choice('region', ['us', 'eu'], 'eu'),
      text('domain'),
      secret('apiKey'),
      secret('signingKey', { optional: true }),
    ],
  },
  brevo: {
    channel: 'email',
    title: 'Brevo',
    hooks: true,
    limits: { perSecond: 30, concurrency: 15 },
    fields: [secret('apiKey')],
  },
  postmark: {
    channel: 'email',
    title: 'Postmark',
    hooks: true,
    limits: { perSecond: 50, concurrency: 20 },
    fields: [secret('serverToken'), text('messageStream', { usual: 'broadcast' })],
  },
  twilio: {
    channel: 'sms',
    title: 'Twilio',
    hooks: true,
    limits: { perSecond: 10, concurrency: 10 },
    fields: [text('accountSid'), secret('authToken'), text('from')],
  },
  vonage: {
    channel: 'sms',
    title: 'Vonage',
    hooks: true,
    limits: { perSecond: 10, concurrency: 10 },
    fields: [
      text('applicationId'),
      { name: 'privateKey', type: 'lines', secret: true },
      text('from'),
      secret('signatureSecret', { optional: true }),
    ],
  },
  ovh: {
    channel: 'sms',
    title: 'OVHcloud SMS',
    hooks: true,
    limits: { perSecond: 10, concurrency: 10 },
    fields: [
      choice('region', ['eu', 'ca'], 'eu'),
      text('applicationKey'),
      secret('applicationSecret'),
      secret('consumerKey'),
      text('serviceName'),
      text('sender', { optional: true }),
    ],
  },
  vapid: {
    channel: 'webpush',
    title: 'Web push',
    limits: { perSecond: 500, concurrency: 50 },
    fields: [
      { name: 'contact', type: 'email' },
      text('publicKey', { optional: true }),
      secret('privateKey', { optional: true }),
    ],
  },
  fcm: {
    channel: 'mobilepush',
    title: 'Firebase Cloud Messaging',
    limits: { perSecond: 300, concurrency: 50 },
    fields: [{ name: 'serviceAccount', type: 'lines', secret: true }],
  },
  apns: {
    channel: 'mobilepush',
    title: 'Apple Push Notification service',
    limits: { perSecond: 500, concurrency: 100 },
    fields: [
      choice('environment', ['production', 'sandbox'], 'production'),
      text('teamId'),
      text('keyId'),
      text('bundleId'),
      { name: 'privateKey', type: 'lines', secret: true },
    ],
  },
  whatsapp: {
    channel: 'whatsapp',
    title: 'WhatsApp Cloud API',
    hooks: true,
    limits: { perSecond: 50, concurrency: 20 },
    fields: [text('phoneNumberId'), secret('accessToken'), secret('appSecret', { optional: true })],
  },
  webhook: {
    channel: 'webhook',
    title: 'Webhook',
    limits: { perSecond: 2_000, concurrency: 100 },
    fields: [{ name: 'url', type: 'url', optional: true }, secret('signingSecret', { optional: true })],
  },
  slack: {
    channel: 'chat',
    title: 'Slack',
    limits: { perSecond: 1, concurrency: 1 },
    fields: [{ name: 'webhookUrl', type: 'url', secret: true }],
  },
};

const values = z.record(z.string().max(40), z.string().max(10_000));
const perSecond = z.number().int().min(1).max(10_000);
const concurrency = z.number().int().min(1).max(500);
const warmUp = z.strictObject({
  startedOn: z.iso.date().meta({ description: 'First day of the plan, in the time zone of the workspace' }),
  perDay: z.number().int().min(10).max(10_000_000).meta({ description: 'Marketing messages on the first day' }),
  growthPercent: z.number().int().min(0).max(300).meta({ description: 'More on each day than on the one before' }),
});

export const providerInputSchema = z.strictObject({
  label: z.string().trim().min(1).max(80),
  kind: providerKindSchema,
  settings: values.meta({
    description: 'Fields of the provider, see the catalogue. A secret left out of a change keeps its value.',
  }),
  priority: z.number().int().min(1).max(1_000).default(10).meta({ description: 'The lowest goes first' }),
  perSecond: perSecond.optional(),
  concurrency: concurrency.optional(),
  warmUp: warmUp.nullable().default(null),
  enabled: z.boolean().default(true),
});
export type ProviderInput = z.input<typeof providerInputSchema>;

/** How a provider did with its latest message or test. */
export const providerHealthSchema = z.enum([
  'untried',
  'ok',
  'mailbox',
  'unavailable',
  'credentials',
  'rate_limited',
  'uncertain',
]);

export const providerSchema = z.object({
  id: z.string(),
  label: z.string(),
  kind: providerKindSchema,
  channel: channelSchema,
  settings: z.record(z.string(), z.string()).meta({ description: 'Without secrets' }),
  secretsSet: z.array(z.string()).meta({ description: 'Names of the secrets that are stored' }),
  priority: z.number().int(),
  perSecond: z.number().int(),
  concurrency: z.number().int(),
  warmUp: warmUp.nullable(),
  today: z
    .object({ sent: z.number().int(), allowed: z.number().int() })
    .nullable()
    .meta({ description: 'Marketing messages of today while the provider is warming up' }),
  enabled: z.boolean(),
  health: providerHealthSchema,
  healthDetail: z.string(),
  healthAt: z.iso.datetime().nullable(),
  hookUrl: z.string().nullable().meta({ description: 'Where the provider sends its news; secret' }),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Provider = z.infer<typeof providerSchema>;

/** What takes the messages of a channel at present. */
export const channelStateSchema = z.object({
  channel: channelSchema,
  takenBy: z.enum(['providers', 'server', 'sandbox', 'store', 'nobody']).meta({
    description:
      'providers: those set up here. server: the mail server of the installation. sandbox: nothing leaves the house. store: kept for the shop. nobody: all providers are switched off.',
  }),
});
export const channelListSchema = z.object({
  channels: z.array(channelStateSchema),
  providers: z.array(providerSchema),
  mailHookUrl: z.string().meta({ description: 'Takes bounces and complaints as raw mail; secret' }),
});
export type ChannelList = z.infer<typeof channelListSchema>;

export const providerTestInputSchema = z.strictObject({
  to: z.string().trim().min(1).max(4_000).meta({ description: 'Address a test message goes to' }),
  from: z.email().optional().meta({ description: 'Sender of a test e-mail; else the address it goes to' }),
});
export const providerTestSchema = z.object({
  outcome: z.enum(['ok', 'refused', 'unavailable', 'credentials', 'rate_limited', 'uncertain']),
  detail: z.string(),
});
