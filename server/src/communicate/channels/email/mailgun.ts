import { type HttpAdapter, pick, readJson } from '../http/httpProvider.ts';
import type { MessageReferences } from '../messageReference.ts';
import { mailbox } from './headers.ts';
import { readMailFields } from './mailFields.ts';

/** Mailgun, `POST /v3/{domain}/messages` (documentation.mailgun.com/docs/mailgun/api-reference). */
export const mailgun = (
  settings: { readonly region: string; readonly domain: string; readonly apiKey: string },
  references: MessageReferences,
): HttpAdapter => ({
  name: 'mailgun',
  channel: 'email',
  write(message) {
    const mail = readMailFields(message);
    if ('kind' in mail) return mail;
    const form = new URLSearchParams({
      from: mailbox(mail.from),
      to: mailbox(mail.to),
      subject: mail.subject,
      text: mail.content.text,
      html: mail.content.html,
      'o:tracking': 'no',
      'v:vitrail': references.write(message),
    });
    if (mail.replyTo !== null) form.set('h:Reply-To', mail.replyTo);
    for (const [name, value] of Object.entries(mail.headers)) form.set(`h:${name}`, value);
    return {
      method: 'POST',
      url: `https://api${settings.region === 'eu' ? '.eu' : ''}.mailgun.net/v3/${encodeURIComponent(settings.domain)}/messages`,
      headers: {
        authorization: `Basic ${Buffer.from(`api:${settings.apiKey}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: form.toString(),
    };
  },
  read({ body }) {
    const json = readJson(body);
    return {
      id: pick(json, 'id').replace(/[<>]/g, ''),
      invalidAddress: /'?to'? parameter is not a valid address/i.test(pick(json, 'message')),
    };
  },
});
