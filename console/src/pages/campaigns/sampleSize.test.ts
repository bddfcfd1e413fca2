import { expect, test } from 'vitest';
import { smallestDifference } from './sampleSize.ts';

test('with four times the people half the difference can be told', () => {
  const few = smallestDifference(1_000) ?? 0;
  expect(few).toBeCloseTo(0.0273, 4);
  expect(smallestDifference(4_000)).toBeCloseTo(few / 2, 10);
});

test('a handful of people tells nothing', () => {
  expect(smallestDifference(10)).toBeNull();
});
