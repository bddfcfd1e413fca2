import type { FeedbackKind } from '@vitrail/contracts';
import { pick, readJson } from '../../channels/http/httpProvider.ts';
import { instantOf, type ReadHook } from '../hook.ts';

const kinds: Readonly<Record<string, FeedbackKind>> = {
  delivered: 'delivered',
  hard_bounce: 'bounced',
  invalid_email: 'bounced',
  soft_bounce: 'soft_bounced',
  blocked: 'soft_bounced',
  spam: 'complained',
};

/** Brevo's transactional webhooks (developers.brevo.com/docs/transactional-webhooks): authenticated by the address. */
export const readBrevo: ReadHook = ({ body }, { now }) => {
  const json = readJson(body.toString('utf8'));
  const event = pick(json, 'event');
  if (event === '') return { kind: 'unreadable' };
  const kind = kinds[event];
  if (kind === undefined) return { kind: 'read', news: [] };
  return {
    kind: 'read',
    news: [
      {
        kind,
        reference: `${pick(json, 'tags', 0)} ${pick(json, 'tag')}`,
        providerMessageId: pick(json, 'message-id').replace(/[<>]/g, ''),
        at: instantOf(pick(json, 'ts_event') || pick(json, 'ts'), now),
        eventId: kind === 'soft_bounced' ? pick(json, 'ts_event') : '',
        reason: pick(json, 'reason'),
      },
    ],
  };
};
