/** One value that points at a person, in its normalised form. */
export interface Identifier {
  readonly namespace: string;
  /** Normalised: lower-case e-mail, E.164 phone; else as it came, trimmed. */
  readonly value: string;
  readonly raw: string;
  /** On many profiles at once (a household's landline): kept for search, never joins. */
  readonly shared: boolean;
  /** Its `identifierKey`, made once: it is looked up at every step of a batch. */
  readonly key: string;
}

/** What a namespace allows. */
export interface NamespaceRule {
  /** Lower is stronger: the strongest identifier of a record decides whose it is. */
  readonly priority: number;
  readonly maxPerProfile: number;
  readonly shared: boolean;
}

export type NamespaceRules = ReadonlyMap<string, NamespaceRule>;

/** `<system>_id` namespaces that nobody configured. */
export const defaultRule: NamespaceRule = { priority: 30, maxPerProfile: 3, shared: false };

/** The namespaces a new workspace starts with. */
export const defaultNamespaces: NamespaceRules = new Map([
  ['user_id', { priority: 10, maxPerProfile: 1, shared: false }],
  ['loyalty_card', { priority: 20, maxPerProfile: 3, shared: false }],
  ['email', { priority: 40, maxPerProfile: 5, shared: false }],
  ['phone', { priority: 50, maxPerProfile: 5, shared: false }],
  ['device_token', { priority: 70, maxPerProfile: 20, shared: false }],
  // Weaker than a token of an app: who signs out of a shared browser is unsubscribed there by our client, but not by others.
  ['webpush', { priority: 80, maxPerProfile: 20, shared: false }],
  ['anonymous_id', { priority: 90, maxPerProfile: 500, shared: false }],
]);

export const ruleFor = (rules: NamespaceRules, namespace: string): NamespaceRule => rules.get(namespace) ?? defaultRule;

/** A map key for a namespace and value; no namespace holds a NUL. */
export const identifierKey = (namespace: string, value: string): string => `${namespace}\0${value}`;

/** An identifier that belongs to one person alone. */
export const exclusiveIdentifier = (namespace: string, value: string, raw = value): Identifier => ({
  namespace,
  value,
  raw,
  shared: false,
  key: identifierKey(namespace, value),
});
