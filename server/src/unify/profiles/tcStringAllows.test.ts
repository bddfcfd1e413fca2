import { describe, expect, it } from 'vitest';
import { tcStringAllows } from './tcStringAllows.ts';

/** A core segment from its fields: version 2, zeros up to the purposes, the vendors as a bit field or in ranges. */
function tcString(
  purposes: readonly number[],
  vendors: readonly number[] | readonly (readonly [number, number])[],
): string {
  const bits: number[] = [];
  const put = (value: number, width: number): void => {
    for (let bit = width - 1; bit >= 0; bit--) bits.push(Math.floor(value / 2 ** bit) % 2);
  };
  put(2, 6);
  put(0, 146);
  for (let purpose = 1; purpose <= 24; purpose++) put(purposes.includes(purpose) ? 1 : 0, 1);
  put(0, 24 + 1 + 12);
  const ranges = vendors.flatMap((vendor) => (typeof vendor === 'number' ? [] : [vendor]));
  const single = vendors.flatMap((vendor) => (typeof vendor === 'number' ? [vendor] : []));
  const most = Math.max(0, ...single, ...ranges.map(([, last]) => last));
  put(most, 16);
  if (ranges.length === 0) {
    put(0, 1);
    for (let vendor = 1; vendor <= most; vendor++) put(single.includes(vendor) ? 1 : 0, 1);
  } else {
    put(1, 1);
    put(ranges.length, 12);
    for (const [first, last] of ranges) {
      put(first === last ? 0 : 1, 1);
      put(first, 16);
      if (first !== last) put(last, 16);
    }
  }
  while (bits.length % 8 !== 0) bits.push(0);
  const bytes = Array.from({ length: bits.length / 8 }, (_, at) =>
    Number.parseInt(bits.slice(at * 8, at * 8 + 8).join(''), 2),
  );
  return Buffer.from(bytes).toString('base64url');
}

describe('what a TC string allows', () => {
  it('needs every purpose and the vendor itself', () => {
    expect(tcStringAllows(tcString([1, 3, 4], [28, 755]), 'advertising', 755)).toBe(true);
    expect(tcStringAllows(tcString([1, 3, 4], [28, 755]), 'advertising', 754)).toBe(false);
    expect(tcStringAllows(tcString([1, 3], [755]), 'advertising', 755)).toBe(false);
    expect(tcStringAllows(tcString([1, 3, 4], [755]), 'advertising', null)).toBe(false);
  });

  it('reads vendors in ranges', () => {
    const text = tcString([1, 8], [
      [3, 3],
      [700, 800],
    ] as const);
    expect(tcStringAllows(text, 'analytics', 3)).toBe(true);
    expect(tcStringAllows(text, 'analytics', 755)).toBe(true);
    expect(tcStringAllows(text, 'analytics', 4)).toBe(false);
  });

  it('says no to purposes the framework does not know, and to what is no string', () => {
    expect(tcStringAllows(tcString([1, 3, 4], [755]), 'newsletter', 755)).toBe(false);
    for (const odd of ['', 'x', '<script>', 'C'.repeat(100_000), tcString([1, 3, 4], [755]).slice(0, 31)])
      expect(tcStringAllows(odd, 'advertising', 755), odd.slice(0, 40)).toBe(false);
  });
});
