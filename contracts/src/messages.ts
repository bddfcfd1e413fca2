import { z } from 'zod';
import { channelSchema, failureReasons, gateReasons, purposeSchema } from './channels.ts';
import { pageOf } from './http.ts';

export const messageStates = [
  'queued',
  'claimed',
  'sending',
  'sent',
  'delivered',
  'held',
  'skipped',
  'failed',
  'uncertain',
  'cancelled',
] as const;
export const messageStateSchema = z.enum(messageStates);
export type MessageState = (typeof messageStates)[number];

/** Why a message waits, was left out or failed. Closed: the console explains each one. */
export const messageReasons = [
  ...gateReasons,
  ...failureReasons,
  /** The person withdrew while it waited. */
  'withdrawn',
  'paused',
  'cancelled',
  'campaign_cancelled',
  /** The journey ended for this person before it left: they bought, they left the segment. */
  'journey_ended',
  /** Waits for the variant that does best. */
  'winner',
  /** Too many bounces or complaints: marketing stands still. */
  'brake',
  'bounced',
  /** The provider cannot take it now; it is tried again. */
  'provider_waits',
] as const;

export const messageKinds = ['marketing', 'transactional', 'test'] as const;
export const feedbackKinds = [
  'delivered',
  'opened',
  'clicked',
  'bounced',
  'soft_bounced',
  'complained',
  'unsubscribed',
  'replied',
] as const;
export const feedbackKindSchema = z.enum(feedbackKinds);
export type FeedbackKind = z.infer<typeof feedbackKindSchema>;

const instant = z.iso.datetime();

export const messageRequestSchema = z
  .strictObject({
    profile: z.string().max(40).optional(),
    identifier: z
      .string()
      .max(600)
      .optional()
      .meta({ description: '`<namespace>:<value>`, in place of `profile`', examples: ['email:anna@example.com'] }),
    channel: channelSchema.default('email'),
    template: z.string().max(40).meta({ description: 'Id of the template; its newest version is sent' }),
    purpose: purposeSchema.default('marketing').meta({ description: 'Counts for `kind: marketing` only' }),
    kind: z.enum(['transactional', 'marketing']).default('transactional').meta({
      description: 'Transactional: an order, a password, something the person waits for. Free of marketing rules',
    }),
    variables: z.record(z.string().max(100), z.json()).default({}),
    idempotencyKey: z.string().min(1).max(200).meta({ description: 'The same key again answers the first message' }),
    sendAt: instant.optional(),
  })
  .refine((body) => (body.profile === undefined) !== (body.identifier === undefined), {
    message: 'Give either profile or identifier.',
    path: ['profile'],
  });
export type MessageRequest = z.infer<typeof messageRequestSchema>;

export const messageSchema = z.object({
  id: z.string(),
  profile: z.string(),
  name: z.string().nullable().meta({ description: 'Of the customer; null without personal.read' }),
  channel: channelSchema,
  purpose: z.string(),
  kind: z.enum(messageKinds),
  template: z.string().nullable(),
  templateName: z.string().nullable(),
  variant: z.string(),
  origin: z.object({ kind: z.string(), id: z.string(), step: z.string(), name: z.string().nullable() }),
  state: messageStateSchema,
  reason: z.string().nullable(),
  detail: z.string(),
  address: z.string().nullable(),
  dueAt: instant,
  createdAt: instant,
  decidedAt: instant.nullable(),
  sentAt: instant.nullable(),
  attempts: z.int(),
  provider: z.string().nullable(),
  feedback: z.array(z.object({ kind: feedbackKindSchema, at: instant, machine: z.boolean() })),
});
export type Message = z.infer<typeof messageSchema>;
export const messagePageSchema = pageOf(messageSchema);

export const messageListQuerySchema = z.object({
  profile: z.string().max(40).optional(),
  campaign: z.string().max(40).optional(),
  journey: z.string().max(40).optional(),
  state: messageStateSchema.optional(),
  channel: channelSchema.optional(),
  reason: z.enum(messageReasons).optional().meta({ description: 'Why it waits, was left out or failed' }),
  cursor: z.string().max(200).optional(),
});
