/** Below this the recurrence carries the argument up to where the asymptotic series is exact to the last digits. */
const large = 12;
const halfLogTwoPi = 0.9189385332046728;

/** Natural logarithm of the gamma function of a positive number (Stirling's series after the recurrence). */
export function lgamma(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  let shifted = x;
  let product = 1;
  while (shifted < large) product *= shifted++;
  const inverse = 1 / shifted;
  const square = inverse * inverse;
  const series =
    inverse *
    (1 / 12 -
      square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - square * (691 / 360_360))))));
  return (shifted - 0.5) * Math.log(shifted) - shifted + halfLogTwoPi + series - Math.log(product);
}

/** Derivative of `lgamma`. */
export function digamma(x: number): number {
  if (!(x > 0)) return Number.NaN;
  let shifted = x;
  let sum = 0;
  while (shifted < large) sum -= 1 / shifted++;
  const inverse = 1 / shifted;
  const square = inverse * inverse;
  return (
    sum +
    Math.log(shifted) -
    inverse / 2 -
    square *
      (1 / 12 -
        square * (1 / 120 - square * (1 / 252 - square * (1 / 240 - square * (1 / 132 - square * (691 / 32_760))))))
  );
}

/** Natural logarithm of the beta function. */
export const lbeta = (a: number, b: number): number => lgamma(a) + lgamma(b) - lgamma(a + b);
