import type { Json } from '../../../platform/index.ts';
import type { MappedRow } from '../mapping/compileMapping.ts';
import { Problem } from '../values/problem.ts';
import { externalIds } from './customer.ts';

/** Field → trait, with Segment's names for the reserved ones. */
const traitOf: Readonly<Record<string, string>> = {
  email: 'email',
  phone: 'phone',
  loyalty_card: 'loyaltyCard',
  first_name: 'firstName',
  last_name: 'lastName',
  name: 'name',
  salutation: 'salutation',
  gender: 'gender',
  birthday: 'birthday',
  language: 'language',
  job_title: 'title',
  website: 'website',
  created_at: 'createdAt',
};
const addressOf: Readonly<Record<string, string>> = {
  street: 'street',
  postal_code: 'postalCode',
  city: 'city',
  region: 'state',
  country: 'country',
};

/** A row about a person as an identify call. `asOf` dates rows that do not say when they were changed. */
export function personEvent({ fields, extras }: MappedRow, asOf?: string): Record<string, Json> | Problem {
  const traits: Record<string, Json> = {};
  const address: Record<string, Json> = {};
  const consents: Record<string, boolean> = {};
  const call: Record<string, Json> = { type: 'identify' };
  for (const name in fields) {
    const value = fields[name];
    if (value === undefined || typeof value === 'object') continue;
    if (traitOf[name] !== undefined) traits[traitOf[name]] = value;
    else if (addressOf[name] !== undefined) address[addressOf[name]] = value;
    else if (typeof value === 'boolean') consents[name.slice('consent.'.length)] = value;
  }
  const { user_id: userId, anonymous_id: anonymousId, updated_at: updatedAt, company } = fields;
  if (typeof userId === 'string') call.userId = userId;
  if (typeof anonymousId === 'string') call.anonymousId = anonymousId;
  const timestamp = updatedAt ?? asOf;
  if (typeof timestamp === 'string') call.timestamp = timestamp;
  if (typeof company === 'string') traits.company = { name: company };
  if (hasAny(address)) traits.address = address;
  for (const name in extras) if (traits[name] === undefined) traits[name] = extras[name] ?? null;
  call.traits = traits;

  const ids = externalIds(fields, false);
  const context: Record<string, Json> = {};
  if (ids.length > 0) context.externalIds = ids;
  if (hasAny(consents)) context.consent = { categoryPreferences: consents };
  if (hasAny(context)) call.context = context;

  const named = userId ?? anonymousId ?? traits.email ?? traits.phone ?? traits.loyaltyCard;
  if (named === undefined && ids.length === 0)
    return new Problem('no_identifier', 'No customer number, e-mail, phone or loyalty card');
  return call;
}

function hasAny(object: object): boolean {
  for (const _ in object) return true;
  return false;
}
