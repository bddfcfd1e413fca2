import type { CollectedEvent, WorkspaceContext } from '../../collect/index.ts';
import { isJsonObject, type Json, objectOf, scalarText } from '../../platform/index.ts';
import { countryOf } from '../values/countryOf.ts';
import { normaliseEmail } from '../values/email.ts';
import { normalisePhone } from '../values/phone.ts';
import { normalisePushSubscription } from '../values/pushSubscription.ts';
import { isBlockedByDefault, pushLetters } from './blockedValues.ts';
import { type Identifier, identifierKey, type NamespaceRules, ruleFor } from './identifier.ts';

const textOf = (value: Json | undefined): string => scalarText(value, 512);

/** `externalIds` types of Segment that have a namespace here. */
const namespaceOfType: Readonly<Record<string, string>> = {
  user_id: 'user_id',
  anonymous_id: 'anonymous_id',
  email: 'email',
  phone: 'phone',
  loyalty_card: 'loyalty_card',
  loyaltyCard: 'loyalty_card',
  'android.push_token': 'device_token',
  'ios.push_token': 'device_token',
  device_token: 'device_token',
  webpush: 'webpush',
};

/** `Shopify` → `shopify_id`, `crm_id` → `crm_id`. '' when nothing usable is left. */
export function namespaceOf(type: string): string {
  const known = namespaceOfType[type];
  if (known !== undefined) return known;
  const name = type
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 60);
  return name === '' ? '' : name.endsWith('_id') ? name : `${name}_id`;
}

/** Everything in an event that may say whose it is, as given. */
function given(event: CollectedEvent): [namespace: string, raw: string][] {
  const found: [string, string][] = [];
  if (event.userId !== '') found.push(['user_id', event.userId]);
  if (event.anonymousId !== '') found.push(['anonymous_id', event.anonymousId]);
  const stated = [objectOf(event.context.traits), ...(event.type === 'identify' ? [event.traits] : [])];
  for (const traits of stated) {
    for (const [trait, namespace] of [
      ['email', 'email'],
      ['phone', 'phone'],
      ['loyaltyCard', 'loyalty_card'],
    ] as const) {
      const raw = textOf(traits[trait]);
      if (raw !== '') found.push([namespace, raw]);
    }
  }
  const { externalIds } = event.context;
  for (const item of Array.isArray(externalIds) ? externalIds.slice(0, 50) : []) {
    if (!isJsonObject(item)) continue;
    const namespace = namespaceOf(textOf(item.type));
    // Cut off it would be no address any more: longer ones are blocked as a whole.
    const raw = namespace === 'webpush' ? scalarText(item.id, pushLetters + 1) : textOf(item.id);
    if (namespace !== '' && raw !== '') found.push([namespace, raw]);
  }
  const token = textOf(objectOf(event.context.device).token);
  if (token !== '') found.push(['device_token', token]);
  return found;
}

export interface Extracted {
  /** Strongest first, each once. */
  readonly identifiers: readonly Identifier[];
  /** Namespaces whose value could not be read as such (`email`, `phone`, `webpush`): counted, and kept raw as a trait. */
  readonly unusable: readonly string[];
}

/**
 * The identifiers of an event, normalised, without blocked values, strongest first. A fixed telephone line is shared by
 * a household, so it is kept for search and never joins people; a mobile number joins.
 */
export function extractIdentifiers(
  event: CollectedEvent,
  workspace: WorkspaceContext,
  rules: NamespaceRules,
  blocked: ReadonlySet<string>,
): Extracted {
  const country = countryOf(event, workspace);
  const identifiers = new Map<string, Identifier>();
  const unusable: string[] = [];
  for (const [namespace, raw] of given(event)) {
    let value = raw;
    let shared = ruleFor(rules, namespace).shared;
    if (namespace === 'email') {
      const email = normaliseEmail(raw);
      if (!email.ok) {
        unusable.push(namespace);
        continue;
      }
      value = email.value;
    } else if (namespace === 'phone') {
      const phone = normalisePhone(raw, country);
      if (!phone.ok) {
        unusable.push(namespace);
        continue;
      }
      value = phone.value;
      shared ||= phone.landline;
    } else if (namespace === 'webpush') {
      const subscription = normalisePushSubscription(raw);
      if (subscription === null) {
        unusable.push(namespace);
        continue;
      }
      value = subscription;
    }
    if (namespace === '' || value === '' || isBlockedByDefault(namespace, value)) continue;
    const key = identifierKey(namespace, value);
    if (blocked.has(key) || identifiers.has(key)) continue;
    identifiers.set(key, { namespace, value, raw, shared, key });
  }
  const sorted = [...identifiers.values()];
  if (sorted.length > 1)
    sorted.sort((a, b) => ruleFor(rules, a.namespace).priority - ruleFor(rules, b.namespace).priority);
  return { identifiers: sorted, unusable };
}
