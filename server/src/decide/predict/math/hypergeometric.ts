/** More than the slowest series needs that the models ask for (an argument of 0.9999). */
const mostTerms = 500_000;

/**
 * Gauss's hypergeometric function 2F1(a, b; c; z) for z below 1 and c above 0: the power series, after the transformation
 * of Pfaff where z is negative and that of Euler where the plain series would hardly shrink. NaN when it does not settle.
 */
export function hyp2f1(a: number, b: number, c: number, z: number): number {
  if (z === 0) return 1;
  if (z < 0) return (1 - z) ** -a * hyp2f1(a, c - b, c, z / (z - 1));
  if (!(z < 1)) return Number.NaN;
  if (c - a - b < 0 && z > 0.5) return (1 - z) ** (c - a - b) * series(c - a, c - b, c, z);
  return series(a, b, c, z);
}

function series(a: number, b: number, c: number, z: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 0; n < mostTerms; n++) {
    term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z;
    sum += term;
    // What is left is about a geometric series.
    if (Math.abs(term) <= 1e-16 * (1 - z) * Math.abs(sum)) return sum;
  }
  return Number.NaN;
}
