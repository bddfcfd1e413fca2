import { tcfPurposes } from './consentStatements.ts';
import { readTcString } from './readTcString.ts';

/** Where the core segment of a TC string (IAB TCF 2.x, "Core String Fields") begins to list vendors consented to. */
const vendorsFrom = 213;

/** The vendors a person consented to, from a TC string whose purposes could be read; what is cut short ends the list. */
function readTcVendors(text: string): ReadonlySet<number> {
  const bytes = Buffer.from(text.split('.')[0] ?? '', 'base64url');
  const length = bytes.length * 8;
  const number = (from: number, bits: number): number => {
    let value = 0;
    for (let bit = from; bit < from + bits; bit++)
      value = value * 2 + (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
    return value;
  };
  const vendors = new Set<number>();
  if (length < vendorsFrom + 17) return vendors;
  const most = number(vendorsFrom, 16);
  const ranges = number(vendorsFrom + 16, 1) === 1;
  let at = vendorsFrom + 17;
  if (!ranges) {
    for (let vendor = 1; vendor <= most && at + vendor <= length; vendor++)
      if (number(at + vendor - 1, 1) === 1) vendors.add(vendor);
    return vendors;
  }
  const entries = number(at, 12);
  at += 12;
  for (let entry = 0; entry < entries; entry++) {
    const wide = number(at, 1) === 1;
    const bits = wide ? 33 : 17;
    if (at + bits > length) break;
    const first = number(at + 1, 16);
    const last = Math.min(wide ? number(at + 17, 16) : first, most);
    for (let vendor = first; vendor <= last; vendor++) vendors.add(vendor);
    at += bits;
  }
  return vendors;
}

/**
 * Whether a TC string allows a purpose of ours to a vendor: every IAB purpose it needs, and the vendor itself. False for what
 * is no TC string, and for purposes that the framework does not know.
 */
export function tcStringAllows(text: string, purpose: string, vendor: number | null): boolean {
  const needed = Object.hasOwn(tcfPurposes, purpose) ? tcfPurposes[purpose] : undefined;
  const consented = needed === undefined ? null : readTcString(text);
  if (needed === undefined || consented === null || vendor === null) return false;
  return needed.every((one) => consented.has(one)) && readTcVendors(text).has(vendor);
}
