import type { FeedbackKind } from '@vitrail/contracts';
import { pick, readJson } from '../../channels/http/httpProvider.ts';
import { instantOf, type ReadHook } from '../hook.ts';

/** Postmark's bounce types that mean the address is no good (postmarkapp.com/developer/api/bounce-api). */
const hardTypes = new Set(['HardBounce', 'BadEmailAddress']);
const kinds: Readonly<Record<string, FeedbackKind>> = { Delivery: 'delivered', SpamComplaint: 'complained' };

/** Postmark's webhooks: authenticated by the address alone, which nobody can guess. */
export const readPostmark: ReadHook = ({ body }, { now }) => {
  const json = readJson(body.toString('utf8'));
  const record = pick(json, 'RecordType');
  if (record === '') return { kind: 'unreadable' };
  const bounce = record === 'Bounce';
  const type = pick(json, 'Type');
  // Postmark goes on trying after these.
  if (bounce && (type === 'Transient' || type === 'AutoResponder')) return { kind: 'read', news: [] };
  const kind = bounce ? (hardTypes.has(type) ? 'bounced' : 'soft_bounced') : kinds[record];
  if (kind === undefined) return { kind: 'read', news: [] };
  return {
    kind: 'read',
    news: [
      {
        kind,
        reference: pick(json, 'Metadata', 'vitrail'),
        providerMessageId: pick(json, 'MessageID'),
        at: instantOf(pick(json, 'DeliveredAt') || pick(json, 'BouncedAt'), now),
        eventId: kind === 'soft_bounced' ? pick(json, 'ID') : '',
        reason: `${type} ${pick(json, 'Details')}`,
      },
    ],
  };
};
