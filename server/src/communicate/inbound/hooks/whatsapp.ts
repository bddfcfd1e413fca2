import type { FeedbackKind } from '@vitrail/contracts';
import { pick, readJson } from '../../channels/http/httpProvider.ts';
import { type HookNews, type HookText, instantOf, type ReadHook } from '../hook.ts';
import { hmac, isSame } from '../verify.ts';

const listOf = (value: unknown, name: string): readonly unknown[] => {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : null;
  return Array.isArray(found) ? found : [];
};

/** A read receipt is sent only by people whose own settings allow it; what was read was delivered. */
function kindsOf(status: string, code: string): readonly FeedbackKind[] {
  switch (status) {
    case 'delivered':
      return ['delivered'];
    case 'read':
      return ['delivered', 'opened'];
    case 'failed':
      return [code === '131026' ? 'bounced' : 'soft_bounced'];
    default:
      return [];
  }
}

/** WhatsApp's webhooks (developers.facebook.com/docs/graph-api/webhooks, "Validating payloads"). */
export const readWhatsapp: ReadHook = ({ method, query, headers, body }, { fields, now }) => {
  // Asked once when the address is entered: the answer shows that we are there.
  if (method === 'GET')
    return {
      kind: 'read',
      news: [],
      reply: { type: 'text/plain', body: (query['hub.challenge'] ?? '').slice(0, 200) },
    };
  const secret = fields.appSecret ?? '';
  if (secret !== '' && !isSame(`sha256=${hmac('sha256', secret, body, 'hex')}`, headers['x-hub-signature-256'] ?? ''))
    return { kind: 'forged' };
  const json = readJson(body.toString('utf8'));
  if (pick(json, 'object') === '') return { kind: 'unreadable' };
  const news: HookNews[] = [];
  const texts: HookText[] = [];
  for (const change of listOf(json, 'entry').flatMap((entry) => listOf(entry, 'changes'))) {
    const value: unknown = typeof change === 'object' && change !== null ? Reflect.get(change, 'value') : null;
    for (const status of listOf(value, 'statuses')) {
      const code = pick(status, 'errors', 0, 'code');
      const id = pick(status, 'id');
      for (const kind of kindsOf(pick(status, 'status'), code))
        news.push({
          kind,
          reference: pick(status, 'biz_opaque_callback_data'),
          providerMessageId: id,
          at: instantOf(pick(status, 'timestamp'), now),
          eventId: kind === 'soft_bounced' ? id : '',
          reason: `${code} ${pick(status, 'errors', 0, 'title')}`,
        });
    }
    for (const message of listOf(value, 'messages'))
      texts.push({
        from: `+${pick(message, 'from')}`,
        text: pick(message, 'text', 'body') || pick(message, 'button', 'text'),
        id: pick(message, 'id'),
        at: instantOf(pick(message, 'timestamp'), now),
      });
  }
  return { kind: 'read', news, texts };
};
