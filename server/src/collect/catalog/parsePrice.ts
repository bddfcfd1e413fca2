import { parseDecimal, toMoney } from '../currency/decimal.ts';
import { toCurrency } from '../currency/isoCurrencies.ts';

export type PriceReading =
  | { ok: true; amount: string; currency: string }
  | { ok: false; reason: 'bad_price' | 'no_currency' | 'unknown_currency' };

/**
 * The number in a price, whatever marks it carries: `1,234.56`, `1.234,56`, `1 234,56`, `10,5`. One mark alone is the
 * decimal one unless exactly three digits follow a comma (`1,234`), which feeds in the Merchant format write for thousands.
 */
function toPlainDecimal(text: string): string | null {
  const compact = text.replace(/[\s\u00A0\u202F'’]/g, '');
  if (!/^[+-]?\d[\d.,]*$/.test(compact)) return null;
  const comma = compact.lastIndexOf(',');
  const point = compact.lastIndexOf('.');
  if (comma < 0 && point < 0) return compact;
  const grouped = (mark: string) => new RegExp(`^[+-]?\\d{1,3}(\\${mark}\\d{3})+$`).test(compact);
  if (comma >= 0 && point >= 0) {
    const [decimal, group] = comma > point ? [',', '.'] : ['.', ','];
    return compact.replaceAll(group, '').replace(decimal, '.');
  }
  if (comma >= 0) return grouped(',') ? compact.replaceAll(',', '') : compact.replace(',', '.');
  return compact.indexOf('.') !== point && grouped('.') ? compact.replaceAll('.', '') : compact;
}

/**
 * Reads `10.00 EUR`, `EUR 10.00`, `10,00 €`, or a bare number when the feed's currency is known. No other symbol is read:
 * `$` is a dozen currencies.
 */
export function parsePrice(text: string, defaultCurrency: string | null): PriceReading {
  const match = /^\s*([A-Za-z]{3})?\s*([^A-Za-z]+?)\s*([A-Za-z]{3})?\s*$/.exec(text.replace('€', ' EUR '));
  const number = match ? toPlainDecimal(match[2] ?? '') : null;
  if (!match || number === null) return { ok: false, reason: 'bad_price' };
  const amount = toMoney(number);
  if (amount === null || (parseDecimal(number)?.units ?? -1n) < 0n) return { ok: false, reason: 'bad_price' };
  const code = match[3] ?? match[1];
  if (code === undefined && defaultCurrency === null) return { ok: false, reason: 'no_currency' };
  const currency = toCurrency(code ?? defaultCurrency ?? '');
  return currency === null ? { ok: false, reason: 'unknown_currency' } : { ok: true, amount, currency };
}
