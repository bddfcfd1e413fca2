import type {
  ConditionOf,
  EventMatch,
  MeasureTest,
  SegmentVocabulary,
  TextTest,
  TimeWindow,
  ValueTest,
} from '@vitrail/contracts';

export const ever: TimeWindow = { kind: 'ever' };
export const lastDays = (n: number): TimeWindow => ({ kind: 'last', n, unit: 'day' });
export const atLeast = (value: number): MeasureTest => ({ op: 'gte', value });
export const exactly = (value: number): MeasureTest => ({ op: 'eq', value });
export const textIs = (value: string): TextTest => ({ type: 'text', op: 'is', value });

export type ValueType = SegmentVocabulary['traits'][number]['type'];

/** The test one most often means of a value of this type, with a value when it is known. */
export function firstTest(type: ValueType, value = ''): ValueTest {
  switch (type) {
    case 'number':
      return { type: 'number', op: 'gte', value: value === '' ? Number.NaN : Number(value) };
    case 'date':
      return { type: 'date', op: 'in_last', n: 30, unit: 'day' };
    case 'boolean':
      return { type: 'boolean', op: 'is', value: !['false', '0', 'no'].includes(value.toLowerCase()) };
    case 'list':
      return { type: 'list', op: 'has_any', values: value === '' ? [] : [value] };
    case 'text':
      return textIs(value);
  }
}

type LineFact = ConditionOf<'product'>['match']['where'][number];
export const lineIs = (field: LineFact['field'], value: string): LineFact => ({ field, test: textIs(value) });

export const product = (
  action: ConditionOf<'product'>['match']['action'],
  test: ConditionOf<'product'>['test'],
  window: TimeWindow,
  where: readonly LineFact[] = [],
  of: ConditionOf<'product'>['measure']['of'] = 'count',
): ConditionOf<'product'> => ({ kind: 'product', match: { action, where: [...where] }, measure: { of }, test, window });

export const order = (
  of: ConditionOf<'order'>['measure']['of'],
  test: ConditionOf<'order'>['test'],
  window: TimeWindow,
  match: Partial<ConditionOf<'order'>['match']> = {},
): ConditionOf<'order'> => ({
  kind: 'order',
  match: { where: [], lines: [], ...match },
  measure: { of },
  test,
  window,
});

export const matchOf = (match: Partial<EventMatch>): EventMatch => ({ type: 'track', events: [], where: [], ...match });

export const event = (
  match: Partial<EventMatch>,
  test: ConditionOf<'event'>['test'],
  window: TimeWindow,
  of: 'count' | 'first' | 'last' = 'count',
): ConditionOf<'event'> => ({ kind: 'event', match: matchOf(match), measure: { of }, test, window });

export const step = (
  match: Partial<EventMatch>,
  rest: Partial<Omit<ConditionOf<'sequence'>['steps'][number], 'match'>> = {},
): ConditionOf<'sequence'>['steps'][number] => ({ not: false, ...rest, match: matchOf(match) });

export const sequence = (
  steps: readonly ConditionOf<'sequence'>['steps'][number][],
  window: TimeWindow,
): ConditionOf<'sequence'> => ({ kind: 'sequence', steps: [...steps], window });
