import { describe, expect, it } from 'vitest';
import { addDays, listDays, localDay, startOfDay } from './days.ts';

describe('local days', () => {
  it('begin at local midnight, summer and winter', () => {
    expect(startOfDay('2026-07-14', 'Europe/Paris').toISOString()).toBe('2026-07-13T22:00:00.000Z');
    expect(startOfDay('2026-01-14', 'Europe/Paris').toISOString()).toBe('2026-01-13T23:00:00.000Z');
    expect(startOfDay('2026-01-14', 'Pacific/Auckland').toISOString()).toBe('2026-01-13T11:00:00.000Z');
    expect(startOfDay('2026-01-14', 'Asia/Kathmandu').toISOString()).toBe('2026-01-13T18:15:00.000Z');
  });

  it('begin at the first instant there is where the clocks skip midnight', () => {
    expect(startOfDay('2026-09-06', 'America/Santiago').toISOString()).toBe('2026-09-06T04:00:00.000Z');
  });

  it('follow one another across months and leap days', () => {
    expect(listDays('2024-02-28', '2024-03-01')).toEqual(['2024-02-28', '2024-02-29', '2024-03-01']);
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(localDay(new Date('2026-01-01T23:30:00Z'), 'Europe/Paris')).toBe('2026-01-02');
  });
});
