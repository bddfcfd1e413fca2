import type { MatchKind } from '@vitrail/contracts';
import { fieldsOf } from '../normalise/compileColumns.ts';
import { comparisonsOf } from './guessFields.ts';

/** Raw column of a file in the table it was read into. */
export const rawColumn = (index: number): string => `c${index}`;

/** The records of a table of raw columns, one text for each field that the comparisons read. */
export function compileRecords(
  table: string,
  kind: MatchKind,
  headers: readonly string[],
  fields: Readonly<Record<string, readonly string[]>>,
): string {
  const columns = (field: string): string[] =>
    (fields[field] ?? []).map((header) => `trim(${rawColumn(headers.indexOf(header))})`);
  const text = (field: string): string => {
    const own = columns(field);
    if (own.length === 0) return field === 'first_name' || field === 'last_name' ? fullName(field) : `''`;
    if (own.length === 1) return own[0] ?? `''`;
    // A street comes in pieces; of several telephones the first that is filled counts.
    return field === 'street'
      ? `trim(concatWithSeparator(' ', ${own.join(', ')}))`
      : own.reduceRight((rest, column) => `if(${column} != '', ${column}, ${rest})`);
  };
  /** "Jean Dupont", or "Dupont, Jean". */
  const fullName = (field: string): string => {
    const [whole] = columns('full_name');
    if (whole === undefined) return `''`;
    const comma = `position(${whole}, ',') > 0`;
    const lastWord = `splitByRegexp('\\\\s+', ${whole})[-1]`;
    return field === 'last_name'
      ? `if(${comma}, trim(substringIndex(${whole}, ',', 1)), ${lastWord})`
      : `if(${comma}, trim(substring(${whole}, position(${whole}, ',') + 1)), trim(substring(${whole}, 1, length(${whole}) - length(${lastWord}))))`;
  };
  const needed = [...new Set(comparisonsOf(kind, fields).flatMap(fieldsOf))];
  const selected = needed.map((field) => `${text(field)} as ${field}`);
  return `select record_id, source, ${selected.join(', ')} from ${table}`;
}
