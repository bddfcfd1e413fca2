import { describe, expect, it } from 'vitest';
import { Measures } from './measures.ts';

describe('measures of a ranking', () => {
  it('are those computed by hand', () => {
    const measures = new Measures();
    // Ranks 1 and 3 of 4 hidden; another person whose only one is on rank 12.
    measures.add([7, 1, 8, 2, 3], new Set([7, 8, 50, 51]));
    measures.add([...Array.from({ length: 11 }, (_, n) => 100 + n), 9], new Set([9]));
    const read = measures.read('cosine', 100);
    const best4 = 1 + 1 / Math.log2(3) + 1 / 2 + 1 / Math.log2(5);
    expect(read.precision10).toBeCloseTo((0.2 + 0) / 2, 5);
    expect(read.recall10).toBeCloseTo((0.5 + 0) / 2, 5);
    expect(read.recall20).toBeCloseTo((0.5 + 1) / 2, 5);
    expect(read.ndcg10).toBeCloseTo((1.5 / best4 + 0) / 2, 5);
    expect(read.ndcg20).toBeCloseTo((1.5 / best4 + 1 / Math.log2(13)) / 2, 5);
    expect(read.hitRate10).toBe(0.5);
    // Five of the first, ten of the second within ten ranks.
    expect(read.coverage).toBe(0.15);
  });

  it('leave out people of whom nothing was hidden', () => {
    const measures = new Measures();
    measures.add([1, 2], new Set());
    expect(measures.people).toBe(0);
    expect(measures.read('popular', 0)).toMatchObject({ ndcg10: 0, coverage: 0 });
  });
});
