import type { ReviewDetail } from '@vitrail/contracts';
import { foldText } from '../../values/searchText.ts';
import type { RecordFields } from '../records/personRecord.ts';

type Field = ReviewDetail['fields'][number];

/** Letters and digits alone: how two spellings are compared at a glance. */
const bare = (text: string): string => foldText(text).replaceAll(/[^\p{L}\p{N}]/gu, '');

const pairsOf = (text: string): string[] =>
  Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2));

/** Shared pairs of letters (Dice), from 0 to 1. */
function likeness(a: string, b: string): number {
  const left = pairsOf(a);
  const right = pairsOf(b);
  if (left.length + right.length === 0) return a === b ? 1 : 0;
  const rest = new Map<string, number>();
  for (const pair of left) rest.set(pair, (rest.get(pair) ?? 0) + 1);
  let shared = 0;
  for (const pair of right) {
    const count = rest.get(pair) ?? 0;
    if (count > 0) {
      shared += 1;
      rest.set(pair, count - 1);
    }
  }
  return (2 * shared) / (left.length + right.length);
}

const sorted = (text: string): string => [...text].toSorted().join('');

/** Whether one sign more, less or other makes them the same. */
function isOneSlip(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  return short.slice(short.length === long.length ? at + 1 : at) === long.slice(at + 1);
}

function differenceOf(left: string, right: string): Field['difference'] {
  if (left === '' && right === '') return 'both_blank';
  if (left === '' || right === '') return 'one_blank';
  const [a, b] = [bare(left), bare(right)];
  // Signs matter in an e-mail address: with other ones it is another mailbox.
  if (a === b) return left.includes('@') && left.toLowerCase() !== right.toLowerCase() ? 'similar' : 'same';
  if (Math.min(a.length, b.length) >= 4 && isOneSlip(a, b)) return 'similar';
  // The same digits or letters in another order: a swapped day and month, a typing slip.
  if (a.length > 3 && sorted(a) === sorted(b)) return 'similar';
  if (Math.min(a.length, b.length) >= 3 && (a.includes(b) || b.includes(a))) return 'similar';
  return likeness(a, b) >= 0.6 ? 'similar' : 'different';
}

/** Both records field by field, those that at least one of them has. */
export function compareFields(left: RecordFields, right: RecordFields, order: readonly string[]): Field[] {
  const others = [...new Set([...Object.keys(left), ...Object.keys(right)])].filter((field) => !order.includes(field));
  return [...order, ...others.toSorted()].flatMap((field) => {
    const [a, b] = [left[field] ?? '', right[field] ?? ''];
    const difference = differenceOf(a, b);
    return difference === 'both_blank'
      ? []
      : [{ field, left: a === '' ? null : a, right: b === '' ? null : b, difference }];
  });
}
