import { describe, expect, it } from 'vitest';
import { readRating } from './rating.ts';

describe('the rating of a product', () => {
  it.each([
    [
      { rating: '4.5', review_count: '12' },
      { average: 4.5, reviews: 12 },
    ],
    [
      { 'g:average_rating': 4, reviews: 3 },
      { average: 4, reviews: 3 },
    ],
    [
      { Note_moyenne: '4,2 / 5', 'nombre avis': '1 avis' },
      { average: 4.2, reviews: 1 },
    ],
    [{ rating: '3' }, { average: 3, reviews: 0 }],
  ])('is read from %j', (attributes, expected) => {
    expect(readRating(attributes)).toEqual(expected);
  });

  it.each([[{}], [{ rating: 'good' }], [{ rating: 0 }], [{ rating: 87 }]])('is nothing in %j', (attributes) => {
    expect(readRating(attributes)).toBeNull();
  });
});
