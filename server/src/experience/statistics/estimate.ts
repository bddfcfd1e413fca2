/**
 * Sums over the people of one arm, as the engine gives them. `y` is what is measured of a person, `d` the denominator of a
 * ratio, `x` the same as `y` before the person was first exposed. People without anything count in `people` alone.
 */
export interface ArmSums {
  readonly people: number;
  readonly y: number;
  readonly yy: number;
  readonly d?: number | undefined;
  readonly dd?: number | undefined;
  readonly yd?: number | undefined;
  readonly x?: number | undefined;
  readonly xx?: number | undefined;
  readonly xy?: number | undefined;
}

/** A mean (or ratio) over people with the variance of one person's part in it: its error is sqrt(variance / people). */
export interface Estimate {
  readonly people: number;
  readonly mean: number;
  readonly variance: number;
}

const covariance = (n: number, a: number, b: number, ab: number): number => (n < 2 ? 0 : (ab - (a * b) / n) / (n - 1));
const varianceOf = (n: number, a: number, aa: number): number => Math.max(0, covariance(n, a, a, aa));

/** A share of people: 0 or 1 of each. The variance is that of the binomial, without Bessel's correction. */
export function shareOf({ people, y }: ArmSums): Estimate {
  const mean = people === 0 ? 0 : y / people;
  return { people, mean, variance: mean * (1 - mean) };
}

/** A mean over people. */
export const meanOf = ({ people, y, yy }: ArmSums): Estimate => ({
  people,
  mean: people === 0 ? 0 : y / people,
  variance: varianceOf(people, y, yy),
});

/**
 * A ratio of two sums, such as revenue per order, where people and not orders were drawn: the delta method (Deng, Knoblich,
 * Lu 2018, "Applying the Delta Method in Metric Analytics", equation 4). Null without a denominator.
 */
export function ratioOf({ people, y, yy, d = 0, dd = 0, yd = 0 }: ArmSums): Estimate | null {
  if (people < 2 || d === 0) return null;
  const meanD = d / people;
  const ratio = y / d;
  const variance =
    (varianceOf(people, y, yy) - 2 * ratio * covariance(people, y, d, yd) + ratio ** 2 * varianceOf(people, d, dd)) /
    meanD ** 2;
  return { people, mean: ratio, variance: Math.max(0, variance) };
}

export interface Adjusted {
  readonly estimates: readonly Estimate[];
  /** Share of the variance that what was known before explains; 0 when nothing was adjusted. */
  readonly explained: number;
}

/**
 * CUPED (Deng, Xu, Kohavi, Walker 2013): what people did before explains part of what they do after, and takes its noise
 * away. One coefficient for all arms, from their pooled covariances; means are adjusted to the mean covariate of everyone,
 * so their difference stays unbiased.
 */
export function adjustByCovariate(arms: readonly ArmSums[], unadjusted: readonly Estimate[]): Adjusted {
  const pooled = arms.reduce(
    (sum, { people, y, x = 0, xx = 0, xy = 0 }) => ({
      people: sum.people + people,
      x: sum.x + x,
      within: sum.within + varianceOf(people, x, xx) * Math.max(0, people - 1),
      cross: sum.cross + covariance(people, x, y, xy) * Math.max(0, people - 1),
    }),
    { people: 0, x: 0, within: 0, cross: 0 },
  );
  if (pooled.within <= 0 || pooled.people === 0) return { estimates: unadjusted, explained: 0 };
  const theta = pooled.cross / pooled.within;
  const meanX = pooled.x / pooled.people;
  const estimates = arms.map((arm, index) => {
    const { people, y, x = 0, xx = 0, xy = 0 } = arm;
    const before = unadjusted[index] ?? { people, mean: 0, variance: 0 };
    if (people < 2) return before;
    const variance =
      before.variance + theta ** 2 * varianceOf(people, x, xx) - 2 * theta * covariance(people, x, y, xy);
    return { people, mean: before.mean - theta * (x / people - meanX), variance: Math.max(0, variance) };
  });
  const spread = (list: readonly Estimate[]): number =>
    list.reduce((sum, each) => sum + each.variance * each.people, 0);
  const whole = spread(unadjusted);
  return { estimates, explained: whole === 0 ? 0 : Math.max(0, 1 - spread(estimates) / whole) };
}

/** A difference between two arms with the variance of its estimate. */
export interface Difference {
  readonly value: number;
  /** Of the estimate itself: its error is the root. */
  readonly variance: number;
  /** People of both arms. */
  readonly people: number;
}

/** Variation less control, in the unit of the metric. */
export const absoluteDifference = (control: Estimate, variation: Estimate): Difference => ({
  value: variation.mean - control.mean,
  variance:
    control.people === 0 || variation.people === 0
      ? 0
      : control.variance / control.people + variation.variance / variation.people,
  people: control.people + variation.people,
});

/** Variation less control, as a share of control: the delta method once more. Null when control is 0. */
export function relativeDifference(control: Estimate, variation: Estimate): Difference | null {
  if (control.mean <= 0 || control.people === 0 || variation.people === 0) return null;
  return {
    value: (variation.mean - control.mean) / control.mean,
    variance:
      variation.variance / variation.people / control.mean ** 2 +
      ((control.variance / control.people) * variation.mean ** 2) / control.mean ** 4,
    people: control.people + variation.people,
  };
}
