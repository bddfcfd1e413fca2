import { describe, expect, it } from 'vitest';
import { addCounts, sumDays, sumOf } from './sums.ts';

describe('health figures', () => {
  it('add up by reason', () => {
    const total = addCounts([{ plan: 1, invalid: 2 }, { plan: 3 }, {}]);
    expect(total).toEqual({ plan: 4, invalid: 2 });
    expect(sumOf(total)).toBe(6);
  });

  it('show every day, also one on which nothing came', () => {
    const day = { day: '2026-03-01', accepted: 5, violations: 1, dropped: { plan: 2 }, refused: { bad_key: 1 } };
    expect(sumDays('2026-02-28', '2026-03-02', [{ days: [day] }, { days: [day] }])).toEqual([
      { day: '2026-02-28', accepted: 0, dropped: 0, refused: 0, violations: 0 },
      { day: '2026-03-01', accepted: 10, dropped: 4, refused: 2, violations: 2 },
      { day: '2026-03-02', accepted: 0, dropped: 0, refused: 0, violations: 0 },
    ]);
  });
});
