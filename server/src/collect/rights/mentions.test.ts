import { expect, it } from 'vitest';
import { mentionsAny } from './mentions.ts';

const names = mentionsAny(['lea@shop.test', '12345']);

it.each([
  ['{"userId":"12345"}'],
  ['{"userId": 12345 }'],
  ['{"traits":{"email":"Lea@Shop.test"}}'],
  ['{"note":"write to lea@shop.test."}'],
  ['{"a":"123456","b":"12345"}'],
])('finds an identifier that stands by itself: %s', (json) => expect(names(json)).toBe(true));

it.each([
  ['{"userId":"123456"}'],
  ['{"userId":"012345"}'],
  ['{"traits":{"email":"clea@shop.test"}}'],
  ['{"traits":{"email":"lea@shop.tests"}}'],
  ['{"traits":{"email":"a.lea@shop.test"}}'],
])('leaves out a longer value that holds one: %s', (json) => expect(names(json)).toBe(false));
