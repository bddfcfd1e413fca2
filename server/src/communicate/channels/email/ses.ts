import type { Clock } from '../../../platform/index.ts';
import { safeDetail } from '../detail.ts';
import { type HttpAdapter, pick, readJson } from '../http/httpProvider.ts';
import type { MessageReferences } from '../messageReference.ts';
import { mailbox } from './headers.ts';
import { readMailFields } from './mailFields.ts';
import { type AwsCredentials, signAws } from './signAws.ts';

/** Errors about the account, which SES answers with status 400. */
const account =
  /AccountSuspended|SendingPaused|MailFromDomainNotVerified|UnrecognizedClient|InvalidSignature|InvalidClientTokenId/;

/** Amazon SES v2, `SendEmail` (docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html). */
export const ses = (
  settings: AwsCredentials & { readonly configurationSet: string },
  { references, clock }: { references: MessageReferences; clock: Clock },
): HttpAdapter => ({
  name: 'ses',
  channel: 'email',
  write(message) {
    const mail = readMailFields(message);
    if ('kind' in mail) return mail;
    const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
    const body = JSON.stringify({
      FromEmailAddress: mailbox(mail.from),
      Destination: { ToAddresses: [mailbox(mail.to)] },
      ...(mail.replyTo === null ? {} : { ReplyToAddresses: [mail.replyTo] }),
      Content: {
        Simple: {
          Subject: utf8(mail.subject),
          Body: { Text: utf8(mail.content.text), Html: utf8(mail.content.html) },
          Headers: Object.entries(mail.headers).map(([Name, Value]) => ({ Name, Value })),
        },
      },
      EmailTags: [{ Name: 'vitrail', Value: references.write(message) }],
      ...(settings.configurationSet === '' ? {} : { ConfigurationSetName: settings.configurationSet }),
    });
    const url = `https://email.${settings.region}.amazonaws.com/v2/email/outbound-emails`;
    const headers = { 'content-type': 'application/json' };
    return {
      method: 'POST',
      url,
      body,
      headers: signAws(settings, { service: 'ses', url, body, headers, at: clock.now() }),
    };
  },
  read({ status, headers, body }) {
    const json = readJson(body);
    const error = String(headers['x-amzn-errortype'] ?? pick(json, '__type'));
    const detail = safeDetail(`${error} ${pick(json, 'message')}`);
    if (status === 400 && account.test(error)) return { outcome: { kind: 'retry', reason: 'credentials', detail } };
    if (/Throttling|TooManyRequests|LimitExceeded/.test(error) && status < 500)
      return { outcome: { kind: 'retry', reason: 'rate_limited', detail, afterMs: 2_000 } };
    return {
      id: pick(json, 'MessageId'),
      invalidAddress: /address/i.test(detail) && /illegal|missing final|invalid/i.test(detail),
    };
  },
});
