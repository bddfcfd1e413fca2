import { normalBelow, normalDensity } from './distributions.ts';
import type { Estimate } from './estimate.ts';

/** Enough of them for six digits: the integrand is smooth and dies away at both ends. */
const steps = 2_000;
const reach = 9;

/**
 * For each arm the chance to be the best one, under flat priors: P(k) = ∫ φ_k(x) ∏ Φ_j(x) dx, by Simpson's rule. What
 * Thompson sampling draws towards, without the draws: the same data give the same weights.
 */
export function chancesToBeBest(arms: readonly Estimate[], goal: 'increase' | 'decrease' = 'increase'): number[] {
  const known = arms.map(({ people, mean, variance }) => ({
    mean: goal === 'increase' ? mean : -mean,
    error: people < 2 ? Number.NaN : Math.sqrt(variance / people),
  }));
  // An arm nobody or nothing is known of could be anything: no arm is preferred.
  if (known.some(({ error }) => !(error > 0))) return arms.map(() => 1 / arms.length);
  const chances = known.map((own, index) => {
    const at = (z: number): number =>
      known.reduce(
        (product, other, place) =>
          place === index ? product : product * normalBelow((own.mean + z * own.error - other.mean) / other.error),
        normalDensity(z),
      );
    const width = (2 * reach) / steps;
    let sum = 0;
    for (let step = 0; step <= steps; step++) {
      const weight = step === 0 || step === steps ? 1 : step % 2 === 1 ? 4 : 2;
      sum += weight * at(-reach + step * width);
    }
    return (sum * width) / 3;
  });
  const whole = chances.reduce((sum, chance) => sum + chance, 0);
  return chances.map((chance) => chance / whole);
}

/** The chances as weights, none below `minimum`: whoever seems bad is still tried, in case that was bad luck. */
export function thompsonWeights(
  arms: readonly Estimate[],
  minimum: number,
  goal: 'increase' | 'decrease' = 'increase',
): number[] {
  const floor = Math.min(minimum, 1 / arms.length);
  const room = 1 - floor * arms.length;
  return chancesToBeBest(arms, goal).map((chance) => floor + room * chance);
}
