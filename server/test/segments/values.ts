import type { DateTest, MeasureTest, MomentTest, ValueTest } from '@vitrail/contracts';
import { isJsonObject, type Json } from '../../src/platform/index.ts';
import type { PastEvent } from './world.ts';

/** Tests of values, in plain TypeScript, written from the words of the contract. */

const unitMs = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
  month: 30 * 86_400_000,
  year: 365 * 86_400_000,
};
export const lengthOf = ({ n, unit }: { n: number; unit: keyof typeof unitMs }): number => n * unitMs[unit];

/** The value as text: '' is none. */
export function textOf(value: Json | undefined): string {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A property by its path, or by its whole name when that has dots. */
export function propertyText(event: PastEvent, path: string): string {
  const whole = event.properties[path];
  if (whole !== undefined && whole !== null) return textOf(whole);
  let value: Json | undefined = event.properties;
  for (const key of path.split('.')) value = value !== undefined && isJsonObject(value) ? value[key] : undefined;
  return textOf(value);
}

/** A finite number written in decimal, or null. */
export function numberOf(text: string): number | null {
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

/** A list's items as texts; what is no list is a list of one. */
function itemsOf(text: string): string[] {
  if (text === '') return [];
  if (text.startsWith('[')) {
    try {
      const items: unknown = JSON.parse(text);
      if (Array.isArray(items)) return items.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)));
    } catch {
      // Only looks like a list.
    }
  }
  return [text];
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The wall clock of a zone as if it were UTC. */
function wallClock(at: number, zone: string): number {
  let format = clocks.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    clocks.set(zone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((at % 1_000) + 1_000) % 1_000);
}

/** The instant at which a zone's clock shows this. */
function instantAt(wall: number, zone: string): number {
  const first = wall - (wallClock(wall, zone) - wall);
  return wall - (wallClock(first, zone) - first);
}

const dayMs = 86_400_000;
/** Days since 1970 of the local day. */
export const dayOf = (at: number, zone: string): number => Math.floor(wallClock(at, zone) / dayMs);
export const startOf = (day: number, zone: string): number => instantAt(day * dayMs, zone);

const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** A day or instant in ISO form, in milliseconds; what has no offset is local. Null for what is no date. */
export function momentOf(text: string, zone: string): number | null {
  const parts = iso.exec(text);
  if (parts === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const wall = Date.UTC(year, month - 1, day, hour, minute, second, Math.trunc(Number(`0.${parts[7] ?? 0}`) * 1_000));
  const back = new Date(wall);
  if (back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59)
    return null;
  const offset = parts[8];
  if (offset === undefined) return instantAt(wall, zone);
  if (offset === 'Z') return wall;
  const digits = offset.replace(':', '');
  return wall - Number(`${digits[0]}1`) * (Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5))) * 60_000;
}

/** A point in time as a definition states it. */
export function statedMoment(text: string, zone: string): number {
  const moment = momentOf(text, zone);
  if (moment === null) throw new Error(`${text} is no moment`);
  return moment;
}

export function passesNumber(number: number | null, test: MeasureTest): boolean {
  if (number === null) return false;
  switch (test.op) {
    case 'eq':
      return number === test.value;
    case 'ne':
      return number !== test.value;
    case 'gt':
      return number > test.value;
    case 'gte':
      return number >= test.value;
    case 'lt':
      return number < test.value;
    case 'lte':
      return number <= test.value;
    case 'between':
      return test.from <= number && number <= test.to;
  }
}

export function passesMoment(at: number | null, test: MomentTest, now: number, zone: string): boolean {
  if (at === null) return false;
  switch (test.op) {
    case 'before':
      return at < statedMoment(test.value, zone);
    case 'after':
      return at >= statedMoment(test.value, zone);
    case 'in_last':
      return at > now - lengthOf(test);
    case 'not_in_last':
      return at <= now - lengthOf(test);
  }
}

export function passesValue(text: string, test: ValueTest, now: number, zone: string): boolean {
  switch (test.type) {
    case 'any':
      return (text !== '') === (test.op === 'exists');
    case 'number':
      return passesNumber(numberOf(text), test);
    case 'boolean':
      return (test.value ? ['true', '1', 'yes'] : ['false', '0', 'no']).includes(text.toLowerCase());
    case 'text':
      return passesText(text, test);
    case 'list': {
      const items = new Set(itemsOf(text).map((item) => item.toLowerCase()));
      const found = test.values.filter((value) => items.has(value.toLowerCase()));
      if (test.op === 'has_all') return found.length === test.values.length;
      return found.length > 0 === (test.op === 'has_any');
    }
    case 'date':
      return passesDate(momentOf(text, zone), test, now, zone);
  }
}

export function passesText(text: string, test: Extract<ValueTest, { type: 'text' }>): boolean {
  const low = text.toLowerCase();
  switch (test.op) {
    case 'is_not':
      return !passesText(text, { ...test, op: 'is' });
    case 'not_contains':
      return !passesText(text, { ...test, op: 'contains' });
    case 'not_in':
      return !passesText(text, { ...test, op: 'in' });
  }
  // Positive tests hold for nobody without a value.
  if (text === '') return false;
  switch (test.op) {
    case 'is':
      return low === test.value.toLowerCase();
    case 'contains':
      return low.includes(test.value.toLowerCase());
    case 'starts':
      return low.startsWith(test.value.toLowerCase());
    case 'ends':
      return low.endsWith(test.value.toLowerCase());
    case 'in':
      return test.values.some((value) => value.toLowerCase() === low);
    case 'matches':
      return new RegExp(test.value, 'isu').test(text);
  }
}

function passesDate(at: number | null, test: DateTest, now: number, zone: string): boolean {
  if (at === null) return false;
  switch (test.op) {
    case 'before':
      return at < statedMoment(test.value, zone);
    case 'after':
      return at >= statedMoment(test.value, zone);
    case 'between':
      return statedMoment(test.from, zone) <= at && at < statedMoment(test.to, zone);
    case 'on':
      return dayOf(at, zone) === Date.parse(`${test.value}T00:00:00Z`) / dayMs;
    case 'in_last':
      return now - lengthOf(test) < at && at <= now;
    case 'not_in_last':
      return at <= now - lengthOf(test);
    case 'in_next':
      return now < at && at <= now + lengthOf(test);
    case 'anniversary': {
      const today = dayOf(now, zone);
      const born = new Date(dayOf(at, zone) * dayMs);
      const thisYear = new Date(today * dayMs).getUTCFullYear();
      return [thisYear - 1, thisYear, thisYear + 1].some((year) => {
        const day = anniversaryIn(year, born.getUTCMonth(), born.getUTCDate());
        return today - test.after <= day && day <= today + test.before;
      });
    }
  }
}

/** 29 February comes round on the 28th in other years. */
function anniversaryIn(year: number, month: number, date: number): number {
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date, last)) / dayMs;
}
