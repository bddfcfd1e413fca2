import type { MeasureTest, ValueTest } from '../segmentTests.ts';

type TextTest = Extract<ValueTest, { type: 'text' }>;
export type PositiveTextTest =
  | { readonly type: 'text'; readonly op: 'is' | 'contains' | 'starts' | 'ends' | 'matches'; readonly value: string }
  | { readonly type: 'text'; readonly op: 'in'; readonly values: readonly string[] };

/** A test by its positive word; `negated` holds for whoever has no value too. */
export type SaidTest =
  | PositiveTextTest
  | { readonly type: 'list'; readonly op: 'has_any' | 'has_all'; readonly values: readonly string[] }
  | { readonly type: 'any' }
  | Extract<ValueTest, { type: 'number' | 'date' | 'boolean' }>;
export interface Said {
  readonly test: SaidTest;
  readonly negated: boolean;
}

function sayText(test: TextTest, negated: boolean): Said {
  // An empty text is no value.
  if ((test.op === 'is' || test.op === 'is_not') && test.value === '')
    return { test: { type: 'any' }, negated: (test.op === 'is') !== negated };
  switch (test.op) {
    case 'is_not':
      return { test: { type: 'text', op: 'is', value: test.value }, negated: !negated };
    case 'not_contains':
      return { test: { type: 'text', op: 'contains', value: test.value }, negated: !negated };
    case 'not_in':
      return { test: { type: 'text', op: 'in', values: test.values }, negated: !negated };
    case 'in':
      return { test: { type: 'text', op: 'in', values: test.values }, negated };
    default:
      return { test: { type: 'text', op: test.op, value: test.value }, negated };
  }
}

/** Negative operators are the exact opposite of the positive ones, so that one of the two need not be said. */
export function positiveTest(test: ValueTest, negated: boolean): Said {
  switch (test.type) {
    case 'text':
      return sayText(test, negated);
    case 'list':
      return test.op === 'has_none'
        ? { test: { type: 'list', op: 'has_any', values: test.values }, negated: !negated }
        : { test: { type: 'list', op: test.op, values: test.values }, negated };
    case 'any':
      return { test: { type: 'any' }, negated: (test.op === 'not_exists') !== negated };
    default:
      return { test, negated };
  }
}

/** How often: never, at least once, or a comparison. */
export type Often =
  | { readonly kind: 'none' }
  | { readonly kind: 'some' }
  | { readonly kind: 'outside'; readonly from: number; readonly to: number; readonly zero: boolean }
  | { readonly kind: 'compare'; readonly test: MeasureTest; readonly zero: boolean };

const opposites = { eq: 'ne', ne: 'eq', gt: 'lte', gte: 'lt', lt: 'gte', lte: 'gt' } as const;

/** Whether 0 passes. */
export function passesZero(test: MeasureTest): boolean {
  switch (test.op) {
    case 'eq':
      return test.value === 0;
    case 'ne':
      return test.value !== 0;
    case 'gt':
      return test.value < 0;
    case 'gte':
      return test.value <= 0;
    case 'lt':
      return test.value > 0;
    case 'lte':
      return test.value >= 0;
    case 'between':
      return test.from <= 0 && test.to >= 0;
  }
}

/** The comparison that every number passes which does not pass this one; null for a range, which has none. */
export const oppositeOf = (test: MeasureTest): MeasureTest | null =>
  test.op === 'between' ? null : { op: opposites[test.op], value: test.value };

/** A count is always there and whole, so the opposite of a comparison is another comparison. */
export function readOften(given: MeasureTest, negated: boolean): Often {
  if (given.op === 'between') {
    if (negated) return { kind: 'outside', from: given.from, to: given.to, zero: !passesZero(given) };
    return { kind: 'compare', test: given, zero: passesZero(given) };
  }
  const test = negated ? { op: opposites[given.op], value: given.value } : given;
  const { op, value } = test;
  if ((op === 'eq' || op === 'lte') && value === 0) return { kind: 'none' };
  if (op === 'lt' && value === 1) return { kind: 'none' };
  if ((op === 'gte' && value === 1) || ((op === 'gt' || op === 'ne') && value === 0)) return { kind: 'some' };
  return { kind: 'compare', test, zero: passesZero(test) };
}
