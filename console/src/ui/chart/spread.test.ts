import { describe, expect, it } from 'vitest';
import { spread } from './spread.ts';

describe('labels beside their lines', () => {
  it('stay where they belong when there is room', () => {
    expect(spread([10, 80, 40], 14, 0, 100)).toEqual([10, 80, 40]);
  });

  it('move apart when lines end at the same height, and stay inside', () => {
    const moved = spread([98, 99, 99], 14, 0, 100);
    const sorted = [...moved].sort((a, b) => a - b);
    expect(sorted.at(-1)).toBeLessThanOrEqual(100);
    expect(sorted.every((y, at) => at === 0 || y - (sorted[at - 1] ?? 0) >= 14)).toBe(true);
  });
});
