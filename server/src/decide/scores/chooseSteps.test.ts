import { describe, expect, it } from 'vitest';
import { chooseSteps } from './chooseSteps.ts';

describe('the steps of a distribution', () => {
  it.each([
    [0, 100],
    [-3.2, 7.9],
    [0, 0.004],
    [999, 1_000_001],
    [-50, -10],
  ])('from %s to %s are round, few, and hold every value', (lowest, highest) => {
    const { from, step, steps } = chooseSteps(lowest, highest);
    expect(steps).toBeLessThanOrEqual(22);
    expect(from).toBeLessThanOrEqual(lowest);
    expect(from + step * steps).toBeGreaterThan(highest);
    expect([1, 2, 5, 10]).toContain(Math.round(step / 10 ** Math.floor(Math.log10(step) + 1e-9)));
  });

  it('are one when everybody has the same', () => {
    expect(chooseSteps(4, 4)).toEqual({ from: 4, step: 1, steps: 1 });
  });
});
