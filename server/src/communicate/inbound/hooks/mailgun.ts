import { readMailStatus } from '../../channels/email/mailStatus.ts';
import { pick, readJson } from '../../channels/http/httpProvider.ts';
import { instantOf, type ReadHook } from '../hook.ts';
import { hmac, isSame } from '../verify.ts';

/** Older than this, a signed request may be one that somebody kept. */
const maxAgeSeconds = 3_600;

/** Mailgun's webhooks (documentation.mailgun.com, "Securing webhooks"). */
export const readMailgun: ReadHook = ({ body }, { fields, now }) => {
  const json = readJson(body.toString('utf8'));
  const key = fields.signingKey ?? '';
  if (key !== '') {
    const [timestamp, token] = [pick(json, 'signature', 'timestamp'), pick(json, 'signature', 'token')];
    const fresh = Math.abs(now.getTime() / 1_000 - Number(timestamp)) < maxAgeSeconds;
    if (!fresh || !isSame(hmac('sha256', key, timestamp + token, 'hex'), pick(json, 'signature', 'signature')))
      return { kind: 'forged' };
  }
  const path = (...names: string[]): string => pick(json, 'event-data', ...names);
  const event = path('event');
  if (event === '') return { kind: 'unreadable' };
  const reason = `${path('delivery-status', 'code')} ${path('delivery-status', 'message')} ${path('delivery-status', 'description')}`;
  const code = Number(path('delivery-status', 'code')) || 550;
  const hard = path('severity') === 'permanent' && readMailStatus(code, reason) === 'invalid_address';
  const kind =
    event === 'delivered'
      ? 'delivered'
      : event === 'complained'
        ? 'complained'
        : event === 'failed'
          ? hard
            ? 'bounced'
            : 'soft_bounced'
          : null;
  // A temporary failure is tried again by Mailgun; it is no news yet.
  if (kind === null || (kind === 'soft_bounced' && path('severity') === 'temporary')) return { kind: 'read', news: [] };
  return {
    kind: 'read',
    news: [
      {
        kind,
        reference: path('user-variables', 'vitrail'),
        providerMessageId: path('message', 'headers', 'message-id'),
        at: instantOf(path('timestamp'), now),
        eventId: kind === 'soft_bounced' ? path('id') : '',
        reason,
      },
    ],
  };
};
