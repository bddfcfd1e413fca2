import { describe, expect, it } from 'vitest';
import { checkSampleRatio } from './sampleRatio.ts';
import { createRandom } from './simulate.ts';

/** Chances of each count of n when each comes with the chance p: exact, from the most likely one to both sides. */
function binomial(n: number, p: number): Float64Array {
  const chances = new Float64Array(n + 1);
  const mode = Math.floor((n + 1) * p);
  chances[mode] = 1;
  for (let k = mode; k < n; k++) chances[k + 1] = ((chances[k] ?? 0) * (n - k) * p) / ((k + 1) * (1 - p));
  for (let k = mode; k > 0; k--) chances[k - 1] = ((chances[k] ?? 0) * k * (1 - p)) / ((n - k + 1) * p);
  const whole = chances.reduce((sum, chance) => sum + chance, 0);
  return chances.map((chance) => chance / whole);
}

/** How often the alarm rings at one look, summed over every division there can be. */
const alarms = (people: number, share: number): number =>
  binomial(people, share).reduce(
    (sum, chance, count) => (checkSampleRatio([count, people - count], [1, 1]).alarm ? sum + chance : sum),
    0,
  );

describe('the alarm for wrongly divided people', () => {
  it('rings in 99 of 100 experiments divided 52 to 48 among 20,000, and in less than one of a thousand without cause', () => {
    const found = alarms(20_000, 0.52);
    const falsely = alarms(20_000, 0.5);
    expect(found).toBeGreaterThanOrEqual(0.99);
    expect(found).toBeCloseTo(0.9908, 4);
    expect(falsely).toBeLessThan(0.001);
    expect(falsely).toBeGreaterThan(0.0009);
    // With fewer people it cannot: that is the test's power, not a fault of the code.
    expect(alarms(19_000, 0.52)).toBeLessThan(0.99);
  });

  it('looked at every day rings without cause in about one of a hundred experiments of four weeks', () => {
    const random = createRandom(3);
    const experiments = 2_000;
    let rung = 0;
    for (let each = 0; each < experiments; each++) {
      let counts: readonly [number, number] = [0, 0];
      let any = false;
      for (let day = 0; day < 28 && !any; day++) {
        const first = Array.from({ length: 200 }, random).filter((place) => place < 0.5).length;
        counts = [counts[0] + first, counts[1] + 200 - first];
        any = checkSampleRatio(counts, [1, 1]).alarm;
      }
      if (any) rung += 1;
    }
    expect(rung / experiments).toBeLessThan(0.015);
  });
});
