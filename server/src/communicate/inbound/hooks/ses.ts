import { createVerify } from 'node:crypto';
import type { FeedbackKind } from '@vitrail/contracts';
import { pick, readJson } from '../../channels/http/httpProvider.ts';
import { type HookContext, instantOf, type ReadHook } from '../hook.ts';

/** Only Amazon's own host may say which certificate signs, and confirm a subscription. */
const amazonHost = /^sns\.[a-z0-9-]{3,30}\.amazonaws\.com(\.cn)?$/;
export const isAmazonUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, port, username } = new URL(text);
  return protocol === 'https:' && port === '' && username === '' && amazonHost.test(hostname);
};

/** docs.aws.amazon.com/sns, "Verifying the signatures of Amazon SNS messages". */
async function isSigned(json: unknown, context: HookContext): Promise<boolean> {
  const certificateUrl = pick(json, 'SigningCertURL');
  if (!isAmazonUrl(certificateUrl) || !new URL(certificateUrl).pathname.endsWith('.pem')) return false;
  const certificate = await context.fetchText(certificateUrl);
  if (certificate === null) return false;
  const names =
    pick(json, 'Type') === 'Notification'
      ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
      : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
  const signed = names.filter((name) => pick(json, name) !== '').map((name) => `${name}\n${pick(json, name)}\n`);
  const algorithm = pick(json, 'SignatureVersion') === '2' ? 'RSA-SHA256' : 'RSA-SHA1';
  try {
    return createVerify(algorithm).update(signed.join('')).verify(certificate, pick(json, 'Signature'), 'base64');
  } catch {
    // What came is no certificate.
    return false;
  }
}

/** Amazon SES by SNS (docs.aws.amazon.com/ses, "Contents of event data that Amazon SES publishes to Amazon SNS"). */
export const readSes: ReadHook = async ({ body }, context) => {
  const json = readJson(body.toString('utf8'));
  if (pick(json, 'Type') === '') return { kind: 'unreadable' };
  if (!(await isSigned(json, context))) return { kind: 'forged' };
  if (pick(json, 'Type') === 'SubscriptionConfirmation') {
    const url = pick(json, 'SubscribeURL');
    if (isAmazonUrl(url)) await context.fetchText(url);
    return { kind: 'read', news: [] };
  }
  const event = readJson(pick(json, 'Message'));
  const type = pick(event, 'eventType') || pick(event, 'notificationType');
  const permanent = pick(event, 'bounce', 'bounceType') === 'Permanent';
  const kinds: Readonly<Record<string, FeedbackKind>> = {
    Delivery: 'delivered',
    Bounce: permanent ? 'bounced' : 'soft_bounced',
    Complaint: 'complained',
  };
  const kind = kinds[type];
  if (kind === undefined) return { kind: 'read', news: [] };
  return {
    kind: 'read',
    news: [
      {
        kind,
        reference: pick(event, 'mail', 'tags', 'vitrail', 0),
        providerMessageId: pick(event, 'mail', 'messageId'),
        at: instantOf(pick(json, 'Timestamp'), context.now),
        eventId: kind === 'soft_bounced' ? pick(event, 'bounce', 'feedbackId') : '',
        reason: `${pick(event, 'bounce', 'bounceSubType')} ${pick(event, 'bounce', 'bouncedRecipients', 0, 'diagnosticCode')} ${pick(event, 'complaint', 'complaintFeedbackType')}`,
      },
    ],
  };
};
