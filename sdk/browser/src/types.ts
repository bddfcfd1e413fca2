/** What an event or a person is described by. */
export type Properties = Readonly<Record<string, unknown>>;

/** `analytics`, `personalisation`, `advertising`, or words of the shop's own, to yes or no. */
export type ConsentPreferences = Readonly<Record<string, boolean>>;

export interface LoadOptions {
  /**
   * Where Vitrail answers: `https://cdp.shop.example`, or a path of the shop's own behind a proxy, such as
   * `/boutique-data`.
   */
  readonly host: string;
  /** Under `host`: where events go. Links between domains use the same path with `/link` and `/arrive`. Default `/v1/e`. */
  readonly path?: string;
  /**
   * What may happen before the visitor has answered. `required` (default): nothing is stored or sent. `exempt`: audience
   * measurement only, with an id that is never joined to a person. `not-required`: everything.
   */
  readonly consent?: 'required' | 'exempt' | 'not-required';
  /** Reads the visitor's choice from the shop's IAB TCF dialogue, or from Google Consent Mode. */
  readonly consentFrom?: 'tcf' | 'google';
  /** Tells Google Consent Mode of the choices given to `consent()`. Default false. */
  readonly writeGoogleConsent?: boolean;
  /** Sends a page call at the start and whenever the address changes without a new page. Default false. */
  readonly pages?: boolean;
  /** Other domains of the same shop: links to them carry the visitor along, sealed, for two minutes. */
  readonly linkTo?: readonly string[];
  /** Domain of the cookies. Default: the widest that the browser accepts. */
  readonly cookieDomain?: string;
}

/** A campaign or an ad that brought the visitor; the first and the last are kept. */
export interface Touch {
  readonly at: string;
  readonly url: string;
  readonly referrer: string;
  readonly campaign: Readonly<Record<string, string>>;
  /** Ids of clicks on ads by their parameter; only with consent to advertising. */
  readonly clickIds?: Readonly<Record<string, string>> | undefined;
}

/** What is known of the visitor in this page. Null where nothing may be stored. */
export interface User {
  id(): string | null;
  anonymousId(): string | null;
  /** Of the visit under way, as events carry it. */
  sessionId(): string | null;
  traits(): Properties;
}

/** What a single call may say beyond its usual parts. */
export interface CallOptions {
  /** Added to the context of this call. */
  readonly context?: Properties;
  /** When it happened, if not now. */
  readonly timestamp?: string | Date;
}

type Rest = [options?: CallOptions, callback?: () => void];
/** Properties are checked for the events that `Events` names; others are free. */
export type TrackArguments<Events extends object, Name extends string> = Name extends keyof Events
  ? Partial<Events[Name]> extends Events[Name]
    ? [properties?: Events[Name], ...rest: Rest]
    : [properties: Events[Name], ...rest: Rest]
  : [properties?: Properties, ...rest: Rest] | [callback: () => void];

export type Listener = (...details: readonly unknown[]) => void;
/** `dropped` says which events are given up and why; `error` what went wrong in this client. */
export type ListenedEvent =
  | 'identify'
  | 'track'
  | 'page'
  | 'screen'
  | 'group'
  | 'alias'
  | 'reset'
  | 'consent'
  | 'dropped'
  | 'error';

/**
 * The calls of analytics.js. None throws, none waits; a callback is called at once. What is called before `load`, before consent or before the script
 * is there happens in its order as soon as it may. `Events` gives the properties of events by name, for example the
 * types of the tracking plan.
 */
export interface Vitrail<Events extends object = Record<never, never>> {
  /** Starts. Only the first call counts. */
  load(writeKey: string, options: LoadOptions): this;
  /** Says who the visitor is. Another id than before makes a new visitor of the device. */
  identify(userId: string | null, traits?: Properties, ...rest: Rest): this;
  identify(traits: Properties, ...rest: Rest): this;
  track<Name extends string>(event: Name, ...rest: TrackArguments<Events, Name>): this;
  page(name?: string, properties?: Properties, ...rest: Rest): this;
  page(category: string, name: string, properties?: Properties, ...rest: Rest): this;
  screen(name: string, properties?: Properties, ...rest: Rest): this;
  group(groupId: string, traits?: Properties, ...rest: Rest): this;
  alias(userId: string, previousId?: string): this;
  /** Forgets the visitor, for a sign-out on a shared device. What waits to be sent still goes, as theirs. */
  reset(): this;
  /** Resolves, and calls back, when this client has started. */
  ready(callback?: () => void): Promise<void>;
  on(event: ListenedEvent, listener: Listener): this;
  once(event: ListenedEvent, listener: Listener): this;
  off(event: ListenedEvent, listener: Listener): this;
  /** What this page tracked so far, as listeners heard it: the newest thirty, for a script that comes later. */
  tracked(): readonly unknown[];
  user(): User;
  setAnonymousId(id: string): this;
  /** The visitor's choice, or with an argument: a new one, which holds at once and is kept for six months. */
  consent(preferences?: ConsentPreferences): ConsentPreferences | null;
  /** The address with the visitor in it, for a page of another domain of the shop; unchanged when that cannot be. */
  link(url: string): Promise<string>;
  /** Sends what waits. Resolves when it is accepted or has to wait longer. */
  flush(): Promise<void>;
}
