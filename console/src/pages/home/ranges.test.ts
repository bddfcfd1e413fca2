import { describe, expect, it } from 'vitest';
import { changeOf, rangeOf, spanOf } from './ranges.ts';

describe('the days of the home page', () => {
  it('end today where the shop is, not where the reader or the server is', () => {
    const late = new Date('2026-03-01T23:30:00Z');
    expect(rangeOf('7', late, 'Europe/Paris')).toEqual({ from: '2026-02-24', to: '2026-03-02' });
    expect(rangeOf('30', late, 'America/Montreal')).toEqual({ from: '2026-01-31', to: '2026-03-01' });
  });

  it('fall back to a month when the address says something else', () => {
    expect(spanOf('90')).toBe('90');
    expect(spanOf('12')).toBe('30');
    expect(spanOf(undefined)).toBe('30');
  });

  it('compare with the days before, when there were any', () => {
    expect(changeOf(150, 100)).toBe(0.5);
    expect(changeOf(3, 0)).toBeNull();
  });
});
