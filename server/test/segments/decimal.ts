/** Decimal numbers in exact arithmetic: millionths as whole numbers. */
export type Exact = bigint;

/** Reads a decimal text; null for what is none. Digits after the sixth are rounded. */
export function exactOf(text: string | null): Exact | null {
  const parts = text === null ? null : /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text);
  if (parts === null || `${parts[2]}${parts[3]}` === '') return null;
  const [, sign, whole = '', fraction = '', exponent = '0'] = parts;
  const power = Number(exponent) - fraction.length + 6;
  const digits = BigInt(`${whole}${fraction}`);
  const size = power >= 0 ? digits * 10n ** BigInt(power) : divide(digits, 10n ** BigInt(-power));
  return sign === '-' ? -size : size;
}

/** Half away from zero. */
export function divide(of: bigint, by: bigint): bigint {
  const size = of < 0n ? -of : of;
  const result = (size * 2n + by) / (by * 2n);
  return of < 0n ? -result : result;
}

export const multiply = (a: Exact, b: Exact): Exact => divide(a * b, 1_000_000n);

export const numberFrom = (exact: Exact): number => Number(exact) / 1_000_000;
