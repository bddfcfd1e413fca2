import { wrongContent } from '../http/httpProvider.ts';
import type { OutgoingMessage, SendOutcome } from '../provider.ts';
import type { MailContent } from './composeMail.ts';
import { cleanAddress } from './headers.ts';

/** A mail as the HTTP interfaces of mail companies want it: checked, in one line where it becomes a header. */
export interface MailFields {
  readonly content: MailContent;
  readonly from: { readonly name: string; readonly address: string };
  readonly to: { readonly name: string; readonly address: string };
  readonly replyTo: string | null;
  readonly subject: string;
  /** Fields of RFC 8058; empty for mails that are no marketing. */
  readonly headers: Readonly<Record<string, string>>;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not get in
const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();

/** The fields of a mail, or why it cannot be one. */
export function readMailFields({ content, to }: OutgoingMessage): MailFields | SendOutcome {
  if (content.kind !== 'email') return wrongContent('e-mail');
  const from = cleanAddress(content.from.address);
  const address = cleanAddress(to);
  if (from === null)
    return { kind: 'rejected', reason: 'refused', detail: 'The sender address of the template is not valid.' };
  if (address === null)
    return { kind: 'rejected', reason: 'invalid_address', detail: 'The address is not one of e-mail.' };
  const { unsubscribe } = content;
  const links =
    unsubscribe === undefined ? [] : [unsubscribe.url, ...(unsubscribe.mailto ? [`mailto:${unsubscribe.mailto}`] : [])];
  const sound = links.length > 0 && links.every((link) => !/[<>\s,]/.test(link));
  return {
    content,
    from: { name: oneLine(content.from.name), address: from },
    to: { name: oneLine(content.toName ?? ''), address },
    replyTo: content.replyTo === undefined ? null : cleanAddress(content.replyTo),
    subject: oneLine(content.subject),
    headers: sound
      ? {
          'List-Unsubscribe': links.map((link) => `<${link}>`).join(', '),
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        }
      : {},
  };
}
