import { expect, it } from 'vitest';
import { createFloodGate } from './floodGate.ts';

it('stops the thirty-first answer from one address in ten minutes, and lets others and later ones pass', () => {
  let now = 0;
  const admit = createFloodGate(() => now);
  for (let each = 0; each < 30; each++) admit('one', `m${each}`);
  expect(() => admit('one', 'm30')).toThrow('Too many answers');
  admit('other', 'm0');
  now = 10 * 60_000;
  admit('one', 'm30');
});

it('hardly counts a page that asks again what its answer brought', () => {
  const admit = createFloodGate(() => 0);
  for (let each = 0; each < 200; each++) admit('one', 'same');
  expect(() => Array.from({ length: 200 }, () => admit('one', 'same'))).toThrow('Too many answers');
});
