import { expect, it } from 'vitest';
import { expectedFromStart, orderCountChance } from './dropout.ts';
import { paretoAlive } from './paretonbd.ts';

// Published for the CDNOW sample, in weeks: expectations with the parameters as fitted, chances with the rounded ones.
const fitted = { r: 0.2425945, alpha: 4.4136019, a: 0.7929199, b: 2.4258881 };
const dropout = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
const pareto = { r: 0.55315, alpha: 10.57633, s: 0.60625, beta: 11.6715 };

it.each([
  [0.1429, 0.0078],
  [1, 0.0532],
  [3, 0.1506],
  [31.8571, 1.0405],
  [32, 1.0437],
  [78, 1.8576],
])('a new buyer is expected to order again within %s weeks %s times', (weeks, orders) => {
  expect(expectedFromStart(fitted, weeks)).toBeCloseTo(orders, 3);
});

it('says how likely exactly so many orders are', () => {
  expect(orderCountChance(dropout, 0, 39)).toBeCloseTo(0.5737864, 6);
  expect(orderCountChance(dropout, 10, 2) / 1.07869e-7).toBeCloseTo(1, 4);
});

it('says how likely a buyer is still there', () => {
  expect(paretoAlive(pareto, 26, 30.86, 31)).toBeCloseTo(0.9979, 4);
});
