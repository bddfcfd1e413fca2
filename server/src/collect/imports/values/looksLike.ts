import { guessDateOrder } from './guessDate.ts';
import { parseNumber } from './parseNumber.ts';
import { isCurrencyCode, parseFlag } from './parseWord.ts';
import { Problem } from './problem.ts';

/** What a column's values are by their look alone. */
export type Look =
  | 'email'
  | 'phone'
  | 'date'
  | 'currency'
  | 'whole'
  | 'amount'
  | 'flag'
  | 'uuid'
  | 'url'
  | 'loyalty'
  | 'text'
  | 'empty';

const email = /^[^\s@"']+@[^\s@]+\.[a-z]{2,}$/i;
const uuid = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;
const url = /^https?:\/\/\S+$/i;
// International, or ten digits starting with 0 in groups, or North American groups: what a bare number never shows.
const phone = /^(?:\+|00)[1-9][\d\s().-]{6,18}$|^0[1-9](?:[\s.-]?\d{2}){4}$|^\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}$/;
const loyalty = /^\d{4}[\s-]?\d{4}[\s-]?\d{4,5}(?:[\s-]?\d{1,4})?$/;

/** True when at least nine tenths of the values pass: real files hold typos. */
const mostly = (values: readonly string[], test: (value: string) => boolean): boolean =>
  values.filter(test).length >= values.length * 0.9;

export function looksLike(sample: readonly string[]): Look {
  const values = sample.map((value) => value.trim()).filter((value) => value !== '');
  if (values.length === 0) return 'empty';
  if (mostly(values, (value) => email.test(value))) return 'email';
  if (mostly(values, (value) => uuid.test(value))) return 'uuid';
  if (mostly(values, (value) => url.test(value))) return 'url';
  if (mostly(values, (value) => /^[A-Z]{3}$/.test(value) && isCurrencyCode(value))) return 'currency';
  if (mostly(values, (value) => phone.test(value))) return 'phone';
  if (mostly(values, (value) => loyalty.test(value))) return 'loyalty';
  if (mostly(values, (value) => parseFlag(value) !== null)) return 'flag';
  const dates = guessDateOrder(values, 'dmy');
  const whole = mostly(values, (value) => /^-?\d+$/.test(value));
  if (dates !== null && dates !== 'excel' && mostly(values, (value) => /\d/.test(value))) return 'date';
  if (whole) return 'whole';
  return mostly(values, (value) => !(parseNumber(value, '.') instanceof Problem)) ? 'amount' : 'text';
}
