import { valueTestSchema } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { endAfter, lastDayOf, valueKinds, valueOps, withMeasureOp, withMomentOp, withOp } from './valueTests.ts';

describe('another operator', () => {
  it('keeps what was typed where it still means something', () => {
    const is = withOp({ type: 'text', op: 'is', value: 'Lyon' }, 'text', 'in');
    expect(is).toEqual({ type: 'text', op: 'in', values: ['Lyon'] });
    expect(withOp(is, 'list', 'has_none')).toEqual({ type: 'list', op: 'has_none', values: ['Lyon'] });
    expect(withOp({ type: 'text', op: 'is', value: '42' }, 'number', 'gt')).toEqual({
      type: 'number',
      op: 'gt',
      value: 42,
    });
    expect(withOp({ type: 'date', op: 'in_last', n: 3, unit: 'week' }, 'date', 'not_in_last')).toMatchObject({ n: 3 });
    expect(withMeasureOp({ op: 'gte', value: 2 }, 'between')).toMatchObject({ from: 2 });
    expect(withMomentOp({ op: 'in_last', n: 7, unit: 'day' }, 'not_in_last')).toMatchObject({ n: 7 });
  });

  it('makes a test of the language for every operator once its values are given', () => {
    for (const kind of valueKinds)
      for (const op of valueOps[kind]) {
        const date = kind === 'date' && ['before', 'after', 'on', 'between'].includes(op);
        const from = date
          ? ({ type: 'date', op: 'between', from: '2026-05-01', to: '2026-06-01' } as const)
          : ({ type: 'text', op: 'is', value: '5' } as const);
        const test = withOp(from, kind, op);
        const filled = test.type === 'number' && test.op === 'between' ? { ...test, to: 9 } : test;
        expect(valueTestSchema.safeParse(filled).success, `${kind}.${op}`).toBe(true);
        expect(filled.op).toBe(op);
      }
  });
});

it('says the end of a range by its last day', () => {
  expect(lastDayOf('2026-03-01')).toBe('2026-02-28');
  expect(endAfter('2026-02-28')).toBe('2026-03-01');
  expect(endAfter('')).toBe('');
});
