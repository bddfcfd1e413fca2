import { type HttpAdapter, pick, readJson } from '../http/httpProvider.ts';
import type { MessageReferences } from '../messageReference.ts';
import { readMailFields } from './mailFields.ts';

/** Brevo, `POST /v3/smtp/email` (developers.brevo.com/reference/sendtransacemail). */
export const brevo = (settings: { readonly apiKey: string }, references: MessageReferences): HttpAdapter => ({
  name: 'brevo',
  channel: 'email',
  write(message) {
    const mail = readMailFields(message);
    if ('kind' in mail) return mail;
    const person = ({ name, address }: { name: string; address: string }) =>
      name === '' ? { email: address } : { email: address, name };
    return {
      method: 'POST',
      url: 'https://api.brevo.com/v3/smtp/email',
      headers: { 'api-key': settings.apiKey, 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({
        sender: person(mail.from),
        to: [person(mail.to)],
        subject: mail.subject,
        htmlContent: mail.content.html,
        textContent: mail.content.text,
        ...(mail.replyTo === null ? {} : { replyTo: { email: mail.replyTo } }),
        headers: mail.headers,
        tags: [references.write(message)],
      }),
    };
  },
  read({ body }) {
    const json = readJson(body);
    return {
      id: pick(json, 'messageId').replace(/[<>]/g, ''),
      invalidAddress: pick(json, 'code') === 'invalid_parameter' && /\bto\b/.test(pick(json, 'message')),
    };
  },
});
