import type { ColumnFormat, DateOrder, ImportNotice } from '@vitrail/contracts';
import { isJsonObject, type Json, type JsonObject } from '../../../platform/index.ts';
import { tooDeep } from '../read/flatten.ts';
import { limits } from '../read/limits.ts';
import type { Cell } from '../read/rows.ts';
import { checkInstant, readBirthday, readDate, readInstant } from '../values/parseDate.ts';
import { checkNumber, parseNumber } from '../values/parseNumber.ts';
import { parseCurrency, parseFlag } from '../values/parseWord.ts';
import { Problem, quote } from '../values/problem.ts';
import type { Zone } from '../values/timeZone.ts';
import type { FieldType } from './fieldTypes.ts';

export interface ValueContext {
  readonly zone: Zone;
  /** When the import was created: "the future" is after it, also when the import is resumed later. */
  readonly now: number;
  readonly notice: (notice: ImportNotice) => void;
}

/** A value as its field wants it; undefined when the cell says nothing. */
export type FieldValue = string | number | boolean | JsonObject | undefined;
export type ReadValue = (cell: NonNullable<Cell>) => FieldValue | Problem;

// What systems write for "nothing"; in a text these could be words, so only the unmistakable ones count there.
const blank = new Set([
  'null',
  'nil',
  'n/a',
  'na',
  'none',
  'nan',
  '#n/a',
  '\\n',
  'undefined',
  '(null)',
  '-',
  '--',
  '?',
  'nc',
  'n.c.',
]);
const blankText = new Set(['null', '(null)', '\\n', '#n/a', 'nan', 'undefined']);
const isBlank = (text: string, words: ReadonlySet<string>): boolean =>
  text === '' || (text.length <= 9 && words.has(text.toLowerCase()));

const spoiled = /^\d(?:[.,]\d+)?e\+?\d+$/i;

/** The reader for a field's type, with the column's own way of writing it. */
export function valueReader(type: FieldType, format: ColumnFormat, context: ValueContext): ReadValue {
  const { zone, now, notice } = context;
  const order = format.date ?? 'dmy';
  switch (type) {
    case 'identifier':
      return readIdentifier;
    case 'text':
      return readText;
    case 'end':
      return endReader(order, zone);
    case 'amount':
      return numberReader(format, 1e11);
    case 'quantity':
      return numberReader(format, 1e7);
    case 'currency':
      return (cell) => {
        const text = String(cell).trim();
        return isBlank(text, blank) ? undefined : parseCurrency(text);
      };
    case 'instant':
      return instantReader((raw) => readInstant(raw, order, zone, now), zone, now);
    case 'since': {
      const read = instantReader((raw) => readInstant(raw, order, zone, now), zone, now);
      return (cell) => leftOut(read(cell), () => notice('created_at_left_out'));
    }
    case 'birthday':
      return (cell) => {
        const raw = typeof cell === 'number' ? cell : cell instanceof Date ? isoDay(cell) : String(cell).trim();
        if (typeof raw === 'string' && isBlank(raw, blank)) return undefined;
        const day = readBirthday(raw, cell instanceof Date ? 'ymd' : order, now);
        return leftOut(day, () => notice('birthday_left_out'));
      };
    case 'consent':
      return (cell) => {
        if (typeof cell === 'string' && cell.trim() === '') return undefined;
        const flag =
          typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean' ? parseFlag(cell) : null;
        if (flag === null) notice('consent_unclear');
        return flag ?? undefined;
      };
    case 'json':
      return readObject;
  }
}

function leftOut(value: FieldValue | Problem, note: () => void): FieldValue {
  if (!(value instanceof Problem)) return value;
  note();
  return undefined;
}

const isoDay = (date: Date): string => (Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10));

function readText(cell: NonNullable<Cell>): FieldValue {
  if (cell instanceof Date) return isoDay(cell);
  const text = (typeof cell === 'object' ? JSON.stringify(cell) : String(cell)).trim();
  return isBlank(text, blankText) ? undefined : text;
}

function readIdentifier(cell: NonNullable<Cell>): FieldValue | Problem {
  if (typeof cell === 'number') {
    if (Number.isSafeInteger(cell) || !Number.isInteger(cell)) return String(cell);
    return new Problem('id_in_scientific_notation', `${quote(cell)} lost its last digits: store ids as text`);
  }
  if (typeof cell === 'object')
    return typeof cell === 'object' && cell instanceof Date ? isoDay(cell) : JSON.stringify(cell);
  let text = String(cell).trim();
  if (isBlank(text, blank)) return undefined;
  const last = text.charCodeAt(text.length - 1);
  if (last >= 48 && last <= 57) {
    if (last === 48 && /^\d+\.0$/.test(text))
      text = text.slice(0, -2); // 17850.0: an id that went through a float
    else if (spoiled.test(text))
      return new Problem('id_in_scientific_notation', `${quote(text)} lost its last digits in a spreadsheet`);
    if (text.charCodeAt(0) === 39) text = text.slice(1); // '0612: how spreadsheets are told "this is text"
  }
  return text.slice(0, 512);
}

function numberReader(format: ColumnFormat, limit: number): ReadValue {
  const mark = format.decimal ?? '.';
  return (cell) => {
    let value: number | Problem;
    if (typeof cell === 'number') value = checkNumber(cell, limit);
    else {
      const text = String(cell).trim();
      if (isBlank(text, blank)) return undefined;
      value = parseNumber(text, mark, limit);
    }
    return typeof value === 'number' ? Math.round(value * 10_000) / 10_000 : value;
  };
}

// Tills write one minute on many lines: a small memory saves most of the parsing and formatting.
const remembered = 5_000;

function instantReader(parse: (raw: string | number) => number | Problem, zone: Zone, now: number): ReadValue {
  const memory = new Map<string | number, string | Problem>();
  return (cell) => {
    if (cell instanceof Date) {
      const instant = checkInstant(zone.toInstant(cell.getTime()), isoDay(cell), now);
      return typeof instant === 'number' ? new Date(instant).toISOString() : instant;
    }
    const raw = typeof cell === 'number' ? cell : String(cell).trim();
    if (typeof raw === 'string' && isBlank(raw, blank)) return undefined;
    let known = memory.get(raw);
    if (known === undefined) {
      const instant = parse(raw);
      known = typeof instant === 'number' ? new Date(instant).toISOString() : instant;
      if (memory.size >= remembered) memory.clear();
      memory.set(raw, known);
    }
    return known;
  };
}

/** When something ends: a moment that may lie ahead. A day alone ends it as it begins. */
function endReader(order: DateOrder, zone: Zone): ReadValue {
  return (cell) => {
    if (cell instanceof Date) return new Date(zone.toInstant(cell.getTime())).toISOString();
    const raw = typeof cell === 'number' ? cell : String(cell).trim();
    if (typeof raw === 'string' && isBlank(raw, blank)) return undefined;
    const read = readDate(raw, order);
    if (read instanceof Problem) return read;
    const instant = new Date(read.offset === null ? zone.toInstant(read.wall) : read.wall - read.offset * 60_000);
    const far = instant.getUTCFullYear() > 2999 || Number.isNaN(instant.getTime());
    return far ? new Problem('date_out_of_range', `${quote(raw)} is no date a row can end on`) : instant.toISOString();
  };
}

function readObject(cell: NonNullable<Cell>): FieldValue | Problem {
  if (cell instanceof Date) return new Problem('not_json', `${quote(cell)} is not a JSON object`);
  let value: Json = cell;
  if (typeof cell === 'string') {
    if (isBlank(cell.trim(), blank)) return undefined;
    try {
      value = JSON.parse(cell);
    } catch {
      return new Problem('not_json', `${quote(cell)} is not JSON`); // the expected answer for a broken cell
    }
  }
  if (!isJsonObject(value)) return new Problem('not_json', `${quote(cell)} is not a JSON object`);
  return tooDeep(value, limits.nesting) ? new Problem('nested_too_deep', `More than ${limits.nesting} levels`) : value;
}

/** A column that is no field: kept under its own name, typed when all its values were. */
export function extraReader(format: ColumnFormat): (cell: NonNullable<Cell>) => Json | undefined {
  return (cell) => {
    if (cell instanceof Date) return cell.getTime() % 86_400_000 === 0 ? isoDay(cell) : cell.toISOString();
    if (typeof cell !== 'string') return cell;
    const text = cell.trim();
    if (isBlank(text, blankText)) return undefined;
    if (format.type === 'number') {
      const number = parseNumber(text, format.decimal ?? '.');
      return number instanceof Problem ? text : number;
    }
    if (format.type === 'boolean') return parseFlag(text) ?? text;
    return text;
  };
}
