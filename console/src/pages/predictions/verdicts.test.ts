import type { Backtest } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { compareWithRule, gapOf, placesOf, sortReasons } from './verdicts.ts';

const accuracy = (auc: number | null) => ({ auc, brier: 0.1, ece: 0.02, logLoss: 0.3 });
const backtest = (model: number | null, rule: number | null): Backtest => ({
  cut: '2026-08-01T00:00:00Z',
  horizonDays: 90,
  customers: 100,
  baseRate: 0.2,
  models: { mbgnbd: accuracy(model) },
  recencyOnly: accuracy(rule),
  served: 'mbgnbd',
  deciles: [],
  oneTime: { ...accuracy(null), customers: 0 },
  repeat: { ...accuracy(null), customers: 0 },
  orders: { expected: 1, low: 0, high: 2, actual: 1 },
  revenue: null,
  topDecile: null,
  nextOrder: null,
});

describe('what is said of a prediction', () => {
  it('parts reasons to be careful from reasons why there is nothing newer', () => {
    const at = '2026-11-01T00:00:00Z';
    const sorted = sortReasons({ reasons: ['season_unknown', 'not_converged'], at, triedAt: '2026-11-02T00:00:00Z' });
    expect(sorted).toEqual({ care: ['season_unknown'], stopped: ['not_converged'], kept: true });
    expect(sortReasons({ reasons: ['too_few_buyers'], at: null, triedAt: at }).kept).toBe(false);
    expect(sortReasons({ reasons: ['totals_off'], at, triedAt: at }).kept).toBe(false);
  });

  it('compares with the plain rule and calls a hair’s breadth the same', () => {
    expect(compareWithRule(backtest(0.839, 0.828))?.kind).toBe('better');
    expect(compareWithRule(backtest(0.83, 0.828))?.kind).toBe('same');
    expect(compareWithRule(backtest(0.757, 0.771))?.kind).toBe('worse');
    expect(compareWithRule(backtest(null, 0.771))).toBeNull();
  });
});

describe('a total beside what came', () => {
  it('names the gap of what came from what was expected', () => {
    expect(gapOf({ expected: 1653, actual: 1882 })).toMatchObject({ direction: 'more' });
    expect(gapOf({ expected: 200, actual: 150 })).toEqual({ direction: 'less', gap: 0.25 });
    expect(gapOf({ expected: 1000, actual: 1004 }).direction).toBe('same');
    expect(gapOf({ expected: 0, actual: 0 }).direction).toBe('same');
  });

  it('keeps everything within the picture, negative and empty totals too', () => {
    const far = placesOf({ expected: 10, low: -5, high: 20, actual: 100 });
    expect(far.low).toBe(0);
    expect(far.actual).toBeCloseTo(1 / 1.05);
    expect(placesOf({ expected: 0, low: 0, high: 0, actual: 0 })).toEqual({ low: 0, high: 0, expected: 0, actual: 0 });
  });
});
