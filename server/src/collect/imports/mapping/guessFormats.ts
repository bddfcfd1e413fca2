import type { ColumnFormat, ImportMapping } from '@vitrail/contracts';
import { guessDateOrder } from '../values/guessDate.ts';
import { type DecimalMark, guessDecimalMark, parseNumber } from '../values/parseNumber.ts';
import { parseFlag } from '../values/parseWord.ts';
import { Problem } from '../values/problem.ts';
import { fieldType, isDateType, isNumberType } from './fieldTypes.ts';
import type { ColumnSample } from './guessMapping.ts';

// Month first is how the United States and a few others write dates.
const monthFirst = new Set(['US', 'PH', 'FM', 'MH', 'PW']);

export interface FormatHints {
  readonly country: string;
  readonly delimiter?: string | undefined;
}

/**
 * How each column is written. A column whose own values do not tell (`1,234`) follows the others of the file, then the
 * delimiter: a file split by semicolons keeps the comma for its decimals.
 */
export function guessFormats(
  columns: readonly ColumnSample[],
  mapping: ImportMapping,
  hints: FormatHints,
): Record<string, ColumnFormat> {
  const marks = new Map<string, DecimalMark | null>();
  for (const { name, values } of columns) {
    const type = typeOf(name, mapping);
    if ((type !== null && isNumberType(type)) || looksNumeric(values)) marks.set(name, guessDecimalMark(values));
  }
  const commas = [...marks.values()].filter((mark) => mark === ',').length;
  const points = [...marks.values()].filter((mark) => mark === '.').length;
  const usual: DecimalMark = commas === points ? (hints.delimiter === ';' ? ',' : '.') : commas > points ? ',' : '.';
  const preferred = monthFirst.has(hints.country) ? 'mdy' : 'dmy';

  const formats: Record<string, ColumnFormat> = {};
  for (const { name, values } of columns) {
    const type = typeOf(name, mapping);
    const decimal = marks.get(name) ?? usual;
    if (type !== null && isNumberType(type)) formats[name] = { decimal };
    else if (type !== null && isDateType(type))
      formats[name] = { date: guessDateOrder(values, preferred) ?? preferred };
    else if (type === null && values.length > 0) {
      if (looksNumeric(values)) formats[name] = { type: 'number', decimal };
      else if (values.every((value) => /^(true|false)$/i.test(value) && parseFlag(value) !== null))
        formats[name] = { type: 'boolean' };
    }
  }
  return formats;
}

/** Null for a column that is kept under its own name. */
function typeOf(column: string, mapping: ImportMapping) {
  const field = Object.hasOwn(mapping, column) ? (mapping[column] ?? '') : '';
  return field === '' || field.startsWith('trait.') || field.startsWith('property.') ? null : fieldType(field);
}

/** All values are numbers, and none is a code with leading zeros or too many digits. */
function looksNumeric(values: readonly string[]): boolean {
  return (
    values.length > 0 &&
    values.every(
      (value) =>
        /^[-+]?(?:0|[1-9]\d{0,14})?(?:[.,]\d+)*$/.test(value.replace(/[\s\u00a0\u202f]/g, '')) &&
        /\d/.test(value) &&
        !(parseNumber(value, '.') instanceof Problem),
    )
  );
}
