import { describe, expect, it } from 'vitest';
import { bestFirst } from './bestFirst.ts';

describe('the best first', () => {
  it('is the order of a sort, whatever the order given', () => {
    let state = 11;
    const random = (): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    for (const length of [0, 1, 2, 3, 10, 500]) {
      const candidates = Array.from({ length }, (_, item) => ({ item, score: Math.floor(random() * 50) }));
      const sorted = [...candidates].sort((one, other) => other.score - one.score || one.item - other.item);
      expect([...bestFirst(candidates, (one, other) => one.item - other.item)]).toEqual(sorted);
    }
  });

  it('leaves what was given as it was', () => {
    const candidates = [{ score: 1 }, { score: 3 }, { score: 2 }];
    const [first] = bestFirst(candidates, () => 0);
    expect(first).toEqual({ score: 3 });
    expect(candidates.map(({ score }) => score)).toEqual([1, 3, 2]);
  });
});
