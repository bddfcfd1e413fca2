import { expect, it } from 'vitest';
import { fields } from '../fieldWords.ts';
import { conditionOn, opsOf } from './conditions.ts';

it('keeps the value when only the comparison changes, and starts afresh with another sort of field', () => {
  const path = conditionOn('page.path', 'starts', { field: 'page.path', op: 'is', values: ['/sale'] });
  expect(path).toEqual({ field: 'page.path', op: 'starts', values: ['/sale'] });
  expect(conditionOn('cart.value', 'starts', path)).toEqual({ field: 'cart.value', op: 'at_least', value: 1 });
  expect(conditionOn('cart.value', 'known', path)).toEqual({ field: 'cart.value', op: 'known' });
});

it('offers only comparisons that a field has', () => {
  for (const field of fields)
    for (const op of opsOf(field)) expect(conditionOn(field, op)).toMatchObject({ field, op });
});
