import type { ImportKind, ImportSettings } from '@vitrail/contracts';
import { type Json, objectOf } from '../../../platform/index.ts';
import type { Cell, InputRow } from '../read/rows.ts';
import { currencyIn } from '../values/parseWord.ts';
import { Problem } from '../values/problem.ts';
import { fieldType, isNumberType } from './fieldTypes.ts';
import { extraReader, type FieldValue, type ReadValue, type ValueContext, valueReader } from './readValue.ts';

/** A row's values by field, and what is kept under its own name. */
export interface MappedRow {
  readonly fields: Record<string, FieldValue>;
  readonly extras: Record<string, Json>;
  /** Currency seen in an amount's own text, when no column gives it. */
  currencySeen: string | null;
}

interface Column {
  readonly index: number;
  readonly name: string;
  /** Empty for an extra. */
  readonly field: string;
  readonly read: ReadValue | null;
  readonly extra: {
    readonly path: readonly string[];
    readonly read: (cell: NonNullable<Cell>) => Json | undefined;
  } | null;
  readonly amount: boolean;
  readonly join: string | null;
}

/** Between the parts of a value made of several columns: a street of two lines, an order number of store and ticket. */
const joins: Readonly<Record<string, string>> = { street: ', ', order_id: '-' };

/**
 * Compiles a mapping into the function that reads rows. Columns may still be appearing (JSON): they are looked up as
 * they come. Columns are visited by name, so the same content in another column order gives the same record.
 */
export function compileMapping(
  columns: readonly string[],
  settings: Pick<ImportSettings, 'mapping' | 'formats'>,
  kind: ImportKind,
  nested: boolean,
  context: ValueContext,
  only: (column: string) => boolean = () => true,
): (row: InputRow) => MappedRow | Problem {
  let compiled: Column[] = [];
  let known = -1;
  const compile = (): void => {
    known = columns.length;
    compiled = columns
      .map((name, index) => (only(name) ? columnOf(name, index, settings, nested, context) : null))
      .filter((column) => column !== null)
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    // Parts of one value keep the order of the file.
    compiled = [
      ...compiled.filter(({ join }) => join === null),
      ...compiled.filter(({ join }) => join !== null).toSorted((a, b) => a.index - b.index),
    ];
  };
  const seesCurrency = kind === 'orders' || kind === 'order-lines';
  return ({ cells }) => {
    if (known !== columns.length) compile();
    const fields: Record<string, FieldValue> = {};
    const extras: Record<string, Json> = {};
    const row: MappedRow = { fields, extras, currencySeen: null };
    for (const column of compiled) {
      const cell = cells[column.index];
      if (cell === undefined || cell === null || cell === '') continue;
      if (column.read !== null) {
        const value = column.read(cell);
        if (value === undefined) continue;
        if (value instanceof Problem) return new Problem(value.reason, `${column.name}: ${value.detail}`);
        const before = column.join === null ? undefined : fields[column.field];
        fields[column.field] = before === undefined ? value : `${before}${column.join}${value}`;
        if (column.amount && seesCurrency && typeof cell === 'string' && row.currencySeen === null && hasMark(cell))
          row.currencySeen = currencyIn(cell);
      } else if (column.extra !== null) {
        const value = column.extra.read(cell);
        if (value !== undefined) place(extras, column.extra.path, value);
      }
    }
    return row;
  };
}

/** True when a number's text begins or ends with something that is no digit. */
function hasMark(text: string): boolean {
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  return first > 57 || last > 57 || first === 36;
}

function columnOf(
  name: string,
  index: number,
  { mapping, formats }: Pick<ImportSettings, 'mapping' | 'formats'>,
  nested: boolean,
  context: ValueContext,
): Column | null {
  const target = Object.hasOwn(mapping, name) ? (mapping[name] ?? '') : '';
  const format = (Object.hasOwn(formats, name) ? formats[name] : undefined) ?? {};
  if (target === 'ignore' || name.split('.').includes('__proto__')) return null;
  const custom = /^(?:trait|property)\.(.+)$/.exec(target)?.[1];
  if (target === '' || custom !== undefined) {
    if (custom === '__proto__') return null;
    const path = nested && custom === undefined ? name.split('.') : [custom ?? name];
    return {
      index,
      name,
      field: '',
      read: null,
      extra: { path, read: extraReader(format) },
      amount: false,
      join: null,
    };
  }
  const type = fieldType(target);
  const read = valueReader(type, format, context);
  return { index, name, field: target, read, extra: null, amount: isNumberType(type), join: joins[target] ?? null };
}

/** Sets a value under a path of names: `address.city` in JSON was an object and becomes one again. */
function place(extras: Record<string, Json>, path: readonly string[], value: Json): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    extras[name] = value;
    return;
  }
  const target: Record<string, Json> = { ...objectOf(extras[name]) };
  place(target, rest, value);
  extras[name] = target;
}
