import { describe, expect, test } from 'vitest';
import { type Label, labelsNeeded, measureQuality, rateOf } from './quality.ts';

const options = { checkedShare: 0.01, thresholds: { auto: 0.96, review: 0.9 } };
const label = (probability: number, same: boolean, check = false): Label => ({ probability, same, check });
const many = (times: number, make: (index: number) => Label): Label[] =>
  Array.from({ length: times }, (_, i) => make(i));

describe('live precision', () => {
  test('has the interval of Wilson, which does not promise certainty from a few right answers', () => {
    // Published example: 10 of 10 right is 72.2 % to 100 %.
    expect(rateOf(10, 10)).toMatchObject({ share: 1, checked: 10 });
    expect(rateOf(10, 10).low).toBeCloseTo(0.7225, 3);
    expect(rateOf(10, 10).high).toBeCloseTo(1, 6);
    // 95 of 100: 88.8 % to 97.8 %.
    expect(rateOf(95, 100).low).toBeCloseTo(0.8882, 3);
    expect(rateOf(95, 100).high).toBeCloseTo(0.9785, 3);
  });

  test('without checks says nothing, and everything remains possible', () => {
    expect(rateOf(0, 0)).toEqual({ checked: 0, right: 0, share: null, low: 0, high: 1 });
  });

  test('comes from the random checks alone; asked pairs are counted apart', () => {
    const labels = [...many(50, (i) => label(0.99, i > 0, true)), ...many(30, (i) => label(0.93, i % 3 > 0))];
    const quality = measureQuality(labels, options);
    expect(quality.automatic).toMatchObject({ checked: 50, right: 49 });
    expect(quality.review).toMatchObject({ checked: 30, right: 20 });
    expect(quality.bins.map(({ from, checked }) => [from, checked])).toEqual([
      [0.92, 30],
      [0.99, 50],
    ]);
  });
});

describe('recalibration', () => {
  /** Labels of a model that is too sure of itself: what it calls p happens with the odds halved. */
  const tooSure = (count: number): Label[] =>
    many(count, (index) => {
      const probability = 0.5 + (0.49 * (index % 50)) / 50;
      const odds = probability / (1 - probability) / 2;
      const share = odds / (1 + odds);
      return label(probability, (Math.floor(index / 50) % 100) / 100 < share);
    });

  test('is not proposed below a thousand labels', () => {
    expect(measureQuality(tooSure(labelsNeeded - 1), options).recalibration).toBeNull();
  });

  test('finds the bend and proposes higher thresholds for a model that is too sure', () => {
    const proposal = measureQuality(tooSure(5_000), options).recalibration;
    expect(proposal?.intercept).toBeCloseTo(-Math.log(2), 1);
    expect(proposal?.slope).toBeCloseTo(1, 0);
    expect(proposal?.thresholds.auto).toBeGreaterThan(0.96);
    expect(proposal?.loss.after).toBeLessThan(proposal?.loss.before ?? 0);
  });

  test('is not made from answers that all say the same', () => {
    expect(
      measureQuality(
        many(2_000, () => label(0.99, true)),
        options,
      ).recalibration,
    ).toBeNull();
  });
});
