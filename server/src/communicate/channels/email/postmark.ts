import { safeDetail } from '../detail.ts';
import { type HttpAdapter, pick, readJson } from '../http/httpProvider.ts';
import type { MessageReferences } from '../messageReference.ts';
import { mailbox } from './headers.ts';
import { readMailFields } from './mailFields.ts';

/** 406: bounced or complained before. 300: the address is not one, when it speaks of 'To'. */
const inactive = '406';
/** 10: no such server. 100: maintenance. 405, 412, 413: not allowed to send, account in review. */
const accountCodes = new Set(['10', '405', '412', '413']);

/** Postmark, `POST /email` (postmarkapp.com/developer/api/email-api); a refusal is a 422 with an ErrorCode. */
export const postmark = (
  settings: { readonly serverToken: string; readonly messageStream: string },
  references: MessageReferences,
): HttpAdapter => ({
  name: 'postmark',
  channel: 'email',
  write(message) {
    const mail = readMailFields(message);
    if ('kind' in mail) return mail;
    return {
      method: 'POST',
      url: 'https://api.postmarkapp.com/email',
      headers: {
        'x-postmark-server-token': settings.serverToken,
        'content-type': 'application/json',
        accept: 'application/json',
      },
      body: JSON.stringify({
        From: mailbox(mail.from),
        To: mailbox(mail.to),
        ...(mail.replyTo === null ? {} : { ReplyTo: mail.replyTo }),
        Subject: mail.subject,
        HtmlBody: mail.content.html,
        TextBody: mail.content.text,
        Headers: Object.entries(mail.headers).map(([Name, Value]) => ({ Name, Value })),
        // Transactional mail has a stream of its own at Postmark.
        MessageStream: message.kind === 'transactional' ? 'outbound' : settings.messageStream,
        TrackOpens: false,
        TrackLinks: 'None',
        Metadata: { vitrail: references.write(message) },
      }),
    };
  },
  read({ status, body }) {
    const json = readJson(body);
    const code = pick(json, 'ErrorCode');
    const words = pick(json, 'Message');
    if (status === 422 && accountCodes.has(code))
      return { outcome: { kind: 'retry', reason: 'credentials', detail: safeDetail(words) } };
    const invalidAddress = code === inactive || (code === '300' && /'to'/i.test(words));
    return { id: pick(json, 'MessageID'), invalidAddress };
  },
});
