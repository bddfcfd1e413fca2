import type { MatchBlocking, MatchComparison } from '@vitrail/contracts';
import { Fault } from '../../../../platform/index.ts';
import { fieldsOf } from '../normalise/compileColumns.ts';

/** A part of a rule over the prepared columns: its text, and the texts that must not be blank. */
function part(
  written: string,
  comparisons: readonly MatchComparison[],
  rule: string,
): { text: string; needs: string[] } {
  const [field = '', form = ''] = written.split('.');
  const comparison = comparisons.find((each) => fieldsOf(each).includes(field));
  const value = `v_${field}`;
  if (comparison === undefined) throw unknownPart(written, rule);
  const { method } = comparison;
  const simple = { text: value, needs: [value] };
  switch (form) {
    case '':
      return simple;
    case 'initial':
      return { text: `substringUTF8(${value}, 1, 1)`, needs: [value] };
    case 'start':
      return { text: `substringUTF8(${value}, 1, 4)`, needs: [value] };
    case 'sound':
      return { text: `if(isValidASCII(${value}), soundex(${value}), ${value})`, needs: [value] };
    case 'core':
      return { text: `a_${field}_core`, needs: [value] };
    case 'root':
      if (method === 'given_name') return { text: `a_${field}_root`, needs: [value] };
      break;
    case 'year':
      if (method === 'birth_date') return { text: `substring(${value}, 1, 4)`, needs: [value] };
      break;
    case 'user':
      if (method === 'email') return { text: `a_${field}_user`, needs: [`a_${field}_user`] };
      break;
  }
  throw unknownPart(written, rule);
}

const unknownPart = (written: string, rule: string): Fault =>
  new Fault(
    'invalid',
    'matching.unknown_part',
    `The blocking rule "${rule}" asks for ${written}, which no comparison of these settings reads, or which has no such form.`,
  );

/** Rules whose fields are all compared: settings name rules for more fields than a file may have. */
export const usableRules = (
  blocking: readonly MatchBlocking[],
  comparisons: readonly MatchComparison[],
): MatchBlocking[] => {
  const fields = new Set(comparisons.flatMap(fieldsOf));
  return blocking.filter(({ parts }) => parts.every((each) => fields.has(each.split('.')[0] ?? '')));
};

/** The key of a record for a rule as UInt64; 0 when a part is blank. A rule of swapped names has the same key either way. */
export function compileKey({ name, parts }: MatchBlocking, comparisons: readonly MatchComparison[]): string {
  if (parts.some((each) => each.endsWith('.swapped'))) return swappedKey(parts, comparisons, name);
  const compiled = parts.map((each) => part(each, comparisons, name));
  const filled = compiled.flatMap(({ needs }) => needs).map((column) => `${column} != ''`);
  return `if(${filled.join(' and ')}, cityHash64(${compiled.map(({ text }) => text).join(', ')}), 0)`;
}

function swappedKey(parts: readonly string[], comparisons: readonly MatchComparison[], rule: string): string {
  const [left, right, ...more] = parts.map((each) => part(each.replace(/\.swapped$/, ''), comparisons, rule).text);
  if (left === undefined || right === undefined || more.length > 0) throw unknownPart(parts.join(' + '), rule);
  return `if(${left} != '' and ${right} != '', cityHash64(least(${left}, ${right}), greatest(${left}, ${right})), 0)`;
}
