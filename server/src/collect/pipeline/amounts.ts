import type { Json } from '../../platform/index.ts';

/** The largest amount the stores hold with four decimals. */
const limit = 1e13;

/**
 * An amount as decimal text with at most four decimals, or null when it is absent, not a number, or absurd (over 10^13).
 * Accepts numbers and numeric text ("19.90"), as real clients send both.
 */
export function amountOf(value: Json | undefined): string | null {
  const number =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value)
        ? Number(value)
        : Number.NaN;
  if (!(Math.abs(number) < limit)) return null;
  const text = number.toFixed(4);
  return text.replace(/\.?0+$/, '') || '0';
}
