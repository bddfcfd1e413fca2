import { describe, expect, it } from 'vitest';
import { adjustFalseDiscovery, adjustFamilyWise } from './adjust.ts';
import { chancesToBeBest, thompsonWeights } from './bandit.ts';
import { betaPosterior, gaussianPosterior } from './bayesian.ts';
import { compareArms, correctPValues } from './compareArms.ts';
import { chiSquareTail, normalBelow, normalTwoSided } from './distributions.ts';
import { type ArmSums, adjustByCovariate, meanOf, ratioOf, relativeDifference, shareOf } from './estimate.ts';
import { effectFor, sizeForMean, sizeForSequential, sizeForShare } from './power.ts';
import { checkSampleRatio } from './sampleRatio.ts';
import { rhoFor, sequentialTest } from './sequential.ts';
import { createRandom, simulateRuns, tally } from './simulate.ts';
import { decideVerdict } from './verdict.ts';

/** Reference values: NIST/SEMATECH tables where a table has enough digits, else the formula by hand in the comment. */
const close = (value: number | undefined, wanted: number, tolerance = 1e-6): void => {
  expect(value).toBeDefined();
  expect(Math.abs((value ?? Number.NaN) - wanted)).toBeLessThan(tolerance * Math.max(1, Math.abs(wanted)));
};

describe('distributions', () => {
  it('agree with the published tables', () => {
    // Abramowitz and Stegun, table 26.1.
    close(normalBelow(1), 0.841344746068543, 1e-13);
    close(normalBelow(1.96), 0.9750021048517795, 1e-13);
    close(normalBelow(-3), 0.0013498980316300946, 1e-15);
    expect(normalBelow(-8) / 6.220960574271786e-16).toBeCloseTo(1, 9);
    close(normalTwoSided(1.959963984540054), 0.05, 1e-13);
    // Chi-square with 2 degrees is exponential; with 4 it is e^(-x/2)(1 + x/2); the usual critical values for 1.
    close(chiSquareTail(3, 2), Math.exp(-1.5), 1e-14);
    close(chiSquareTail(9, 4), Math.exp(-4.5) * 5.5, 1e-14);
    close(chiSquareTail(3.841458820694124, 1), 0.05, 1e-13);
    close(chiSquareTail(10.827566170662733, 1), 0.001, 1e-13);
  });
});

describe('the sample ratio', () => {
  it('is the chi-square of Pearson against the planned weights', () => {
    const even = checkSampleRatio([10_400, 9_600], [1, 1]);
    close(even.chiSquare, 32);
    close(even.pValue, 1.5417257900280013e-8, 1e-12);
    expect(even.alarm).toBe(true);
    const weighted = checkSampleRatio([7_900, 2_100], [0.8, 0.2]);
    close(weighted.chiSquare, 100 ** 2 / 8_000 + 100 ** 2 / 2_000);
    expect(weighted).toMatchObject({ alarm: false, enough: true });
  });

  it('says nothing of a handful of people', () => {
    expect(checkSampleRatio([12, 1], [1, 1])).toMatchObject({ alarm: false, enough: false });
    expect(checkSampleRatio([0, 0], [1, 1])).toMatchObject({ alarm: false, enough: false });
  });
});

const sumsOf = (pairs: readonly (readonly [y: number, other: number])[], as: 'd' | 'x'): ArmSums => {
  const sum = (of: (pair: readonly [number, number]) => number): number =>
    pairs.reduce((all, pair) => all + of(pair), 0);
  const plain = { people: pairs.length, y: sum(([y]) => y), yy: sum(([y]) => y * y) };
  const other = sum(([, each]) => each);
  const squares = sum(([, each]) => each * each);
  const product = sum(([y, each]) => y * each);
  return as === 'd'
    ? { ...plain, d: other, dd: squares, yd: product }
    : { ...plain, x: other, xx: squares, xy: product };
};
/** Normal numbers from two uniform ones (Box and Muller 1958). */
const normalFrom = (random: () => number) => (): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

describe('estimates', () => {
  it('have the textbook mean and variance', () => {
    const arm = sumsOf(
      [2, 4, 4, 4, 5, 5, 7, 9].map((y) => [y, 0] as const),
      'x',
    );
    expect(meanOf(arm)).toEqual({ people: 8, mean: 5, variance: 32 / 7 });
    expect(shareOf({ people: 200, y: 30, yy: 30 })).toEqual({ people: 200, mean: 0.15, variance: 0.15 * 0.85 });
  });

  it('of a ratio have the variance of its linear part', () => {
    // Revenue and orders of five people: the residuals y - r d over the mean of d give the same variance.
    const pairs = [
      [100, 2],
      [0, 0],
      [60, 1],
      [30, 1],
      [50, 2],
    ] as const;
    const ratio = 240 / 6;
    const residuals = pairs.map(([y, d]) => (y - ratio * d) / (6 / 5));
    const variance = residuals.reduce((sum, each) => sum + each ** 2, 0) / 4;
    const estimate = ratioOf(sumsOf(pairs, 'd'));
    close(estimate?.mean, ratio);
    close(estimate?.variance, variance);
    expect(ratioOf({ people: 5, y: 3, yy: 9, d: 0, dd: 0, yd: 0 })).toBeNull();
  });

  it('as a share of control have the variance of the delta method', () => {
    const control = { people: 1_000, mean: 10, variance: 400 };
    const variation = { people: 1_000, mean: 11, variance: 420 };
    const difference = relativeDifference(control, variation);
    close(difference?.value, 0.1);
    close(difference?.variance, 420 / 1_000 / 100 + ((400 / 1_000) * 121) / 10_000);
  });

  it('lose the noise that the time before explains, and nothing of the difference', () => {
    const normal = normalFrom(createRandom(7));
    const arm = (lift: number): ArmSums =>
      sumsOf(
        Array.from({ length: 20_000 }, () => {
          const before = normal();
          return [10 + lift + 0.6 * before + 0.8 * normal(), 5 + before] as const;
        }),
        'x',
      );
    const arms = [arm(0), arm(0.1)];
    const { estimates, explained } = adjustByCovariate(arms, arms.map(meanOf));
    // A correlation of 0.6 takes 0.36 of the variance away.
    expect(explained).toBeGreaterThan(0.34);
    expect(explained).toBeLessThan(0.38);
    const lift = (estimates[1]?.mean ?? 0) - (estimates[0]?.mean ?? 0);
    expect(Math.abs(lift - 0.1)).toBeLessThan(4 * Math.sqrt((0.64 * 2) / 20_000));
    close(estimates[0]?.variance, 0.64, 0.03);
  });
});

describe('the always-valid test', () => {
  it('is the published sequence', () => {
    // rho² = (-2 ln α + ln(-2 ln α + 1)) / N: α = 0.05 gives (5.991464547 + ln 6.991464547) / 5000.
    close(rhoFor(0.05) ** 2, (5.991464547107982 + Math.log(6.991464547107982)) / 5_000, 1e-12);
    const test = sequentialTest({ value: 0.1, variance: 0.0004, people: 10_000 });
    const grown = 10_000 * rhoFor(0.05) ** 2 + 1;
    const half = Math.sqrt(0.0004) * Math.sqrt(((2 * grown) / (grown - 1)) * Math.log(Math.sqrt(grown) / 0.05));
    close(test?.low, 0.1 - half);
    close(test?.high, 0.1 + half);
  });

  it('has a p-value of alpha exactly where the interval touches zero', () => {
    for (const people of [500, 5_000, 400_000]) {
      const wide = sequentialTest({ value: 0, variance: 1, people }, 0.05);
      const edge = sequentialTest({ value: wide?.high ?? 0, variance: 1, people }, 0.05);
      close(edge?.low, 0, 1e-9);
      close(edge?.pValue, 0.05, 1e-9);
    }
    expect(sequentialTest({ value: 0, variance: 0, people: 100 })).toBeNull();
  });
});

describe('the posterior', () => {
  it('of a normal difference has closed chances and losses', () => {
    const posterior = gaussianPosterior({ value: 1, variance: 4, people: 100 });
    close(posterior?.chanceToWin, 0.6914624612740131, 1e-12);
    // σ φ(μ/σ) - μ Φ(-μ/σ) with μ = 1, σ = 2.
    close(posterior?.expectedLoss, 2 * 0.3520653267642995 - 0.3085375387259869, 1e-12);
    close((posterior?.expectedLossOfControl ?? 0) - (posterior?.expectedLoss ?? 0), 1, 1e-12);
    close(posterior?.low, 1 - 2 * 1.959963984540054);
  });

  it('of two shares is exact', () => {
    // Beta(1, 1) against Beta(2, 1): the integral of x² is 1/3 away from 1; both alike: one half.
    close(betaPosterior({ people: 0, successes: 0 }, { people: 1, successes: 1 }).chanceToWin, 2 / 3, 1e-12);
    close(betaPosterior({ people: 500, successes: 40 }, { people: 500, successes: 40 }).chanceToWin, 0.5, 1e-10);
    // E max(A - B, 0) of two uniform ones is 1/6.
    close(betaPosterior({ people: 0, successes: 0 }, { people: 0, successes: 0 }).expectedLoss, 1 / 6, 1e-12);
  });

  it('of many people agrees with a numeric integral, and the normal one with it', () => {
    const control = { people: 20_000, successes: 1_000 };
    const variation = { people: 20_000, successes: 1_060 };
    const exact = betaPosterior(control, variation);
    const steps = 4_000;
    const density = (x: number, { people, successes }: typeof control): number =>
      Math.exp(successes * Math.log(x) + (people - successes) * Math.log1p(-x) - peak(people, successes));
    const peak = (people: number, successes: number): number =>
      successes * Math.log(successes / people) + (people - successes) * Math.log1p(-successes / people);
    let below = 0;
    let wins = 0;
    let all = 0;
    for (let step = 0.5; step < steps; step++) {
      const x = 0.04 + (0.025 * step) / steps;
      const own = density(x, variation);
      wins += own * (below + density(x, control) / 2);
      below += density(x, control);
      all += own;
    }
    close(exact.chanceToWin, wins / (below * all), 1e-6);
    const normal = compareArms(
      [control, variation].map(({ people, successes }) => ({ people, y: successes, yy: successes })),
      { type: 'mean', goal: 'increase', alpha: 0.05, cuped: false },
    ).arms[1];
    close(normal?.bayesian?.chanceToWin, exact.chanceToWin, 1e-2);
  });

  it('turns round where less is better', () => {
    const arms = [
      { people: 1_000, y: 100, yy: 100 },
      { people: 1_000, y: 80, yy: 80 },
    ];
    const at = (goal: 'increase' | 'decrease') =>
      compareArms(arms, { type: 'share', goal, alpha: 0.05, cuped: false }).arms[1]?.bayesian;
    close((at('increase')?.chanceToWin ?? 0) + (at('decrease')?.chanceToWin ?? 0), 1, 1e-12);
    expect(at('decrease')?.expectedLoss).toBe(at('increase')?.expectedLossOfControl);
  });
});

describe('many comparisons', () => {
  // Benjamini and Hochberg 1995, the fifteen p-values of their section 4.
  const published = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
  ];

  it('keep four discoveries by Benjamini and Hochberg and three by Holm, as published', () => {
    const discovered = adjustFalseDiscovery(published);
    expect(discovered.filter((p) => p <= 0.05)).toHaveLength(4);
    close(discovered[3], (0.0095 * 15) / 4);
    const family = adjustFamilyWise(published);
    expect(family.filter((p) => p <= 0.05)).toHaveLength(3);
    close(family[2], 0.0019 * 13);
  });

  it('come back in the order they were given, with gaps where nothing was compared', () => {
    expect(correctPValues([0.04, null, 0.01], 'family_wise')).toEqual([0.04, null, 0.02]);
    expect(correctPValues([0.04, null, 0.01], 'none')).toEqual([0.04, null, 0.01]);
  });
});

describe('planning', () => {
  it('asks for the published numbers of people', () => {
    expect(sizeForShare(0.05, 0.1, 0.05, 0.8)).toBe(31_234);
    expect(sizeForShare(0.03, 0.05, 0.05, 0.8)).toBe(207_938);
    expect(sizeForShare(0.2, 0.02, 0.05, 0.8)).toBe(158_150);
    // 2 (1.959964 + 0.841621)² σ² / δ² = 15.697711 σ² / δ².
    expect(sizeForMean({ mean: 50, variance: 900, effect: 0.1, alpha: 0.05, power: 0.8 })).toBe(
      Math.ceil((15.697709 * 900) / 25),
    );
  });

  it('asks for more when one looks every day, and turns back into the effect', () => {
    const plan = { mean: 0.05, variance: 0.0475, effect: 0.1, alpha: 0.05, power: 0.8 };
    const people = sizeForSequential(plan);
    expect(people).toBeGreaterThan(sizeForShare(0.05, 0.1, 0.05, 0.8));
    close(effectFor(people, plan), 0.1, 1e-4);
  });
});

describe('the bandit', () => {
  it('weighs arms by their chance to be the best', () => {
    const arms = [
      { people: 1_000, mean: 0.1, variance: 0.09 },
      { people: 1_000, mean: 0.115, variance: 0.1 },
    ];
    // Of two arms it is Φ of the difference over its error.
    close(chancesToBeBest(arms)[1], normalBelow(0.015 / Math.sqrt(0.00019)));
    close(
      chancesToBeBest([...arms, ...arms]).reduce((sum, each) => sum + each, 0),
      1,
    );
    const same = { people: 50, mean: 1, variance: 2 };
    for (const chance of chancesToBeBest([same, same, same, same])) close(chance, 0.25);
  });

  it('never stops trying an arm, and prefers none it knows nothing of', () => {
    const weights = thompsonWeights(
      [
        { people: 100_000, mean: 0.1, variance: 0.09 },
        { people: 100_000, mean: 0.2, variance: 0.16 },
      ],
      0.05,
    );
    close(weights[0], 0.05);
    close(weights[1], 0.95);
    expect(
      thompsonWeights(
        [
          { people: 0, mean: 0, variance: 0 },
          { people: 9, mean: 1, variance: 1 },
        ],
        0.05,
      ),
    ).toEqual([0.5, 0.5]);
  });
});

describe('simulated experiments', () => {
  const plain = { days: 28, peoplePerDay: 300, rate: 0.05, effect: 0, split: 0.5, alpha: 0.05 };

  it('are called falsely in no more than one of twenty, though looked at daily', () => {
    const result = tally(simulateRuns({ ...plain, experiments: 300, seed: 3 }));
    expect(result.sequential / result.experiments).toBeLessThanOrEqual(0.05);
    // What the promise is worth: the ordinary test looked at daily breaks it several times over.
    expect(result.repeated / result.experiments).toBeGreaterThan(0.15);
    expect(result.once / result.experiments).toBeLessThan(0.1);
    expect(result.sampleRatioOnce / result.experiments).toBeLessThan(0.01);
    expect(result.sampleRatio / result.experiments).toBeLessThan(0.02);
  });

  it('are found out when people are divided 52 to 48', () => {
    const result = tally(
      simulateRuns({ ...plain, days: 1, peoplePerDay: 10_000, split: 0.52, experiments: 300, seed: 4 }),
    );
    expect(result.sampleRatio / result.experiments).toBeGreaterThanOrEqual(0.99);
  });

  it('are called when there is something to find, and the same by the same seed', () => {
    const input = { ...plain, peoplePerDay: 1_000, effect: 0.3, experiments: 40, seed: 5 };
    const result = tally(simulateRuns(input));
    expect(result.sequential).toBeGreaterThan(36);
    expect(tally(simulateRuns(input))).toEqual(result);
  });
});

describe('the verdict', () => {
  const ratio = checkSampleRatio([5_000, 5_000], [1, 1]);
  const finding = {
    variation: 1,
    value: 0.08,
    low: 0.02,
    high: 0.14,
    relative: true,
    decided: true,
    goal: 'increase',
  } as const;
  const input = {
    started: true,
    over: false,
    ratio,
    people: [5_000, 5_000],
    findings: [finding],
    harms: [],
    relevant: 0.02,
  };

  it('names what must stop a reader before anything else', () => {
    expect(decideVerdict({ ...input, started: false }).code).toBe('not_started');
    expect(decideVerdict({ ...input, ratio: { ...ratio, alarm: true } }).code).toBe('sample_ratio');
    expect(decideVerdict({ ...input, people: [5_000, 60] }).code).toBe('too_few');
    const harmed = decideVerdict({ ...input, harms: [{ variation: 1, metric: 'returns', value: 0.2 }] });
    expect(harmed).toMatchObject({ code: 'guardrail', variation: 1, metric: 'returns' });
  });

  it('calls a winner, a loser, two alike, or neither', () => {
    expect(decideVerdict(input)).toMatchObject({ code: 'winner', variation: 1, change: { value: 0.08 } });
    expect(decideVerdict({ ...input, findings: [{ ...finding, goal: 'decrease' }] }).code).toBe('loser');
    const narrow = { ...finding, value: 0, low: -0.01, high: 0.01, decided: false };
    expect(decideVerdict({ ...input, findings: [narrow] }).code).toBe('same');
    const wide = { ...narrow, low: -0.1, high: 0.1 };
    expect(decideVerdict({ ...input, findings: [wide] }).code).toBe('undecided');
    expect(decideVerdict({ ...input, findings: [wide], over: true }).code).toBe('inconclusive');
  });
});
