/** Where the core segment of a TC string (IAB TCF 2.x, "Core String Fields") keeps the 24 purposes consented to. */
const purposesFrom = 152;
const purposeCount = 24;

/**
 * The purposes a person consented to, from a transparency and consent string; null for what is none. Only the version and
 * the purposes are read, so later minor versions do not matter.
 */
export function readTcString(text: string): ReadonlySet<number> | null {
  const core = text.split('.')[0] ?? '';
  if (!/^[\w-]{30,}$/.test(core)) return null;
  const bytes = Buffer.from(core, 'base64url');
  const bit = (position: number): boolean => (((bytes[position >> 3] ?? 0) >> (7 - (position & 7))) & 1) === 1;
  const version = (bytes[0] ?? 0) >> 2;
  if (version !== 2 || bytes.length * 8 < purposesFrom + purposeCount) return null;
  const purposes = Array.from({ length: purposeCount }, (_, index) => index + 1);
  return new Set(purposes.filter((purpose) => bit(purposesFrom + purpose - 1)));
}
