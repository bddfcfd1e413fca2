import { expect, it } from 'vitest';
import { chooseRange } from './choosing.ts';

const keys = ['a', 'b', 'c', 'd', 'e'];

it('chooses one box, a range in either direction, and takes a range away again', () => {
  const one = chooseRange(new Set(), keys, { from: 1, to: 1, on: true });
  expect([...one]).toEqual(['b']);
  expect([...chooseRange(one, keys, { from: 1, to: 3, on: true })]).toEqual(['b', 'c', 'd']);
  expect([...chooseRange(new Set(keys), keys, { from: 3, to: 1, on: false })]).toEqual(['a', 'e']);
  expect([...one]).toEqual(['b']);
});

it('keeps what was chosen on rows that are not on the page', () => {
  expect([...chooseRange(new Set(['elsewhere']), keys, { from: 0, to: 0, on: true })]).toEqual(['elsewhere', 'a']);
});
