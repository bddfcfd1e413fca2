import { lbeta, lgamma, normalQuantile } from '../../decide/index.ts';

export { lbeta, normalQuantile };

const precision = 1e-16;
const tiny = 1e-300;

/**
 * The upper regularised incomplete gamma function Q(a, x): the series for small x, the continued fraction (modified Lentz)
 * for large. NIST Handbook of Mathematical Functions 8.11.4 and 8.9.2.
 */
export function gammaUpper(a: number, x: number): number {
  if (!(a > 0) || !(x >= 0)) return Number.NaN;
  if (x === 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  const scale = Math.exp(a * Math.log(x) - x - lgamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < 10_000 && term > sum * precision; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return 1 - scale * sum;
  }
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 10_000; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / (numerator * d + b || tiny);
    c = b + numerator / c || tiny;
    const step = d * c;
    fraction *= step;
    if (Math.abs(step - 1) < precision * 10) break;
  }
  return scale * fraction;
}

/** How often chi-square with so many degrees of freedom is larger. */
export const chiSquareTail = (value: number, degrees: number): number => gammaUpper(degrees / 2, value / 2);

export const normalDensity = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);

/** The share of the standard normal distribution below z. */
export function normalBelow(z: number): number {
  if (Number.isNaN(z)) return Number.NaN;
  const tail = 0.5 * gammaUpper(0.5, (z * z) / 2);
  return z < 0 ? tail : 1 - tail;
}

/** How often a standard normal lies further from 0 on either side. */
export const normalTwoSided = (z: number): number => gammaUpper(0.5, (z * z) / 2);
