import type { Format } from './format/format.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A trait or property as a person reads it: dates and numbers by locale, lists joined, objects as `name: value`. */
export function valueText(value: unknown, format: Format, yesNo: readonly [string, string]): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'boolean') return value ? yesNo[0] : yesNo[1];
  if (typeof value === 'number') return format.number(value, 4);
  if (Array.isArray(value)) return value.map((one) => valueText(one, format, yesNo)).join(', ');
  if (isRecord(value))
    return Object.entries(value)
      .map(([name, part]) => `${name}: ${valueText(part, format, yesNo)}`)
      .join(', ');
  const text = String(value);
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) && !Number.isNaN(Date.parse(text))) return format.dateTime(text);
  return text;
}

/** `firstName` and `first_name` as "First name": for names that customers' systems chose. */
export function humanName(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_\-.]+/g, ' ')
    .trim()
    .toLowerCase();
  const known = words.replace(/\b(crm|erp|sms|rcs|vip|url|sku|gtin|pos)\b/g, (word) => word.toUpperCase());
  return known.charAt(0).toUpperCase() + known.slice(1);
}
