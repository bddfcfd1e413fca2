import type { EmailText } from '@vitrail/contracts';
import type { ReadyLanguage } from './layout.ts';

type Both<T> = Readonly<Record<ReadyLanguage, T>>;

interface Ready {
  readonly key: string;
  readonly names: Both<string>;
  readonly about: Both<string>;
}

/** An e-mail that comes with Vitrail, in both languages; taken into a workspace it becomes the workspace's own. */
export interface ReadyMail extends Ready {
  readonly languages: Both<Required<Pick<EmailText, 'subject' | 'preheader' | 'mjml'>>>;
}

/** A text message likewise. */
export interface ReadyText extends Ready {
  readonly languages: Both<{ readonly body: string }>;
}

export type ReadyTemplate = (ReadyMail & { readonly channel: 'email' }) | (ReadyText & { readonly channel: 'sms' });
