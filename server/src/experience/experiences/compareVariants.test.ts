import { describe, expect, it } from 'vitest';
import { compareVariants } from './compareVariants.ts';

const group = (variant: string, people: number, buyers: number) => ({
  variant,
  people,
  buyers,
  views: people,
  clicks: 0,
  closes: 0,
  answers: 0,
  orders: buyers,
  revenue: buyers * 40,
});

describe('variants against the control group', () => {
  it('are told apart where the difference is plain, as a share of the control group', () => {
    const [a, b] = compareVariants([group('', 20_000, 1_000), group('a', 20_000, 1_400), group('b', 20_000, 1_010)]);
    expect(a).toMatchObject({ variant: 'a', relative: true });
    expect(a?.value).toBeCloseTo(0.4, 10);
    expect(a?.low).toBeGreaterThan(0);
    expect(b?.low).toBeLessThan(0);
    expect(b?.high).toBeGreaterThan(0);
  });

  it('are a difference of two shares where nobody of the control group bought', () => {
    const [a] = compareVariants([group('', 5_000, 0), group('a', 5_000, 100)]);
    expect(a).toMatchObject({ variant: 'a', relative: false });
    expect(a?.value).toBeCloseTo(0.02, 10);
  });

  it('are not compared without a control group, or with too few people or buyers', () => {
    expect(compareVariants([group('a', 5_000, 100)])).toEqual([]);
    expect(compareVariants([group('', 99, 20), group('a', 5_000, 100)])).toEqual([]);
    expect(compareVariants([group('', 500, 4), group('a', 99, 20), group('b', 500, 5)])).toEqual([]);
  });
});
