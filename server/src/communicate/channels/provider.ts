import type { Channel, FailureReason } from '@vitrail/contracts';

/** A message ready to leave: rendered, its address checked, its gate passed. */
export interface OutgoingMessage {
  /** Ours: goes into the Message-ID, the envelope sender and the provider's own reference, so that news can be matched. */
  readonly id: number;
  readonly workspace: number;
  readonly channel: Channel;
  readonly kind: 'marketing' | 'transactional' | 'test';
  /** E-mail address, E.164 number, JSON of a push subscription, device token, URL of a webhook. */
  readonly to: string;
  readonly content: MessageContent;
}

export type MessageContent =
  | {
      readonly kind: 'email';
      readonly from: { readonly name: string; readonly address: string };
      readonly replyTo?: string;
      readonly toName?: string;
      readonly subject: string;
      readonly html: string;
      readonly text: string;
      /** RFC 8058: the HTTPS address that takes the POST, and a mailto when there is one. */
      readonly unsubscribe?: { readonly url: string; readonly mailto?: string };
      /** Of the person, for `Content-Language`. */
      readonly language: string;
    }
  | { readonly kind: 'text'; readonly body: string; readonly mediaUrls?: readonly string[] }
  | {
      readonly kind: 'push';
      readonly title: string;
      readonly body: string;
      readonly url?: string;
      readonly imageUrl?: string;
      readonly data?: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'whatsapp';
      readonly template: string;
      readonly language: string;
      readonly parameters: readonly string[];
    }
  | { readonly kind: 'json'; readonly body: unknown };

/**
 * What became of handing a message over. Exactly one of them may be repeated: `retry`, of which the provider certainly has
 * nothing. Whatever could have reached it is `uncertain` and never sent again.
 */
export type SendOutcome =
  | { readonly kind: 'accepted'; readonly providerMessageId: string }
  | { readonly kind: 'rejected'; readonly reason: FailureReason; readonly detail: string }
  | {
      readonly kind: 'retry';
      /** `deferred`: the receiving side asks for patience with this one address; the provider itself is well. */
      readonly reason: 'rate_limited' | 'unavailable' | 'credentials' | 'deferred';
      readonly detail: string;
      /** Not before this; the provider's own word where it gives one. */
      readonly afterMs?: number;
    }
  | {
      /** Not tried at all: nothing left the house and no attempt is to be counted. Ask again after `afterMs`. */
      readonly kind: 'held';
      /**
       * braked: too many bounces or complaints (marketing only). warming_up: as many as a new provider may take today
       * (marketing only). paced: our own limit of messages a second. provider_down: all providers fail, and one message
       * at a time tries whether they are back.
       */
      readonly reason: 'braked' | 'warming_up' | 'paced' | 'provider_down';
      readonly detail: string;
      readonly afterMs: number;
    }
  | { readonly kind: 'uncertain'; readonly detail: string };

/** A provider as set up in one workspace: holds its connections, knows its limits. */
export interface Provider {
  /** 'smtp', 'ses', 'sendgrid', 'twilio', 'sandbox'… */
  readonly name: string;
  readonly channel: Channel;
  /** Messages a second, and at once, at most. */
  readonly limits: { readonly perSecond: number; readonly concurrency: number };
  /** Never throws for what a provider or a network can do. */
  send(message: OutgoingMessage): Promise<SendOutcome>;
  /** For providers that take many at once, such as our own tables; the answers stand in the order asked. */
  sendAll?(messages: readonly OutgoingMessage[]): Promise<readonly SendOutcome[]>;
  close(): Promise<void>;
}

/** What became of one message. */
export interface Dispatched {
  readonly id: number;
  /** Who took it, or was asked last: 'smtp', 'sendgrid', 'sandbox'… */
  readonly provider: string;
  readonly outcome: SendOutcome;
}
