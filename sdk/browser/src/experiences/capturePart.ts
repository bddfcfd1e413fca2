import type { Texts } from './texts.ts';

/** What asks the visitor something, as it comes over the wire. */

type Said = Readonly<Record<string, string>>;
type Words = Readonly<Record<string, Texts>>;

export interface Question {
  readonly trait: string;
  readonly kind: 'text' | 'email' | 'phone' | 'choice' | 'choices' | 'date' | 'score';
  readonly label: Said;
  readonly choices: readonly string[];
  /** By choice. */
  readonly shown: Readonly<Record<string, { readonly label: Said; readonly picture?: string | undefined }>>;
  readonly required: boolean;
}

export interface Consent {
  readonly text: Said;
  /** Else sending says yes. */
  readonly box: boolean;
  readonly required: boolean;
}

export interface Outcome {
  readonly key: string;
  readonly when: readonly { readonly trait: string; readonly values: readonly string[] }[];
  readonly texts: Words;
  readonly link?: string | undefined;
}

export interface Segment {
  readonly key: string;
  readonly label: Said;
  readonly chance: number;
  readonly offer: string | null;
}

export type Asking =
  | {
      readonly kind: 'form';
      readonly questions: readonly Question[];
      readonly ask: 'all' | 'unknown';
      readonly consent?: Consent | undefined;
      readonly closing: Words;
    }
  | { readonly kind: 'survey'; readonly questions: readonly Question[]; readonly closing: Words }
  | { readonly kind: 'quiz'; readonly questions: readonly Question[]; readonly outcomes: readonly Outcome[] }
  | {
      readonly kind: 'wheel';
      readonly segments: readonly Segment[];
      readonly questions: readonly Question[];
      readonly consent?: Consent | undefined;
    };

export interface AskingOptions {
  readonly key: string;
  readonly variant: string;
  readonly version: number | undefined;
  readonly texts: Texts;
  readonly language: string;
  /** Where this server answers, without a slash at the end. */
  readonly host: string;
  readonly writeKey: string;
  /** Null: the visitor allows no storage, and the answer stands for itself. */
  anonymousId(): string | null;
  /** It was answered: closing it is not a refusal any more. */
  answered(): void;
  /** The visitor follows a link of the closing page. */
  clicked(): void;
}

/** What `capture.js` offers: forms, quizzes, wheels and surveys. */
export interface CapturePart {
  readonly style: string;
  build(asking: Asking, options: AskingOptions): HTMLElement;
}
