import type { ReadHook } from '../hook.ts';

/** Delivery receipts: 1 arrived, 2 refused or expired, 16 rejected (help.ovhcloud.com, "SMS: delivery receipt"). */
const failed = new Set(['2', '16']);

/**
 * OVHcloud calls the address with its news in the query: `id`, `dlr`, `ptt`, `description`; answers of people come with
 * `from` and `message`. Authenticated by the address alone.
 */
export const readOvh: ReadHook = ({ query, body }, { now }) => {
  const form = new URLSearchParams(body.toString('utf8'));
  const field = (name: string): string => query[name] ?? form.get(name) ?? '';
  const id = field('id');
  if (field('message') !== '' && field('from') !== '')
    return {
      kind: 'read',
      news: [],
      texts: [{ from: field('from').replace(/^00/, '+'), text: field('message'), id, at: now }],
    };
  if (id === '') return { kind: 'unreadable' };
  const receipt = field('dlr');
  const kind = receipt === '1' ? 'delivered' : failed.has(receipt) ? 'soft_bounced' : null;
  if (kind === null) return { kind: 'read', news: [] };
  const reason = `${receipt} ${field('ptt')} ${field('descriptionDlr') || field('description')}`;
  const eventId = kind === 'soft_bounced' ? id : '';
  return { kind: 'read', news: [{ kind, reference: '', providerMessageId: id, at: now, eventId, reason }] };
};
