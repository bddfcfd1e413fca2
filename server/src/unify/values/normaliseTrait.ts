import { isJsonObject, type Json } from '../../platform/index.ts';
import { normaliseDate } from './date.ts';
import { normaliseEmail } from './email.ts';
import { normaliseName } from './name.ts';
import { normalisePhone } from './phone.ts';
import { normalisePostalCode } from './postalCode.ts';

interface NormalTrait {
  readonly value: Json;
  readonly problem?: string;
}

/** The normal form of a reserved trait (Segment's names). Other traits, and what cannot be read, stay as they came. */
export function normaliseTrait(name: string, raw: Json, country: string): NormalTrait {
  if (name === 'address') return { value: isJsonObject(raw) ? normaliseAddress(raw, country) : raw };
  const text = typeof raw === 'number' ? String(raw) : raw;
  if (typeof text !== 'string') return { value: raw };
  if (text.trim() === '') return { value: null };
  switch (name) {
    case 'email':
      return orRaw(normaliseEmail(text), raw);
    case 'phone':
      return orRaw(normalisePhone(text, country), raw);
    case 'birthday':
      return orRaw(normaliseDate(text), raw);
    case 'postalCode':
      return orRaw(normalisePostalCode(text, country), raw);
    case 'firstName':
    case 'lastName':
    case 'name':
      return { value: normaliseName(text) };
    default:
      return { value: raw };
  }
}

function orRaw(result: { ok: true; value: string } | { ok: false; problem: string }, raw: Json): NormalTrait {
  return result.ok ? { value: result.value } : { value: raw, problem: result.problem };
}

function normaliseAddress(address: { readonly [key: string]: Json }, country: string): Json {
  const where =
    typeof address.country === 'string' && address.country.length === 2 ? address.country.toUpperCase() : country;
  const { postalCode, city } = address;
  const code =
    typeof postalCode === 'string' || typeof postalCode === 'number'
      ? normalisePostalCode(String(postalCode), where)
      : null;
  return {
    ...address,
    ...(code?.ok === true && { postalCode: code.value }),
    ...(typeof city === 'string' && { city: normaliseName(city) }),
  };
}
