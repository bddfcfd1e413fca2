import { expect, test } from 'vitest';
import { differenceOfShares, wilson } from './uplift.ts';

test('the interval of a difference is that of Newcombe’s published examples', () => {
  // Newcombe 1998, table II: 56/70 against 48/80 and 9/10 against 3/10, method 10.
  const first = differenceOfShares({ hits: 56, of: 70 }, { hits: 48, of: 80 });
  expect(first.estimate).toBeCloseTo(0.2, 10);
  expect(first.low).toBeCloseTo(0.0524, 4);
  expect(first.high).toBeCloseTo(0.3339, 4);
  const second = differenceOfShares({ hits: 9, of: 10 }, { hits: 3, of: 10 });
  expect(second.low).toBeCloseTo(0.1705, 4);
  expect(second.high).toBeCloseTo(0.809, 4);
});

test('nobody out of many is not certainty', () => {
  expect(wilson({ hits: 0, of: 20 })).toMatchObject({ low: 0 });
  expect(wilson({ hits: 0, of: 20 }).high).toBeCloseTo(0.1611, 4);
});
