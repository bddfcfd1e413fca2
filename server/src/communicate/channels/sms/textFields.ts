import { wrongContent } from '../http/httpProvider.ts';
import type { OutgoingMessage, SendOutcome } from '../provider.ts';

/** A text message: the number in E.164, the words, pictures if any. */
export interface TextFields {
  /** `+33612345678` */
  readonly to: string;
  readonly body: string;
  readonly mediaUrls: readonly string[];
}

/** The fields of a text message, or why it cannot be one. */
export function readTextFields({ content, to }: OutgoingMessage): TextFields | SendOutcome {
  if (content.kind !== 'text') return wrongContent('text messages');
  if (!/^\+[1-9]\d{6,14}$/.test(to))
    return { kind: 'rejected', reason: 'invalid_address', detail: 'The number is not one of E.164.' };
  return { to, body: content.body, mediaUrls: content.mediaUrls ?? [] };
}
