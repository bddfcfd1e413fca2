/** Exact decimals as integers: 12.34 is 123400 at four digits. Floats would lose cents on large sums. */

/** `numeric(18, 4)` holds 14 digits before the point: more is a mistake or an attack, never money. */
const maxUnits = 10n ** 18n;
const decimalPattern = /^([+-]?)(\d{0,40})(?:\.(\d{0,40}))?(?:[eE]([+-]?\d{1,3}))?$/;

/** A decimal text as `units / 10^scale`, or null when it is not one, or has more than 14 digits before the point. */
export function parseDecimal(text: string): { units: bigint; scale: number } | null {
  const match = decimalPattern.exec(text.trim());
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = whole + fraction;
  if (digits === '') return null;
  const scale = fraction.length - Number(exponent);
  // A number like 1e300 must not even be built.
  if (digits.replace(/^0+/, '').length - scale > 14 || scale > 400) return null;
  const unsigned = BigInt(digits) * (scale < 0 ? 10n ** BigInt(-scale) : 1n);
  return { units: sign === '-' ? -unsigned : unsigned, scale: Math.max(scale, 0) };
}

/** Integer division, rounded half away from zero as invoices are. */
export function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const negative = dividend < 0n !== divisor < 0n;
  const a = dividend < 0n ? -dividend : dividend;
  const b = divisor < 0n ? -divisor : divisor;
  const quotient = (a * 2n + b) / (b * 2n);
  return negative ? -quotient : quotient;
}

/** Ten-thousandths as text with four digits, or null when `numeric(18, 4)` could not hold them. */
export function formatMoney(tenThousandths: bigint): string | null {
  const absolute = tenThousandths < 0n ? -tenThousandths : tenThousandths;
  if (absolute >= maxUnits) return null;
  const digits = absolute.toString().padStart(5, '0');
  return `${tenThousandths < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

/** A decimal text in ten-thousandths (`12.34` is 123400), rounded; null when it is no amount of money. */
export function toTenThousandths(text: string): bigint | null {
  const decimal = parseDecimal(text);
  return decimal && divideRounded(decimal.units * 10_000n, 10n ** BigInt(decimal.scale));
}

/** A decimal text rounded to the four digits we keep (`10` → `10.0000`), or null when it is no amount of money. */
export function toMoney(text: string): string | null {
  const units = toTenThousandths(text);
  return units === null ? null : formatMoney(units);
}
