import { describe, expect, it } from 'vitest';
import { armOf } from './arm.ts';

describe('the arm that gets popular products', () => {
  it('is a tenth of the people, and each time the same', () => {
    const people = Array.from({ length: 20_000 }, (_, root) => armOf(3, root + 1, 0.1));
    const popular = people.filter((arm) => arm === 'popular').length;
    expect(popular / people.length).toBeGreaterThan(0.09);
    expect(popular / people.length).toBeLessThan(0.11);
    expect(Array.from({ length: 20_000 }, (_, root) => armOf(3, root + 1, 0.1))).toEqual(people);
  });

  it('is nobody when its share is nothing', () => {
    expect(Array.from({ length: 1_000 }, (_, root) => armOf(1, root, 0))).not.toContain('popular');
  });
});
