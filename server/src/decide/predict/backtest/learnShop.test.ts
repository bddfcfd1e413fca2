import { describe, expect, it } from 'vitest';
import { simulateShop } from '../models/simulate.ts';
import { chooseCuts, learnShop } from './learnShop.ts';
import { accuracyOf, aucOf, topDecileShare } from './measure.ts';
import { OrderDaysReader } from './readOrderDays.ts';
import type { OrderDays } from './summary.ts';

/** Order days of customers, each a list of [day, value]. */
function ordersOf(customers: readonly (readonly (readonly [number, number])[])[]): OrderDays {
  const starts = [0];
  for (const each of customers) starts.push((starts.at(-1) ?? 0) + each.length);
  const all = customers.flat();
  return {
    starts: Int32Array.from(starts),
    days: Int32Array.from(all, ([day]) => day),
    values: Float64Array.from(all, ([, value]) => value),
  };
}
const many = <T>(count: number, of: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => of(index));

describe('shops of which little can be said', () => {
  it('without orders', () => {
    expect(learnShop(ordersOf([]), { today: 100 })).toMatchObject({ served: null, reasons: ['no_orders'] });
  });

  it('in which nobody came back', () => {
    const learning = learnShop(ordersOf(many(600, (n) => [[n % 300, 20]])), { today: 300 });
    expect(learning).toMatchObject({ served: null, reasons: ['nobody_bought_three_times'], models: {} });
    expect(learning.training).toMatchObject({ customers: 600, repeaters: 0 });
  });

  it('with few buyers, a short history, and no order for long', () => {
    const orders = ordersOf(
      many(40, (n) => [
        [n, 20],
        [n + 5, 30],
        [n + 9, 10],
      ]),
    );
    const { served, reasons } = learnShop(orders, { today: 200 });
    expect(served).toBeNull();
    expect(reasons).toEqual(expect.arrayContaining(['too_few_buyers', 'no_recent_order']));
    expect(learnShop(orders, { today: 50 }).reasons).toContain('history_too_short');
  });

  it('in which everybody spends the same: the mean order is that, and it is said', () => {
    const simulated = simulateShop(
      800,
      { purchases: { r: 0.8, alpha: 40, a: 0.6, b: 2.5 }, spend: { p: 5, q: 4, g: 50 } },
      { days: 400, arrivalDays: 300, seed: 3 },
    );
    const learning = learnShop({ ...simulated, values: simulated.values.map(() => 25) }, { today: 400 });
    expect(learning.reasons).toContain('spend_is_constant');
    expect(learning.served).not.toBeNull();
    const { p = 0, q = 0, g = 0 } = learning.scoring?.spend ?? {};
    expect((p * g) / (q - 1)).toBeCloseTo(25, 3);
    expect(learning.value30?.expected).toBeGreaterThan(0);
  });

  it('with a wholesaler of an order every day among people', () => {
    const simulated = simulateShop(
      1_000,
      { purchases: { r: 0.8, alpha: 40, a: 0.6, b: 2.5 }, spend: { p: 5, q: 4, g: 50 } },
      { days: 500, arrivalDays: 400, seed: 11 },
    );
    const wholesaler = many(500, (day) => day);
    const orders: OrderDays = {
      starts: Int32Array.from([...simulated.starts, simulated.days.length + 500]),
      days: Int32Array.from([...simulated.days, ...wholesaler]),
      values: Float64Array.from([...simulated.values, ...wholesaler.map(() => 5_000)]),
    };
    const learning = learnShop(orders, { today: 500 });
    expect(learning.models.mbgnbd?.converged).toBe(true);
    expect(learning.served).not.toBeNull();
    for (const { orders: total } of learning.backtests) expect(Number.isFinite(total.expected)).toBe(true);
  });

  it('without a single known value: everything but values', () => {
    const simulated = simulateShop(
      800,
      { purchases: { r: 0.8, alpha: 40, a: 0.6, b: 2.5 }, spend: { p: 5, q: 4, g: 50 } },
      { days: 400, arrivalDays: 300, seed: 5 },
    );
    const learning = learnShop({ ...simulated, values: simulated.values.map(() => Number.NaN) }, { today: 400 });
    expect(learning.served).not.toBeNull();
    expect(learning.value30).toBeNull();
    expect(learning.backtests[0]?.revenue).toBeNull();
  });

  it('in which nobody ever leaves: it is said', () => {
    const regular = ordersOf(
      many(300, (n) => many(12, (k): [number, number] => [(n % 7) + k * 30 + ((n * k) % 11), 20 + (n % 9)])),
    );
    const { models, reasons } = learnShop(regular, { today: 350 });
    expect(models.mbgnbd).toBeDefined();
    expect(reasons.some((reason) => reason === 'dropout_not_identifiable' || reason === 'not_converged')).toBe(true);
  });
});

describe('measures', () => {
  it('count ties as half, and have no number when nobody ordered', () => {
    expect(aucOf(Float64Array.of(0.1, 0.4, 0.4, 0.9), Uint8Array.of(0, 0, 1, 1))).toBe(0.875);
    expect(aucOf(Float64Array.of(0.1, 0.4), Uint8Array.of(0, 0))).toBeNull();
    expect(accuracyOf(new Float64Array(), new Uint8Array())).toEqual({
      auc: null,
      brier: null,
      ece: null,
      logLoss: null,
    });
  });

  it('are perfect for who knows all, and say what a constant costs', () => {
    const known = Float64Array.from(many(100, (n) => (n < 30 ? 1 : 0)));
    expect(accuracyOf(known, Uint8Array.from(known))).toMatchObject({ auc: 1, brier: 0, ece: 0 });
    const constant = accuracyOf(new Float64Array(100).fill(0.3), Uint8Array.from(known));
    expect(constant.brier).toBeCloseTo(0.21, 6);
    expect(constant.auc).toBe(0.5);
  });

  it('give the best tenth its share', () => {
    const revenue = Float64Array.from(many(10, (n) => (n === 9 ? 50 : 10)));
    expect(topDecileShare(revenue, revenue)).toBeCloseTo(50 / 140, 6);
  });

  it('look back as far as the history allows', () => {
    expect(chooseCuts(0, 800)).toEqual([710, 620, 530].map((day) => ({ day, horizon: 90 })));
    expect(chooseCuts(0, 200)).toEqual([140, 80].map((day) => ({ day, horizon: 60 })));
    expect(chooseCuts(0, 60)).toEqual([]);
  });
});

describe('order days as they arrive', () => {
  it('are read whatever the pieces, with values that are not known', () => {
    const text = '"person","day","value"\n"7",3,1.5\n"7",10,\\N\n"12",4,-2e1\n';
    for (const size of [1, 7, 1_000]) {
      const reader = new OrderDaysReader();
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
      const { starts, days, values } = reader.finish();
      expect([...starts]).toEqual([0, 2, 3]);
      expect([...days]).toEqual([3, 10, 4]);
      expect([...values]).toEqual([1.5, Number.NaN, -20]);
    }
  });
});
