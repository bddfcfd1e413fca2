import { safeDetail } from '../detail.ts';
import { type HttpAdapter, wrongContent } from '../http/httpProvider.ts';
import type { MessageReferences } from '../messageReference.ts';

/** Slack and tools that speak its language: incoming webhooks (docs.slack.dev/messaging/sending-messages-using-incoming-webhooks). */
export const slack = (settings: { readonly webhookUrl: string }, references: MessageReferences): HttpAdapter => ({
  name: 'slack',
  channel: 'chat',
  write({ content }) {
    if (content.kind !== 'text' && content.kind !== 'json') return wrongContent('text');
    return {
      method: 'POST',
      url: settings.webhookUrl,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(content.kind === 'text' ? { text: content.body } : content.body),
    };
  },
  read({ status, body }, message) {
    // The channel or the app is gone: only a new webhook helps.
    if (
      /invalid_token|no_service|no_team|channel_not_found|channel_is_archived|action_prohibited/.test(body) &&
      status >= 400
    )
      return { outcome: { kind: 'retry', reason: 'credentials', detail: safeDetail(`${status} ${body}`) } };
    return { id: references.write(message) };
  },
});
