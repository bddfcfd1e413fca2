import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { LRUCache } from 'lru-cache';

export type Phone =
  | { readonly ok: true; readonly value: string /** A line that a household shares. */; readonly landline: boolean }
  | { readonly ok: false; readonly problem: string };

const invalid: Phone = { ok: false, problem: 'invalid_phone' };
/** Parsing costs some 30 µs, and the same numbers come again and again. */
const cache = new LRUCache<string, Phone>({ max: 50_000 });

const countryOf = (code: string): CountryCode | undefined => {
  const upper = code.toUpperCase();
  return isSupportedCountry(upper) ? upper : undefined;
};

/**
 * E.164 by libphonenumber: "06 12 34 56 78" with country FR is "+33612345678". Local numbers are read in `country`
 * (ISO 3166, the site's). A number that is possible but not assigned is refused.
 */
export function normalisePhone(raw: string, country: string): Phone {
  const key = `${country} ${raw}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const result = parse(raw, country);
  cache.set(key, result);
  return result;
}

function parse(raw: string, country: string): Phone {
  if (raw.length > 40) return invalid;
  // 0033… is how many tills and CRMs write +33…, whatever the country they stand in.
  const text = raw
    .trim()
    .replace(/^00(?=[1-9])/, '+')
    .replace(/\(0\)/, '');
  const parsed = parsePhoneNumberFromString(text, countryOf(country));
  if (parsed === undefined || !parsed.isValid()) return invalid;
  return { ok: true, value: parsed.number, landline: parsed.getType() === 'FIXED_LINE' };
}
