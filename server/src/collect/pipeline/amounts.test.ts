import { expect, it } from 'vitest';
import type { Json } from '../../platform/index.ts';
import { amountOf } from './amounts.ts';

it.each<[Json | undefined, string | null]>([
  [19.9, '19.9'],
  ['19.90', '19.9'],
  [0.1 + 0.2, '0.3'],
  [-5, '-5'],
  [0, '0'],
  [1e308, null],
  [Number.NaN, null],
  ['1e5', null],
  ['12,50', null],
  ['', null],
  [null, null],
  [undefined, null],
  [{}, null],
])('reads the amount %j as %j', (value, expected) => {
  expect(amountOf(value)).toBe(expected);
});
