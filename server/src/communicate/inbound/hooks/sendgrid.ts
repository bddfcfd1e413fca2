import type { FeedbackKind } from '@vitrail/contracts';
import { readMailStatus } from '../../channels/email/mailStatus.ts';
import { pick, readJson } from '../../channels/http/httpProvider.ts';
import { instantOf, type ReadHook } from '../hook.ts';
import { isEcdsaSigned } from '../verify.ts';

const kinds: Readonly<Record<string, FeedbackKind>> = {
  delivered: 'delivered',
  bounce: 'bounced',
  spamreport: 'complained',
};

/** SendGrid's event webhook, with ECDSA when its public key is set up (docs.sendgrid.com, "Event Webhook Security Features"). */
export const readSendgrid: ReadHook = ({ headers, body }, { fields, now }) => {
  const key = fields.webhookPublicKey ?? '';
  if (key !== '') {
    const signature = headers['x-twilio-email-event-webhook-signature'] ?? '';
    const timestamp = headers['x-twilio-email-event-webhook-timestamp'] ?? '';
    if (!isEcdsaSigned(key, Buffer.concat([Buffer.from(timestamp), body]), signature)) return { kind: 'forged' };
  }
  const events = readJson(body.toString('utf8'));
  if (!Array.isArray(events)) return { kind: 'unreadable' };
  return {
    kind: 'read',
    news: events.flatMap((event: unknown) => {
      const found = kinds[pick(event, 'event')];
      if (found === undefined) return [];
      const reason = `${pick(event, 'status')} ${pick(event, 'reason')}`;
      // `blocked` is a refusal of the mail, not of the address.
      const soft =
        found === 'bounced' && (pick(event, 'type') === 'blocked' || readMailStatus(550, reason) !== 'invalid_address');
      return [
        {
          kind: soft ? 'soft_bounced' : found,
          reference: pick(event, 'vitrail'),
          providerMessageId: pick(event, 'sg_message_id').split('.')[0] ?? '',
          at: instantOf(pick(event, 'timestamp'), now),
          eventId: soft ? pick(event, 'sg_event_id') : '',
          reason,
        },
      ];
    }),
  };
};
