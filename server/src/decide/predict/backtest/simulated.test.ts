import { describe, expect, it } from 'vitest';
import { expectedOrders, fitDropout } from '../models/dropout.ts';
import { fitSpend, spendingOf } from '../models/gammaGamma.ts';
import { groupPurchases } from '../models/purchases.ts';
import { simulateShop } from '../models/simulate.ts';
import { orderChance, outlookOf } from '../models/survivors.ts';
import { worthOf } from '../models/worth.ts';
import { learnShop } from './learnShop.ts';
import { outcomeOf, summarise } from './summary.ts';

const truth = { purchases: { r: 0.6, alpha: 60, a: 0.9, b: 3.2 }, spend: { p: 6, q: 4, g: 60 } };
/** In tenths of days: two orders of one day are one, which would bend the parameters. */
const fine = { ...truth.purchases, alpha: 600 };
const cut = 720;
const shop = simulateShop(200_000, { ...truth, purchases: fine }, { days: 9_000, arrivalDays: 5_000, seed: 1 });
const past = summarise(shop, cut * 10);
const near = (value: number, known: number, share: number): void =>
  expect(Math.abs(value / known - 1)).toBeLessThan(share);

describe('customers simulated by the models', () => {
  it('give back the parameters they were made with', () => {
    const { params, converged } = fitDropout('mbgnbd', groupPurchases(past, 1));
    expect(converged).toBe(true);
    near(params.r, 0.6, 0.05);
    near(params.alpha, 600, 0.05);
    near(params.a, 0.9, 0.05);
    near(params.b, 3.2, 0.05);
    near(params.a / (params.a + params.b), 0.9 / 4.1, 0.05);
    const spend = fitSpend(spendingOf(past));
    near(spend?.params.p ?? 0, 6, 0.05);
    near(spend?.params.q ?? 0, 4, 0.05);
    near(spend?.params.g ?? 0, 60, 0.05);
  });

  it('order as often and spend as much as expected, with as wide a spread', () => {
    const horizon = 1_800;
    const outcome = outcomeOf(shop, past, cut * 10, horizon);
    let [expected, inside, insideValue, chance, came] = [0, 0, 0, 0, 0];
    let [worth, actualWorth] = [0, 0];
    const people = 50_000;
    for (let row = 0; row < people; row++) {
      const history = { x: past.x[row] ?? 0, tx: past.tx[row] ?? 0, age: past.age[row] ?? 0 };
      const outlook = outlookOf(fine, history, horizon);
      const value = worthOf(outlook, truth.spend, past.valued[row] ?? 0, past.mean[row] ?? 0);
      const [orders, money] = [outcome.orders[row] ?? 0, outcome.revenue[row] ?? 0];
      expected += outlook.mean;
      worth += value.mean;
      actualWorth += money;
      chance += outlook.any;
      came += orders > 0 ? 1 : 0;
      if (orders >= outlook.low && orders <= outlook.high) inside++;
      if (money >= value.low - 1e-9 && money <= value.high + 1e-9) insideValue++;
    }
    const actual = outcome.orders.subarray(0, people).reduce((sum, each) => sum + each, 0);
    near(expected, actual, 0.02);
    near(chance, came, 0.02);
    near(worth, actualWorth, 0.03);
    // Counts are whole, so an interval of them holds at least as many as it says.
    expect(inside / people).toBeGreaterThan(0.8);
    expect(insideValue / people).toBeGreaterThan(0.8);
    expect(insideValue / people).toBeLessThan(0.97);
  });

  it('are foreseen by the closed form as by the sum over counts', () => {
    const purchases = { r: 0.6, alpha: 60, a: 0.9, b: 3.2 };
    for (const history of [
      { x: 0, tx: 0, age: 300 },
      { x: 3, tx: 200, age: 260 },
      { x: 25, tx: 700, age: 720 },
    ]) {
      const { mean, any } = outlookOf(purchases, history, 180);
      near(mean, expectedOrders('mbgnbd', purchases, history, 180), 1e-6);
      near(any, orderChance(purchases, history, 180), 1e-12);
    }
  });

  it('are learnt whole, and proved: calibrated, ranked, totals and dates inside their intervals', () => {
    const daily = simulateShop(12_000, truth, { days: 900, arrivalDays: 500, seed: 21 });
    const learning = learnShop(daily, { today: cut });
    expect(learning.reasons).toEqual(['season_unknown']);
    expect(learning.served).not.toBeNull();
    expect(learning.backtests).toHaveLength(3);
    for (const backtest of learning.backtests) {
      const { auc, ece } = backtest.models.mbgnbd ?? { auc: null, ece: null };
      expect(auc).toBeGreaterThan(0.75);
      expect(ece).toBeLessThan(0.02);
      expect(backtest.orders.actual).toBeGreaterThan(backtest.orders.low);
      expect(backtest.orders.actual).toBeLessThan(backtest.orders.high);
      expect(backtest.nextOrder?.coverage).toBeGreaterThan(0.75);
      expect(backtest.nextOrder?.coverage).toBeLessThan(0.85);
      const { topDecile } = backtest;
      expect(topDecile?.model).toBeGreaterThan(0.2);
      expect(topDecile?.perfect).toBeGreaterThan(topDecile?.model ?? 1);
    }
  });
});
