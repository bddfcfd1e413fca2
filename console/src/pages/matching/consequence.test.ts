import { describe, expect, it } from 'vitest';
import { consequenceOf, placesOf } from './consequence.ts';

const histogram = [
  { from: 0.1, to: 0.5, pairs: 100 },
  { from: 0.5, to: 0.9, pairs: 40 },
  { from: 0.9, to: 0.96, pairs: 20 },
  { from: 0.96, to: 1, pairs: 10 },
];

describe('what thresholds mean', () => {
  it('is exact where they stand on the edges of bins', () => {
    expect(consequenceOf(histogram, { auto: 0.96, review: 0.9 })).toEqual({ merge: 10, ask: 20, exact: true });
    expect(consequenceOf(histogram, { auto: 0.9, review: 0.5 })).toEqual({ merge: 30, ask: 40, exact: true });
  });

  it('is shared out, and says so, where they cut a bin', () => {
    expect(consequenceOf(histogram, { auto: 0.98, review: 0.9 })).toEqual({ merge: 5, ask: 25, exact: false });
  });

  it('offers the edges from a half up, and what is in force', () => {
    expect(placesOf(histogram, [0.97])).toEqual([0.5, 0.9, 0.96, 0.97]);
  });
});
