import type { FeedbackKind } from '@vitrail/contracts';

/** A request of a provider, as it came. */
export interface HookRequest {
  readonly method: string;
  /** As the provider was told: scheme and host of the public address, path and query of the request. */
  readonly url: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What a provider says of one message. */
export interface HookNews {
  readonly kind: FeedbackKind;
  /** Text that holds our own name of the message; '' when the provider gives none back. */
  readonly reference: string;
  /** The provider's name of it. */
  readonly providerMessageId: string;
  readonly at: Date;
  /** Of the event, where the same kind can come twice; '' where once is all there is. */
  readonly eventId: string;
  /** Why, in the provider's words; addresses are taken out later. */
  readonly reason: string;
}

/** A text that a person wrote to the shop's number. */
export interface HookText {
  readonly from: string;
  readonly text: string;
  readonly id: string;
  readonly at: Date;
}

export type HookReading =
  /** The signature is missing or wrong. */
  | { readonly kind: 'forged' }
  /** Not in the shape the provider documents. */
  | { readonly kind: 'unreadable' }
  | {
      readonly kind: 'read';
      readonly news: readonly HookNews[];
      readonly texts?: readonly HookText[];
      /** What the provider wants to hear. */
      readonly reply?: { readonly type: string; readonly body: string };
    };

export interface HookContext {
  /** Settings and secrets of the provider as set up. */
  readonly fields: Readonly<Record<string, string>>;
  readonly now: Date;
  /** Fetches from the provider's own servers only: a certificate, a confirmation. Null when it fails. */
  readonly fetchText: (url: string) => Promise<string | null>;
}

export type ReadHook = (request: HookRequest, context: HookContext) => HookReading | Promise<HookReading>;

/** A moment of the provider, in seconds or as text; never in the future, and now when it cannot be read. */
export function instantOf(value: unknown, now: Date): Date {
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : null;
  const ms = number === null ? Date.parse(String(value)) : number > 1e11 ? number : number * 1_000;
  return Number.isFinite(ms) && ms <= now.getTime() ? new Date(ms) : now;
}

/** Entries of an object whose values are text. */
export function textsOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
