import { safeDetail } from '../detail.ts';
import { type HttpAdapter, pick, readJson } from '../http/httpProvider.ts';
import type { MessageReferences } from '../messageReference.ts';
import { readTextFields } from './textFields.ts';

/** Not a number, cannot take texts, a landline (twilio.com/docs/api/errors). */
const invalidNumbers = new Set(['21211', '21217', '21614', '21265', '30006']);
/** No such number or service of ours, sending not allowed by the account. */
const ownMistakes = new Set(['20003', '20404', '21606', '21659', '21212', '30001']);

/** Twilio, `POST /2010-04-01/Accounts/{sid}/Messages.json` (twilio.com/docs/messaging/api/message-resource). */
export const twilio = (
  settings: {
    readonly accountSid: string;
    readonly authToken: string;
    /** A number, an alphanumeric sender, or a messaging service (`MG…`). */
    readonly from: string;
    /** Where Twilio tells what became of a message. */
    readonly hookUrl: string | null;
  },
  references: MessageReferences,
): HttpAdapter => ({
  name: 'twilio',
  channel: 'sms',
  write(message) {
    const fields = readTextFields(message);
    if ('kind' in fields) return fields;
    const form = new URLSearchParams({ To: fields.to, Body: fields.body });
    form.set(settings.from.startsWith('MG') ? 'MessagingServiceSid' : 'From', settings.from);
    for (const url of fields.mediaUrls) form.append('MediaUrl', url);
    if (settings.hookUrl?.startsWith('https:'))
      form.set('StatusCallback', `${settings.hookUrl}?message=${references.write(message)}`);
    return {
      method: 'POST',
      url: `https://api.twilio.com/2010-04-01/Accounts/${encodeURIComponent(settings.accountSid)}/Messages.json`,
      headers: {
        authorization: `Basic ${Buffer.from(`${settings.accountSid}:${settings.authToken}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: form.toString(),
    };
  },
  read({ status, body }) {
    const json = readJson(body);
    const code = pick(json, 'code');
    if (status >= 400 && status < 500 && ownMistakes.has(code))
      return {
        outcome: { kind: 'retry', reason: 'credentials', detail: safeDetail(`${code} ${pick(json, 'message')}`) },
      };
    return { id: pick(json, 'sid'), invalidAddress: invalidNumbers.has(code) };
  },
});
