import type { MatchVeto } from '@vitrail/contracts';
import type { RecordFields } from '../records/personRecord.ts';

const digits = (text: string): string => text.replaceAll(/\D/g, '');

/** Same digits in another order (day and month swapped), or one digit apart: a slip of the keyboard. */
const isSlip = (a: string, b: string): boolean =>
  a.length === b.length &&
  ([...a].filter((digit, index) => digit !== b[index]).length <= 1 ||
    [...a].toSorted().join('') === [...b].toSorted().join(''));

/**
 * What forbids joining two records that look alike enough, by what a run's clustering forbids too: an identifier of which one
 * has one differs, or the dates of birth lie apart.
 */
export function findVeto(
  left: RecordFields,
  right: RecordFields,
  exclusive: readonly string[],
): Extract<MatchVeto, 'exclusive_differs' | 'birth_dates_apart'> | null {
  const differs = exclusive.some((field) => {
    const [a, b] = [left[field] ?? '', right[field] ?? ''];
    return a !== '' && b !== '' && a.toLowerCase() !== b.toLowerCase();
  });
  if (differs) return 'exclusive_differs';
  const [a, b] = [digits(left.birth_date ?? ''), digits(right.birth_date ?? '')];
  return a.length === 8 && b.length === 8 && !isSlip(a, b) ? 'birth_dates_apart' : null;
}
