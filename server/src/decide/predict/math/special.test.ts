import { describe, expect, it } from 'vitest';
import { digamma, lbeta, lgamma } from './gamma.ts';
import { hyp2f1 } from './hypergeometric.ts';
import { minimise, withGradient } from './minimise.ts';
import { normalQuantile } from './normal.ts';

/** Within 1e-10 of a value computed apart, by series in decimal arithmetic of 60 digits. */
const close = (value: number, known: number): void =>
  expect(Math.abs(value - known)).toBeLessThan(1e-10 * Math.max(1, Math.abs(known)));

describe('special functions', () => {
  it.each([
    [0.001, 6.907178885383853, -1000.5755719318103],
    [0.05, 2.9688792010517306, -20.49784499129987],
    [0.2426, 1.3197854750907922, -4.358361853222514],
    [0.5, 0.5723649429247001, -1.9635100260214235],
    [0.9, 0.06637623973474296, -0.7549269499470515],
    [1.0001, -5.7713342220477625e-5, -0.5770511835143348],
    [1.5, -0.12078223763524522, 0.03648997397857652],
    [2, 0, 0.4227843350984671],
    [2.4259, 0.23394149863822075, 0.666157066515542],
    [3.7, 1.4280723266653879, 1.1671535393615113],
    [7.5, 7.534364236758733, 1.9467574842460869],
    [11.99, 17.477885575426185, 2.441792283668335],
    [12, 17.502307845873887, 2.4426616799758123],
    [25.25, 55.585686044869426, 3.208893489869055],
    [100, 359.1342053695754, 4.600161852738087],
    [5000.5, 37586.884887281056, 8.517193193082903],
    [67_000, 677529.3719068257, 11.11244043566797],
  ])('log gamma and digamma of %d', (x, gamma, psi) => {
    close(lgamma(x), gamma);
    close(digamma(x), psi);
  });

  it('know where there is no value', () => {
    expect(lgamma(0)).toBe(Number.POSITIVE_INFINITY);
    expect(lgamma(-1)).toBeNaN();
    expect(digamma(0)).toBeNaN();
    expect(hyp2f1(1, 1, 2, 1)).toBeNaN();
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
    expect(normalQuantile(2)).toBeNaN();
  });

  it('log beta is symmetric and 1/12 at (2, 3)', () => {
    close(lbeta(2, 3), Math.log(1 / 12));
    expect(lbeta(0.3, 4)).toBe(lbeta(4, 0.3));
  });

  it.each([
    [0.2426, 2.4259, 2.2188, 0.5, 1.2067380787142852],
    [0.2426, 2.4259, 2.2188, 0.95, 2.442951363315669],
    [2.2426, 4.4259, 4.2188, 0.474, 4.573741529423776],
    [1.5, 2.5, 4, 0.1, 1.1027405782267963],
    [26.55, 1.6, 27.55, 0.05, 1.0822287244801099],
    [0.6, 0.4, 1.9, 0.99, 1.2742518306201362],
    [10, 12, 23, 0.6, 67.8600521248895],
    [3, 0.5, 2, 0.8, 4.47213595499958],
    [5.2, 7.1, 6.3, 0.7, 1234.570195463678],
    [0.5, 1.5, 2.5, -0.3, 0.9221442585673755],
    [2, 3, 4.5, -0.9, 0.40779268386896983],
    [1.3, 2.6, 3.1, 0, 1],
  ])('2F1(%d, %d; %d; %d)', (a, b, c, z, known) => close(hyp2f1(a, b, c, z), known));

  it.each([
    [9.86587645037698e-10, -6],
    [1.3345749015906338e-5, -4.2],
    [0.0013498980316300946, -3],
    [0.1, -1.2815515655446004],
    [0.3085375387259869, -0.5],
    [0.5, 0],
    [0.539827837277029, 0.1],
    [0.8413447460685429, 1],
    [0.975, 1.959963984540054],
    [0.9937903346742238, 2.5],
  ])('the normal quantile of %d', (u, known) => close(normalQuantile(u), known));
});

describe('the search for a minimum', () => {
  it('finds that of Rosenbrock, by a written slope or by differences', () => {
    const value = ([x = 0, y = 0]: readonly number[]): number => (1 - x) ** 2 + 100 * (y - x * x) ** 2;
    const byDifferences = minimise(withGradient(value), [-1.2, 1], { tolerance: 1e-6 });
    const written = minimise(
      (at) => {
        const [x = 0, y = 0] = at;
        return { value: value(at), gradient: [-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)] };
      },
      [-1.2, 1],
    );
    for (const { at, converged } of [byDifferences, written]) {
      expect(converged).toBe(true);
      expect(at[0]).toBeCloseTo(1, 4);
      expect(at[1]).toBeCloseTo(1, 4);
    }
  });

  it('says when there is none', () => {
    const runsOff = minimise(([x = 0]) => ({ value: -x, gradient: [-1] }), [0]);
    expect(runsOff.converged).toBe(false);
  });
});
