import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { readMailStatus } from '../../channels/email/mailStatus.ts';
import { leaveMark } from '../../channels/email/returnPath.ts';
import type { HookNews } from '../hook.ts';

const textOf = ({ content }: Attachment): string =>
  typeof content === 'string'
    ? content
    : Buffer.from(content instanceof ArrayBuffer ? new Uint8Array(content) : content).toString('utf8');

/** Fields of a report, in blocks separated by an empty line (RFC 3464 §2.1, RFC 5965 §3), unfolded, names in lower case. */
export function readBlocks(text: string): Map<string, string>[] {
  const blocks = text
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n\s*\n/);
  return blocks
    .map((block) => {
      const lines = block.split('\n').flatMap((line): [string, string][] => {
        const colon = line.indexOf(':');
        return colon > 0 ? [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]] : [];
      });
      return new Map(lines);
    })
    .filter((block) => block.size > 0);
}

/**
 * What a mail from a mail server says of one of ours: a delivery status notification (RFC 3464) or an abuse report
 * (RFC 5965), or a person who leaves by a mail to the address for it (RFC 2369). Null for every other mail, vacation notes
 * above all. Our reference may stand in the recipient (VERP), in the
 * envelope id, or in the headers of the returned mail; the caller searches `reference`, and believes only what we signed.
 */
export async function readReport(raw: Buffer, now: Date): Promise<HookNews | null> {
  const mail = await PostalMime.parse(raw, { forceRfc822Attachments: true, maxNestingDepth: 20 });
  const part = (type: string): string => {
    const found = mail.attachments.find(({ mimeType }) => mimeType.toLowerCase() === type);
    return found === undefined ? '' : textOf(found);
  };
  const returned = `${part('message/rfc822')}${part('text/rfc822-headers')}${part('message/rfc822-headers')}`;
  const recipients = [mail.to ?? [], mail.deliveredTo ?? '']
    .flat()
    .map((to) => (typeof to === 'string' ? to : (to.address ?? '')));
  const reference = (blocks: readonly Map<string, string>[]): string =>
    [...recipients, ...blocks.map((block) => block.get('original-envelope-id') ?? ''), returned.slice(0, 16_000)].join(
      ' ',
    );
  const abuse = readBlocks(part('message/feedback-report'));
  if (abuse.length > 0) {
    const type = abuse[0]?.get('feedback-type') ?? '';
    // `not-spam` and reports on authentication are no complaints.
    if (type !== 'abuse' && type !== 'fraud' && type !== 'virus') return null;
    return {
      kind: 'complained',
      reference: reference(abuse),
      providerMessageId: '',
      at: now,
      eventId: '',
      reason: type,
    };
  }
  const status = part('message/delivery-status');
  const leaving = recipients.find((recipient) => recipient.toLowerCase().includes(`+${leaveMark}`));
  if (leaving !== undefined) return status === '' && !isAnswered(mail) ? leave(leaving, now) : null;
  const blocks = readBlocks(status);
  const failed = blocks.find((block) => /^failed/i.test(block.get('action') ?? ''));
  // Delayed, relayed, expanded: nothing is decided.
  if (failed === undefined) return null;
  const failure = failed.get('status') ?? '';
  const reason = `${failure} ${failed.get('diagnostic-code') ?? ''}`.trim();
  const code = Number(
    /\b([45]\d\d)\b/.exec(failed.get('diagnostic-code') ?? '')?.[1] ?? (failure.startsWith('4') ? 450 : 550),
  );
  const hard = readMailStatus(code, reason) === 'invalid_address';
  return {
    kind: hard ? 'bounced' : 'soft_bounced',
    reference: reference(blocks),
    providerMessageId: '',
    at: now,
    eventId: hard ? '' : (mail.messageId ?? '').slice(0, 200),
    reason,
  };
}

/** A machine that answers for somebody who is away (RFC 3834) wants nothing. */
const isAnswered = ({ headers }: Email): boolean =>
  headers.some(({ key, value }) => key === 'auto-submitted' && /^auto-replied/i.test(value.trim()));

const leave = (address: string, now: Date): HookNews => ({
  kind: 'unsubscribed',
  reference: address,
  providerMessageId: '',
  at: now,
  eventId: '',
  reason: 'mail',
});
