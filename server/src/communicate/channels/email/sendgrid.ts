import { type HttpAdapter, pick, readJson } from '../http/httpProvider.ts';
import type { MessageReferences } from '../messageReference.ts';
import { readMailFields } from './mailFields.ts';

/** Twilio SendGrid, Web API v3, `POST /v3/mail/send` (docs.sendgrid.com/api-reference/mail-send). */
export const sendgrid = (
  settings: { readonly region: string; readonly apiKey: string },
  references: MessageReferences,
): HttpAdapter => ({
  name: 'sendgrid',
  channel: 'email',
  write(message) {
    const mail = readMailFields(message);
    if ('kind' in mail) return mail;
    const person = ({ name, address }: { name: string; address: string }) =>
      name === '' ? { email: address } : { email: address, name };
    const reference = references.write(message);
    return {
      method: 'POST',
      url: `https://api${settings.region === 'eu' ? '.eu' : ''}.sendgrid.com/v3/mail/send`,
      headers: { authorization: `Bearer ${settings.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        personalizations: [{ to: [person(mail.to)], custom_args: { vitrail: reference } }],
        from: person(mail.from),
        ...(mail.replyTo === null ? {} : { reply_to: { email: mail.replyTo } }),
        subject: mail.subject,
        content: [
          { type: 'text/plain', value: mail.content.text },
          { type: 'text/html', value: mail.content.html },
        ],
        headers: mail.headers,
        // Links and opens are measured by us, with consent.
        tracking_settings: {
          click_tracking: { enable: false, enable_text: false },
          open_tracking: { enable: false },
          subscription_tracking: { enable: false },
        },
      }),
    };
  },
  read({ headers, body }) {
    const id = headers['x-message-id'];
    const field = pick(readJson(body), 'errors', 0, 'field');
    return { id: typeof id === 'string' ? id : '', invalidAddress: /^personalizations\.\d+\.to/.test(field) };
  },
});
