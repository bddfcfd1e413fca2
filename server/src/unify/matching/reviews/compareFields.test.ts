import { expect, it } from 'vitest';
import { compareFields } from './compareFields.ts';

const differenceOf = (left: string, right: string) =>
  compareFields({ field: left }, { field: right }, ['field'])[0]?.difference;

it.each([
  ['Zofia', 'zofia', 'same'],
  ['Jean-Pierre', 'Jean Pierre', 'same'],
  ['zofia.kowalska@poczta.example', 'ZOFIA.kowalska@poczta.example', 'same'],
  ['zofia.kowalska@poczta.example', 'zofia_kowalska@poczta.example', 'similar'],
  ['Zpfia', 'Zofia', 'similar'],
  ['Nowak', 'Nowka', 'similar'],
  ['Noak', 'Nowak', 'similar'],
  ['1973-06-07', '1973-07-06', 'similar'],
  ['Paris', 'Lyon', 'different'],
  ['Anna', 'Emma', 'different'],
  ['Anna', '', 'one_blank'],
])('“%s” and “%s” are %s', (left, right, difference) => expect(differenceOf(left, right)).toBe(difference));
