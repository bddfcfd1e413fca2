import { describe, expect, it } from 'vitest';
import { withinPairs } from './stale.ts';

describe('what one refresh counts anew', () => {
  it('takes items in their order, passes over those that no longer fit, and takes 300 at most', () => {
    const some = [
      { item: 4, pairs: 600_000 },
      { item: 2, pairs: 500_000 },
      { item: 9, pairs: 400_000 },
      { item: 1, pairs: 1 },
    ];
    expect(withinPairs(some)).toEqual([4, 9]);
    const many = Array.from({ length: 500 }, (_, item) => ({ item, pairs: 1 }));
    expect(withinPairs(many)).toHaveLength(300);
  });

  it('takes the first whatever it costs, so that what everybody has is counted anew one day', () => {
    expect(
      withinPairs([
        { item: 7, pairs: 90_000_000 },
        { item: 8, pairs: 1 },
      ]),
    ).toEqual([7]);
    expect(withinPairs([])).toEqual([]);
  });
});
