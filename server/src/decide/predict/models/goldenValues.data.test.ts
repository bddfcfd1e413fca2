import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aliveChance, expectedOrders, fitDropout } from './dropout.ts';
import { expectedSpend, fitSpend } from './gammaGamma.ts';
import { fitPareto } from './paretonbd.ts';
import { distinctOf, groupPurchases } from './purchases.ts';

/** The CDNOW sample as the literature uses it; its licence differs, so it is not part of this repository. */
function readCdnow() {
  const folder = process.env.VITRAIL_SHARED_DATA;
  if (folder === undefined || folder === '') {
    throw new Error('VITRAIL_SHARED_DATA is not set: give the folder that holds commerce/, then run npm run test:data');
  }
  const file = resolve(folder, 'commerce/cdnow/cdnow_customers_summary_with_transactions.csv');
  if (!existsSync(file)) throw new Error(`there is no ${file}`);
  const rows = readFileSync(file, 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(',').map(Number));
  const column = (index: number): number[] => rows.map((row) => row[index] ?? 0);
  // Whole days again: the file has weeks, rounded.
  const days = (weeks: number[]): Float64Array => Float64Array.from(weeks, (each) => Math.round(each * 7));
  const x = Int32Array.from(column(1));
  const repeats = x.filter((each) => each > 0);
  return {
    purchases: groupPurchases({ x, tx: days(column(2)), age: days(column(3)) }, 7),
    spending: {
      x: repeats,
      distinct: distinctOf(repeats),
      mean: Float64Array.from(column(4).filter((_, index) => (x[index] ?? 0) > 0)),
    },
    first: rows.slice(0, 10),
  };
}

const within = (value: number, published: number, share = 1e-3): void =>
  expect(Math.abs(value / published - 1)).toBeLessThan(share);

describe('the published fits of CDNOW', () => {
  it('BG/NBD', () => {
    const { params, logLikelihood, converged } = fitDropout('bgnbd', readCdnow().purchases);
    expect(converged).toBe(true);
    within(params.r, 0.2425945);
    within(params.alpha, 4.4136019);
    within(params.a, 0.7929199);
    within(params.b, 2.4258881);
    expect(logLikelihood).toBeCloseTo(-9582.43, 1);
    expect(Math.abs(logLikelihood + 9582.43)).toBeLessThan(0.01);
    const history = { x: 2, tx: 30.43, age: 38.86 };
    expect(expectedOrders('bgnbd', params, history, 39)).toBeCloseTo(1.226, 3);
    expect(aliveChance('bgnbd', params, 0, 0, 38.86)).toBe(1);
  });

  it('Pareto/NBD', () => {
    const { params, logLikelihood, converged } = fitPareto(readCdnow().purchases);
    expect(converged).toBe(true);
    within(params.r, 0.5533);
    within(params.alpha, 10.578);
    within(params.s, 0.6062);
    within(params.beta, 11.669);
    expect(Math.abs(logLikelihood + 9594.98)).toBeLessThan(0.01);
  });

  it('Gamma-Gamma, and the mean order of the first ten customers', () => {
    const { spending, first } = readCdnow();
    const fitted = fitSpend(spending);
    expect(fitted?.kind).toBe('fitted');
    if (fitted === null) return;
    within(fitted.params.p, 6.25);
    within(fitted.params.q, 3.7446);
    within(fitted.params.g, 15.4477);
    expect(Math.abs(fitted.logLikelihood + 4055.92)).toBeLessThan(0.01);
    const published = [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17];
    for (const [index, row] of first.entries()) {
      const spend = expectedSpend(fitted.params, row[1] ?? 0, row[4] ?? 0);
      expect(Math.abs(spend - (published[index] ?? 0))).toBeLessThan(0.1);
    }
  });

  it('MBG/NBD converges to a better likelihood than BG/NBD has there', () => {
    const { purchases } = readCdnow();
    const modified = fitDropout('mbgnbd', purchases);
    expect(modified.converged).toBe(true);
    expect(modified.logLikelihood).toBeGreaterThan(-9600);
  });
});
