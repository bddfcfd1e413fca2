import type { Comparison, MeasureTest, MomentTest, ValueTest } from '@vitrail/contracts';

/** Every operator of a test of one value, under its type, in the order people look for them. */
export const valueOps = {
  text: ['is', 'is_not', 'in', 'not_in', 'contains', 'not_contains', 'starts', 'ends', 'matches'],
  number: ['gte', 'gt', 'lte', 'lt', 'eq', 'ne', 'between'],
  date: ['in_last', 'not_in_last', 'in_next', 'before', 'after', 'on', 'between', 'anniversary'],
  boolean: ['is'],
  list: ['has_any', 'has_all', 'has_none'],
  any: ['exists', 'not_exists'],
} as const satisfies { [T in ValueTest['type']]: readonly Extract<ValueTest, { type: T }>['op'][] };

export type ValueKind = keyof typeof valueOps;
export const valueKinds: readonly ValueKind[] = ['text', 'number', 'date', 'boolean', 'list', 'any'];

/** One operator with its type, as the value of a list of choices. */
export type OpKey = { [T in ValueKind]: `${T}-${(typeof valueOps)[T][number]}` }[ValueKind];
export const opKeys: Readonly<Record<ValueKind, readonly OpKey[]>> = {
  text: valueOps.text.map((op) => `text-${op}` as const),
  number: valueOps.number.map((op) => `number-${op}` as const),
  date: valueOps.date.map((op) => `date-${op}` as const),
  boolean: valueOps.boolean.map((op) => `boolean-${op}` as const),
  list: valueOps.list.map((op) => `list-${op}` as const),
  any: valueOps.any.map((op) => `any-${op}` as const),
};
export const opKeyOf = (test: ValueTest): string => `${test.type}-${test.op}`;

const day = /^\d{4}-\d{2}-\d{2}$/;

interface Remembered {
  readonly texts: readonly string[];
  readonly number: number;
  readonly dates: readonly [string, string];
  readonly span: { readonly n: number; readonly unit: 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year' };
}

/** What was typed before, whatever the operator. */
function remember(test: ValueTest): Remembered {
  const texts = 'values' in test ? test.values : 'value' in test && test.value !== '' ? [String(test.value)] : [];
  const number = 'value' in test ? Number(test.value) : 'from' in test ? Number(test.from) : Number(texts[0]);
  const given = 'value' in test ? String(test.value) : 'from' in test ? String(test.from) : '';
  const from = day.test(given) || given.includes('T') ? given : '';
  const to = 'to' in test && typeof test.to === 'string' ? test.to : '';
  const span = 'n' in test ? { n: test.n, unit: test.unit } : { n: 30, unit: 'day' as const };
  return { texts, number, dates: [from, to], span };
}

function textTest(op: (typeof valueOps.text)[number], { texts }: Remembered): ValueTest {
  const value = texts[0] ?? '';
  switch (op) {
    case 'in':
    case 'not_in':
      return { type: 'text', op, values: [...texts] };
    case 'is':
    case 'is_not':
      return { type: 'text', op, value };
    case 'matches':
      return { type: 'text', op, value };
    default:
      return { type: 'text', op, value };
  }
}

function dateTest(op: (typeof valueOps.date)[number], { dates: [from, to], span }: Remembered): ValueTest {
  switch (op) {
    case 'before':
    case 'after':
      return { type: 'date', op, value: from };
    case 'on':
      return { type: 'date', op, value: from.slice(0, 10) };
    case 'between':
      return { type: 'date', op, from, to };
    case 'anniversary':
      return { type: 'date', op, before: 7, after: 0 };
    default:
      return { type: 'date', op, ...span };
  }
}

/** The same question with another operator; what was typed is kept where it still means something. */
export function withOp(test: ValueTest, kind: ValueKind, op: string): ValueTest {
  const known = remember(test);
  switch (kind) {
    case 'text':
      return textTest(valueOps.text.find((one) => one === op) ?? 'is', known);
    case 'number': {
      if (op === 'between') return { type: 'number', op, from: known.number, to: Number.NaN };
      return { type: 'number', op: comparisonOf(op), value: known.number };
    }
    case 'date':
      return dateTest(valueOps.date.find((one) => one === op) ?? 'in_last', known);
    case 'boolean':
      return { type: 'boolean', op: 'is', value: true };
    case 'list':
      return { type: 'list', op: valueOps.list.find((one) => one === op) ?? 'has_any', values: [...known.texts] };
    case 'any':
      return { type: 'any', op: op === 'not_exists' ? op : 'exists' };
  }
}

const comparisonOps: readonly Comparison[] = ['gte', 'gt', 'lte', 'lt', 'eq', 'ne'];
const comparisonOf = (op: string): Comparison => comparisonOps.find((one) => one === op) ?? 'gte';

export const measureOps = [...comparisonOps, 'between'] as const;
export function withMeasureOp(test: MeasureTest, op: string): MeasureTest {
  const value = test.op === 'between' ? test.from : test.value;
  return op === 'between' ? { op, from: value, to: Number.NaN } : { op: comparisonOf(op), value };
}

export const momentOps = ['in_last', 'not_in_last', 'before', 'after'] as const;
export function withMomentOp(test: MomentTest, op: string): MomentTest {
  const next = momentOps.find((one) => one === op) ?? 'in_last';
  if (next === 'before' || next === 'after') return { op: next, value: 'value' in test ? test.value : '' };
  return 'n' in test ? { ...test, op: next } : { op: next, n: 30, unit: 'day' };
}

const dayLength = 86_400_000;
/** The end of a range is not included in the language; people name the last day that counts. */
export const lastDayOf = (end: string): string => (day.test(end) ? shiftDay(end, -1) : end);
export const endAfter = (lastDay: string): string => (day.test(lastDay) ? shiftDay(lastDay, 1) : lastDay);
const shiftDay = (at: string, by: number): string =>
  new Date(Date.parse(`${at}T00:00:00Z`) + by * dayLength).toISOString().slice(0, 10);
