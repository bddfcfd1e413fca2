import webPush from 'web-push';
import { z } from 'zod';
import { type HttpAdapter, readJson, wrongContent } from '../http/httpProvider.ts';
import type { MessageReferences } from '../messageReference.ts';

const subscriptionSchema = z.object({
  endpoint: z.url({ protocol: /^https?$/ }),
  keys: z.object({ p256dh: z.string().min(1).max(200), auth: z.string().min(1).max(100) }),
});

/** Web push: RFC 8030, encrypted by RFC 8291, signed with the shop's VAPID key (RFC 8292). */
export const vapid = (
  settings: { readonly contact: string; readonly publicKey: string; readonly privateKey: string },
  references: MessageReferences,
): HttpAdapter => ({
  name: 'vapid',
  channel: 'webpush',
  write(message) {
    const { content } = message;
    if (content.kind !== 'push') return wrongContent('push messages');
    const subscription = subscriptionSchema.safeParse(readJson(message.to));
    if (!subscription.success)
      return { kind: 'rejected', reason: 'invalid_address', detail: 'The push subscription cannot be read.' };
    const { title, body, url, imageUrl, data } = content;
    const payload = JSON.stringify({ title, body, url, imageUrl, data, messageId: references.write(message) });
    try {
      const details = webPush.generateRequestDetails(subscription.data, payload, {
        TTL: 86_400,
        urgency: message.kind === 'transactional' ? 'high' : 'normal',
        vapidDetails: {
          subject: `mailto:${settings.contact}`,
          publicKey: settings.publicKey,
          privateKey: settings.privateKey,
        },
      });
      const headers = Object.entries(details.headers).filter(([name]) => name.toLowerCase() !== 'content-length');
      return {
        method: 'POST',
        url: details.endpoint,
        headers: Object.fromEntries(headers.map(([name, value]) => [name, String(value)])),
        ...(details.body === null ? {} : { body: details.body }),
      };
    } catch {
      // Keys of a wrong length: the subscription was made up, or cut off.
      return {
        kind: 'rejected',
        reason: 'invalid_address',
        detail: 'The keys of the push subscription are not valid.',
      };
    }
  },
  read: ({ status, headers }) => ({
    id: typeof headers.location === 'string' ? headers.location.slice(-200) : '',
    // The person took the permission back, or the browser is gone.
    invalidAddress: status === 404 || status === 410,
  }),
});
