import type { SiteCode } from '../market.ts';

/**
 * Mobile numbers, unique per ordinal. The few mobile numbers that regulators keep for fiction are refused as invalid by
 * the library everyone checks numbers with, so these are made up and only have the right shape: never send to them.
 */
export function mobileOf(site: SiteCode, ordinal: number): string {
  switch (site) {
    case 'fr': {
      const place = scatter(ordinal, 50_000_000);
      return `+336${['1', '2', '5', '6', '8'][Math.floor(place / 10_000_000)] ?? '1'}${digits(place % 10_000_000, 7)}`;
    }
    case 'be':
      return `+324${7 + (ordinal % 3)}${digits(scatter(Math.floor(ordinal / 3), 10_000_000), 7)}`;
    case 'uk':
      return `+4474${digits(scatter(ordinal, 100_000_000), 8)}`;
    case 'de':
      return `+491512${digits(scatter(ordinal, 10_000_000), 7)}`;
    case 'ch':
      return `+417${6 + (ordinal % 4)}${digits(scatter(Math.floor(ordinal / 4), 10_000_000), 7)}`;
    case 'pl':
      return `+4860${digits(scatter(ordinal, 10_000_000), 7)}`;
  }
}

/**
 * The household's line at home, from ranges that regulators keep for fiction; null where there is none or it is used up.
 * France: Arcep's numbering plan, numbers for audiovisual works; United Kingdom: Ofcom, numbers for use in TV and radio
 * drama; Germany: Bundesnetzagentur, Rufnummern für Medienproduktionen (all looked up in 2026).
 */
export function homePhoneOf(site: SiteCode, ordinal: number): string | null {
  const ranges = homeRanges[site];
  const range = ranges?.[ordinal % (ranges.length || 1)];
  if (ranges === undefined || range === undefined) return null;
  const place = Math.floor(ordinal / ranges.length);
  const capacity = 10 ** range.digits;
  return place < capacity ? range.prefix + digits(scatter(place, capacity), range.digits) : null;
}

const homeRanges: { readonly [site in SiteCode]?: readonly { readonly prefix: string; readonly digits: number }[] } = {
  fr: [
    { prefix: '+3319900', digits: 4 },
    { prefix: '+3326191', digits: 4 },
    { prefix: '+3335301', digits: 4 },
    { prefix: '+3346571', digits: 4 },
    { prefix: '+3353649', digits: 4 },
  ],
  uk: [
    { prefix: '+442079460', digits: 3 },
    { prefix: '+441134960', digits: 3 },
    { prefix: '+441174960', digits: 3 },
    { prefix: '+441314960', digits: 3 },
    { prefix: '+441614960', digits: 3 },
  ],
  de: [
    { prefix: '+493023125', digits: 3 },
    { prefix: '+498999998', digits: 3 },
    { prefix: '+494066969', digits: 3 },
    { prefix: '+496990009', digits: 3 },
    { prefix: '+492214710', digits: 3 },
  ],
};

/** How people and systems write one number: as stored, national with spaces, dots, hyphens, 00 prefix, glued. */
export function writePhone(e164: string, style: number): string {
  // Every country of the brand has a two-digit calling code.
  const country = e164.slice(1, 3);
  const national = e164.slice(country.length + 1);
  const trunk = country === '48' ? '' : '0';
  switch (style % 6) {
    case 0:
      return `${trunk}${national}`;
    case 1:
      return pairs(`${trunk}${national}`, ' ');
    case 2:
      return pairs(`${trunk}${national}`, '.');
    case 3:
      return `+${country} ${pairs(national, ' ')}`;
    case 4:
      return `00${country}${national}`;
    default:
      return e164;
  }
}

/** One-to-one inside [0, capacity) for capacities made of twos and fives: neighbours land far apart. */
function scatter(place: number, capacity: number): number {
  return (place * 7919 + 4217) % capacity;
}

function digits(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

function pairs(text: string, separator: string): string {
  const head = text.length % 2;
  const groups = text.slice(head).match(/\d\d/g) ?? [];
  return [...(head === 1 ? text.slice(0, 1) : ''), ...groups].join(separator);
}
