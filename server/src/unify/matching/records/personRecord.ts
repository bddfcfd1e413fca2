import { isJsonObject, type Json, type JsonObject, objectOf } from '../../../platform/index.ts';
import { type NamespaceRules, ruleFor } from '../../identity/identifier.ts';
import type { Customer } from '../../profiles/customer.ts';

/** What the matcher is given of one customer or company: field → value as written. Blank fields are left out. */
export type RecordFields = Readonly<Record<string, string>>;

/** Longer values are an accident; the matcher cuts them anyway. */
const longest = 1_000;

export const peopleFields = [
  'first_name',
  'last_name',
  'birth_date',
  'email',
  'phone',
  'street',
  'postal_code',
  'city',
  'country',
] as const;

const textOf = (value: Json | undefined): string =>
  typeof value === 'string' ? value.trim().slice(0, longest) : typeof value === 'number' ? String(value) : '';

/** The first of these that says something. */
const first = (...values: readonly (Json | undefined)[]): string =>
  values.map(textOf).find((text) => text !== '') ?? '';

/** `birth_place` → `birthPlace`: traits may be named either way. */
const camel = (field: string): string => field.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Namespaces of which a person has one: two different values mean two people. */
export const exclusiveNamespaces = (rules: NamespaceRules): string[] =>
  [...rules]
    .filter(
      ([name, { maxPerProfile, shared }]) => maxPerProfile === 1 && !shared && /^[a-z][a-z0-9_]{0,39}$/.test(name),
    )
    .map(([name]) => name)
    .toSorted()
    .slice(0, 5);

/**
 * A customer as the matcher sees it. Null when nothing in it could ever tell who it is: a visitor known by browser ids
 * alone. `more` are further fields that edited comparisons ask for: traits by their name.
 */
export function personRecord(
  { traits, identifiers }: Pick<Customer, 'traits' | 'identifiers'>,
  rules: NamespaceRules,
  more: readonly string[] = [],
): RecordFields | null {
  const trait = (name: string): Json | undefined => {
    const found = traits.get(name);
    return found === undefined || found.problem !== undefined ? undefined : found.value;
  };
  const held = (namespace: string): string => identifiers.find((row) => row.namespace === namespace)?.value ?? '';
  const address: JsonObject = objectOf(trait('address'));
  const names = splitName(first(trait('name'), trait('fullName')));
  const fields: Record<string, string> = {
    first_name: first(trait('firstName'), trait('first_name'), names.first),
    last_name: first(trait('lastName'), trait('last_name'), names.last),
    birth_date: first(trait('birthday'), trait('birthDate'), trait('birth_date'), trait('dateOfBirth')),
    email: first(trait('email'), held('email')),
    phone: first(trait('phone'), held('phone')),
    street: first(
      address.street,
      address.line1,
      trait('street'),
      isJsonObject(trait('address')) ? '' : trait('address'),
    ),
    postal_code: first(address.postalCode, address.postal_code, address.zip, trait('postalCode'), trait('postal_code')),
    city: first(address.city, trait('city')),
    country: first(address.country, trait('country')),
  };
  const telling = ['first_name', 'last_name', 'email', 'phone', 'street'].some((field) => fields[field] !== '');
  if (!telling) return null;
  for (const name of more) fields[name] ??= first(trait(name), trait(camel(name)), held(name));
  for (const { namespace, value } of identifiers)
    if (ruleFor(rules, namespace).maxPerProfile === 1) fields[namespace] ??= value.slice(0, longest);
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}

/** "Zoé Marie Martin" → Zoé Marie, Martin. */
function splitName(name: string): { first: string; last: string } {
  const words = name.split(/\s+/).filter((word) => word !== '');
  if (words.length < 2 || name.includes('@')) return { first: '', last: '' };
  return { first: words.slice(0, -1).join(' '), last: words.at(-1) ?? '' };
}
