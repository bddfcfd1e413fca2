import { createHmac } from 'node:crypto';
import type { Clock } from '../../../platform/index.ts';
import { type HttpAdapter, wrongContent } from '../http/httpProvider.ts';
import type { MessageReferences } from '../messageReference.ts';

/**
 * A POST of JSON to an address of the shop's, signed as Standard Webhooks 1.0.0 asks (standardwebhooks.com): the same id
 * on every try, so that the receiver can tell a repeat.
 */
export const webhook = (
  settings: { readonly url: string; readonly signingSecret: string },
  { references, clock }: { references: MessageReferences; clock: Clock },
): HttpAdapter => {
  const secret = Buffer.from(settings.signingSecret.replace(/^whsec_/, ''), 'base64');
  return {
    name: 'webhook',
    channel: 'webhook',
    write(message) {
      const { content } = message;
      if (content.kind !== 'json') return wrongContent('JSON');
      const body = JSON.stringify(content.body) ?? 'null';
      const id = references.write(message);
      const seconds = Math.floor(clock.now().getTime() / 1_000);
      const signature = createHmac('sha256', secret).update(`${id}.${seconds}.${body}`).digest('base64');
      return {
        method: 'POST',
        // A step of a journey names an address; a campaign names the customer, and the provider's address is meant.
        url: URL.canParse(message.to) ? message.to : settings.url,
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(seconds),
          ...(secret.length === 0 ? {} : { 'webhook-signature': `v1,${signature}` }),
        },
        body,
      };
    },
    read: ({ status }, message) => ({
      id: references.write(message),
      // The receiver says that this address is gone for good.
      invalidAddress: status === 410,
    }),
  };
};
