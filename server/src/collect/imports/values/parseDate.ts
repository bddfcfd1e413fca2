import type { DateOrder } from '@vitrail/contracts';
import { monthOf } from './months.ts';
import { Problem, quote } from './problem.ts';
import type { Zone } from './timeZone.ts';

/** A date as read: the wall clock (as UTC milliseconds), and the offset in minutes when the text states one. */
export interface ReadDate {
  readonly wall: number;
  readonly offset: number | null;
  /** False when the text gives a day without a time. */
  readonly timed: boolean;
}

const minute = 60_000;
const day = 86_400_000;

/** Calendar date and time → wall milliseconds; null for a day that does not exist (31 February, month 13, hour 25). */
function wallOf(y: number, m: number, d: number, hh = 0, mm = 0, ss = 0, ms = 0): number | null {
  if (m < 1 || m > 12 || d < 1 || hh > 24 || mm > 59 || ss > 60) return null;
  const wall = Date.UTC(y, m - 1, d, hh, mm, ss, ms);
  const date = new Date(Date.UTC(y, m - 1, d));
  return date.getUTCDate() === d && date.getUTCMonth() === m - 1 && date.getUTCFullYear() === y ? wall : null;
}

const timeTail =
  /^(?:[\sT,]+(?:à\s*|at\s*)?(\d{1,2})(?:[:hH](\d{2})?(?:[:m'](\d{2})?(?:[.,](\d{1,9}))?)?)?\s*s?\s*([ap]\.?m\.?)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2}|[+-]\d{2})?(?:\s*[\w/]+)?)?$/i;
const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})/;
const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)/;
const compact = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(?:[.,]\d+)?(Z)?)?$/;
const dayMonthName = /^(?:\p{L}{2,10}[.,]?\s+)?(\d{1,2})(?:er|st|nd|rd|th)?[\s-]+(\p{L}{3,10})\.?,?[\s-]+(\d{4})/u;
const monthNameDay = /^(?:\p{L}{2,10}[.,]\s+)?(\p{L}{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})/u;

// A two-digit year is this century up to a generation ahead of no one: 00–68 → 2000s, 69–99 → 1900s (POSIX).
const fullYear = (text: string): number =>
  text.length > 2 ? Number(text) : Number(text) + (Number(text) < 69 ? 2000 : 1900);

function offsetOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})?$/.exec(text) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? 0));
}

function withTime(tail: string, y: number, m: number, d: number): ReadDate | null {
  const time = timeTail.exec(tail);
  if (time === null) return null;
  const [, hours, minutes = '0', seconds = '0', fraction = '', half, zone] = time;
  if (hours === undefined) {
    const wall = wallOf(y, m, d);
    return wall === null ? null : { wall, offset: null, timed: false };
  }
  let hh = Number(hours);
  if (half !== undefined) {
    if (hh < 1 || hh > 12) return null;
    hh = (hh % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);
  }
  const wall = wallOf(y, m, d, hh, Number(minutes), Number(seconds), Number(fraction.padEnd(3, '0').slice(0, 3)));
  return wall === null ? null : { wall, offset: offsetOf(zone?.toLowerCase()), timed: true };
}

function readText(text: string, order: DateOrder): ReadDate | null {
  let match = yearFirst.exec(text);
  if (match !== null)
    return withTime(text.slice(match[0].length), Number(match[1]), Number(match[2]), Number(match[3]));
  match = yearLast.exec(text);
  if (match !== null) {
    const [whole, first = '', second = '', year = ''] = match;
    const [d, m] = order === 'mdy' ? [second, first] : [first, second];
    return withTime(text.slice(whole.length), fullYear(year), Number(m), Number(d));
  }
  match = compact.exec(text);
  if (match !== null) {
    const [, y, m, d, hh, mm, ss, zulu] = match;
    const wall = wallOf(Number(y), Number(m), Number(d), Number(hh ?? 0), Number(mm ?? 0), Number(ss ?? 0));
    return wall === null ? null : { wall, offset: zulu === undefined ? null : 0, timed: hh !== undefined };
  }
  match = dayMonthName.exec(text);
  if (match !== null) return named(text, match[0], match[3], match[2], match[1]);
  match = monthNameDay.exec(text);
  return match === null ? null : named(text, match[0], match[3], match[1], match[2]);
}

function named(text: string, whole: string, year = '', month = '', dayText = ''): ReadDate | null {
  const m = monthOf(month);
  return m === null ? null : withTime(text.slice(whole.length), Number(year), m, Number(dayText));
}

/** Days since 1899-12-30, as spreadsheets count (their phantom 29 February 1900 does not matter after that day). */
const excelEpoch = Date.UTC(1899, 11, 30);

function readNumber(value: number, order: DateOrder): ReadDate | null {
  if (!Number.isFinite(value)) return null;
  if (order === 'epoch-s') return { wall: value * 1000, offset: 0, timed: true };
  if (order === 'epoch-ms') return { wall: value, offset: 0, timed: true };
  if (order === 'excel')
    return { wall: excelEpoch + Math.round(value * 86_400) * 1000, offset: null, timed: value % 1 !== 0 };
  return null;
}

/** Reads one date by its column's order; the order decides only what could be read two ways. */
export function readDate(raw: string | number, order: DateOrder): ReadDate | Problem {
  let read: ReadDate | null;
  if (typeof raw === 'number') read = readNumber(raw, order) ?? readText(String(raw), order);
  else {
    const text = raw.trim();
    const numeric = order !== 'ymd' && order !== 'dmy' && order !== 'mdy' && /^\d+(?:[.,]\d+)?$/.test(text);
    read = numeric ? readNumber(Number(text.replace(',', '.')), order) : readText(text, order);
  }
  return read === null || !(Math.abs(read.wall) <= 8.64e15)
    ? new Problem('date_unreadable', `${quote(raw)} is not a date${order === 'mdy' ? ' (month first)' : ''}`)
    : read;
}

// The same bound as the pipeline: nothing this is about happened earlier; 1900 and 1970 are default values of systems.
const earliest = Date.UTC(1990, 0, 1);

/** Milliseconds of the instant something happened: after 1990 and not more than a day ahead of `now`. */
export function readInstant(raw: string | number, order: DateOrder, zone: Zone, now: number): number | Problem {
  const read = readDate(raw, order);
  if (read instanceof Problem) return read;
  const instant = read.offset === null ? zone.toInstant(read.wall) : read.wall - read.offset * minute;
  return checkInstant(instant, raw, now);
}

/** An instant already known as one (a workbook's or Parquet's date), within the same bounds. */
export function checkInstant(instant: number, raw: unknown, now: number): number | Problem {
  if (instant > earliest && instant < now + day) return instant;
  return new Problem('date_out_of_range', `${quote(raw)} is before 1990 or in the future`);
}

/** ISO day of a date of birth; 1900-01-01 and 9999 are how systems say "unknown", so they are no birthday. */
export function readBirthday(raw: string | number, order: DateOrder, now: number): string | Problem {
  const read = readDate(raw, order);
  if (read instanceof Problem) return read;
  const far = new Date(read.wall).getUTCFullYear();
  // A two-digit year of birth cannot lie ahead: 12/03/31 is 1931.
  const wall = read.wall > now && far < 2069 && !/\d{4}/.test(String(raw)) ? shiftYears(read.wall, -100) : read.wall;
  if (wall > Date.UTC(1900, 0, 1) && wall < now) return new Date(wall).toISOString().slice(0, 10);
  return new Problem('date_out_of_range', `${quote(raw)} is no date of birth`);
}

function shiftYears(wall: number, years: number): number {
  const date = new Date(wall);
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date.getTime();
}
