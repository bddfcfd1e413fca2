import { type Json, type JsonObject, objectOf } from '../../../platform/index.ts';
import type { RecordFields } from './personRecord.ts';

export const companyFields = [
  'name',
  'street',
  'postal_code',
  'city',
  'country',
  'domain',
  'registration',
  'phone',
  'email',
] as const;

const textOf = (value: Json | undefined): string =>
  typeof value === 'string' ? value.trim().slice(0, 1_000) : typeof value === 'number' ? String(value) : '';
const first = (...values: readonly (Json | undefined)[]): string =>
  values.map(textOf).find((text) => text !== '') ?? '';

/** `https://www.Verrerie.fr/contact` → `verrerie.fr`. */
const domainOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^www\d?\./, '')
    .replace(/[/?#:].*$/, '');

/** A company as the matcher sees it; null when nothing tells which one it is. Traits by Segment's names and usual others. */
export function companyRecord(traits: JsonObject): RecordFields | null {
  const address = objectOf(traits.address);
  const fields: Record<string, string> = {
    name: first(traits.name, traits.company, traits.companyName),
    street: first(address.street, address.line1, traits.street, traits.address),
    postal_code: first(address.postalCode, address.postal_code, address.zip, traits.postalCode, traits.postal_code),
    city: first(address.city, traits.city),
    country: first(address.country, traits.country),
    domain: domainOf(first(traits.domain, traits.website, traits.url)),
    registration: first(
      traits.registration,
      traits.vat,
      traits.vatNumber,
      traits.vat_number,
      traits.siret,
      traits.siren,
      traits.taxId,
    ),
    phone: first(traits.phone),
    email: first(traits.email),
  };
  const known = Object.entries(fields).filter(([, value]) => value !== '');
  return known.some(([field]) => field !== 'country') ? Object.fromEntries(known) : null;
}
