import type { ChShape } from './query.ts';

type Plain = string | number | boolean | null;
/** A parameter as the official client takes it. */
export type ChParam = Plain | readonly Plain[];

/** Checks the values of a query and writes instants the way ClickHouse reads them. */
export function prepareChParams(types: ChShape, values: Readonly<Record<string, unknown>>): Record<string, ChParam> {
  return Object.fromEntries(Object.entries(types).map(([name, type]) => [name, prepare(type, values[name])]));
}

function prepare(type: string, value: unknown): ChParam {
  const nullable = /^Nullable\((.*)\)$/.exec(type)?.[1];
  if (nullable !== undefined) return value === null ? null : plain(nullable, value);
  const item = /^Array\((.*)\)$/.exec(type)?.[1];
  if (item === undefined) return plain(type, value);
  if (!Array.isArray(value)) throw new TypeError(`a parameter of type ${type} takes an array`);
  return value.map((each: unknown) => plain(item, each));
}

function plain(type: string, value: unknown): Plain {
  if (typeof value === 'string') return type.startsWith('DateTime') ? instant(type, value) : value;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) {
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw new RangeError('a parameter is beyond 2^53');
    return value;
  }
  throw new TypeError(`a parameter of type ${type} cannot be ${value === null ? 'null' : typeof value}`);
}

/** `2026-11-21 10:00:00.123`, in the UTC that every query runs in: ClickHouse does not read `T…Z` in parameters. */
function instant(type: string, iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) throw new TypeError(`a parameter of type ${type} must be an ISO instant`);
  const text = date.toISOString().replace('T', ' ');
  if (text.length !== 24) throw new RangeError(`a parameter of type ${type} needs a year of four digits`);
  return text.slice(0, type.startsWith('DateTime64') ? 23 : 19);
}

/** A parameter as text for chDB: a lone string is bare and escaped like a TSV field, inside an array it is quoted. */
export function chParamText(value: ChParam): string {
  if (value === null) return '\\N';
  if (typeof value === 'string') return escaped(value);
  if (typeof value !== 'object') return String(value);
  const items = value.map((each) => (typeof each === 'string' ? `'${escaped(each)}'` : String(each)));
  return `[${items.join(',')}]`;
}

const escapes: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r', "'": "\\'", '\\': '\\\\' };
const escaped = (text: string): string => text.replace(/[\t\n\r'\\]/g, (character) => escapes[character] ?? character);

/** A single-quoted SQL string. */
export const sqlString = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
