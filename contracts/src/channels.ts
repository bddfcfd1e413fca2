import { z } from 'zod';

/** Ways to reach a person. `inbox`: a message stored for the shop's own pages. */
export const channels = ['email', 'sms', 'webpush', 'mobilepush', 'whatsapp', 'webhook', 'inbox', 'chat'] as const;
export const channelSchema = z.enum(channels).meta({ description: 'Way to reach a person.' });
export type Channel = z.infer<typeof channelSchema>;

/** Purposes every workspace begins with; more can be added. */
export const builtInPurposes = [
  'marketing',
  'personalisation',
  'analytics',
  'advertising',
  'email_open_tracking',
] as const;
export const purposeSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/)
  .meta({
    description:
      'What for: marketing, personalisation, analytics, advertising, email_open_tracking or one of your own.',
  });

/** Why the gate keeps a message back. Closed: the console explains each one. */
export const gateReasons = [
  /** Nothing allows this purpose on this channel: never asked, refused, withdrawn, not confirmed yet, or expired. */
  'no_consent',
  /** The address bounced, complained or was put on the list. */
  'suppressed',
  /** The person has no address for the channel. */
  'no_address',
  /** As many messages as the rules allow. */
  'capped',
  /** Not now: waits until the quiet hours end. */
  'quiet_hours',
  /** The same message went to this person (or this address) before. */
  'already_sent',
  /** Chosen for a control group or the global holdout. */
  'holdout',
  /** No longer in the segment the message was meant for. */
  'not_in_segment',
  /** The person was erased, or may not be processed. */
  'erased',
] as const;
export const gateReasonSchema = z.enum(gateReasons);
export type GateReason = z.infer<typeof gateReasonSchema>;

/** Why a message the gate let through did not arrive. */
export const failureReasons = [
  /** The template could not be rendered for this person. */
  'template_error',
  /** The provider says the address does not exist. */
  'invalid_address',
  /** The provider refused the message itself (content, policy). */
  'refused',
  /** The provider refused our credentials or account. */
  'credentials',
  /** No provider is set up for the channel. */
  'no_provider',
  /** Tried as often as allowed. */
  'gave_up',
  /** Handed over, and the answer was lost: not sent again. */
  'answer_lost',
] as const;
export const failureReasonSchema = z.enum(failureReasons);
export type FailureReason = z.infer<typeof failureReasonSchema>;
