import { describe, expect, it } from 'vitest';
import { endOfDay, localDay, startOfDay } from './localDay.ts';

const start = (day: string, zone: string): string => new Date(startOfDay(day, zone)).toISOString();
const end = (day: string, zone: string): string => new Date(endOfDay(day, zone)).toISOString();

describe('a day where the shop is', () => {
  it('begins and ends at its own midnights', () => {
    expect(start('2026-07-01', 'Europe/Paris')).toBe('2026-06-30T22:00:00.000Z');
    expect(end('2026-07-01', 'Europe/Paris')).toBe('2026-07-01T22:00:00.000Z');
    expect(start('2026-07-01', 'UTC')).toBe('2026-07-01T00:00:00.000Z');
    expect(start('2026-01-01', 'Pacific/Auckland')).toBe('2025-12-31T11:00:00.000Z');
    expect(start('2026-01-01', 'America/Los_Angeles')).toBe('2026-01-01T08:00:00.000Z');
  });

  it('has 23 or 25 hours when clocks change', () => {
    expect(endOfDay('2026-03-29', 'Europe/Paris') - startOfDay('2026-03-29', 'Europe/Paris')).toBe(23 * 3_600_000);
    expect(endOfDay('2026-10-25', 'Europe/Paris') - startOfDay('2026-10-25', 'Europe/Paris')).toBe(25 * 3_600_000);
  });

  it('begins with the leap where clocks leap over midnight', () => {
    // In Cairo the 24th of April 2026 has no hour from 0 to 1.
    expect(start('2026-04-24', 'Africa/Cairo')).toBe('2026-04-23T22:00:00.000Z');
    expect(localDay(startOfDay('2026-04-24', 'Africa/Cairo') - 1, 'Africa/Cairo')).toBe('2026-04-23');
  });

  it('is the day of every moment within it', () => {
    for (const zone of ['Europe/Paris', 'Asia/Kolkata', 'America/St_Johns', 'Pacific/Kiritimati']) {
      for (const day of ['2026-02-28', '2026-03-29', '2026-12-31']) {
        expect(localDay(startOfDay(day, zone), zone)).toBe(day);
        expect(localDay(endOfDay(day, zone) - 1, zone)).toBe(day);
      }
    }
  });
});
