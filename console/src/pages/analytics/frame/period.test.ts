import { describe, expect, it } from 'vitest';
import { daysOf, readPeriod, searchOfPeriod } from './period.ts';

const now = new Date('2026-11-21T23:30:00Z');

describe('the period of a report', () => {
  it('rolls with the calendar of the workspace', () => {
    expect(daysOf({ days: '7' }, 'Europe/Paris', now)).toEqual({ from: '2026-11-16', to: '2026-11-22' });
    expect(daysOf({ days: '30' }, 'UTC', now)).toEqual({ from: '2026-10-23', to: '2026-11-21' });
    expect(daysOf({ days: '45' }, 'UTC', now)).toEqual({ from: '2026-10-08', to: '2026-11-21' });
  });

  it('is read from the address, and what is no period is the usual one', () => {
    expect(readPeriod({ from: '2026-01-01', to: '2026-01-31' })).toEqual({ from: '2026-01-01', to: '2026-01-31' });
    expect(readPeriod({ days: '90' })).toEqual({ days: '90' });
    expect(readPeriod({ days: 'x', from: 'yesterday' }, '365')).toEqual({ days: '365' });
  });

  it('is written so that it can be read again', () => {
    for (const period of [{ days: '90' }, { from: '2026-01-01', to: '2026-01-31' }])
      expect(readPeriod(searchOfPeriod(period))).toEqual(period);
  });
});
