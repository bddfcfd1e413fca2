import type { FeedbackKind } from '@vitrail/contracts';
import type { ReadHook } from '../hook.ts';
import { hmac, isSame } from '../verify.ts';

/** Errors that mean the number cannot take texts (twilio.com/docs/api/errors): unknown, landline. */
const hardErrors = new Set(['30005', '30006', '21211', '21614']);

/** Twilio's status callbacks and incoming texts (twilio.com/docs/usage/security, "Validating requests"). */
export const readTwilio: ReadHook = ({ url, headers, body, query }, { fields, now }) => {
  const form = new URLSearchParams(body.toString('utf8'));
  const signed = [...form.entries()]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => name + value);
  const signature = hmac('sha1', fields.authToken ?? '', url + signed.join(''), 'base64');
  if (!isSame(signature, headers['x-twilio-signature'] ?? '')) return { kind: 'forged' };
  const id = form.get('MessageSid') ?? form.get('SmsSid') ?? '';
  const status = form.get('MessageStatus');
  if (status === null) {
    const [from, text] = [form.get('From') ?? '', form.get('Body') ?? ''];
    return {
      kind: 'read',
      news: [],
      texts: from === '' ? [] : [{ from: from.replace(/^whatsapp:/, ''), text, id, at: now }],
      // An empty answer: Twilio itself answers STOP.
      reply: { type: 'text/xml', body: '<?xml version="1.0" encoding="UTF-8"?><Response/>' },
    };
  }
  const error = form.get('ErrorCode') ?? '';
  const kinds: Readonly<Record<string, FeedbackKind>> = {
    delivered: 'delivered',
    undelivered: hardErrors.has(error) ? 'bounced' : 'soft_bounced',
    failed: hardErrors.has(error) ? 'bounced' : 'soft_bounced',
  };
  const kind = kinds[status];
  if (kind === undefined) return { kind: 'read', news: [] };
  const eventId = kind === 'soft_bounced' ? id : '';
  return {
    kind: 'read',
    news: [{ kind, reference: query.message ?? '', providerMessageId: id, at: now, eventId, reason: error }],
  };
};
