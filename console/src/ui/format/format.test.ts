import { describe, expect, it } from 'vitest';
import { makeFormat } from './format.ts';

const french = makeFormat({ locale: 'fr-FR', timeZone: 'Europe/Paris', currency: 'EUR' });
const english = makeFormat({ locale: 'en-GB', timeZone: 'Europe/London', currency: 'GBP' });

describe('French figures', () => {
  it('groups with a narrow no-break space and puts the sign last', () => {
    expect(french.money(1234.56)).toBe('1\u202f234,56\u00a0€');
    expect(french.number(1_234_567)).toBe('1\u202f234\u202f567');
  });

  it('shows 24 hours in the time zone of the workspace, across the change of summer time', () => {
    expect(french.dateTime('2026-07-14T20:05:00Z')).toBe('14 juil. 2026, 22:05');
    expect(french.dateTime('2026-12-14T20:05:00Z')).toBe('14 déc. 2026, 21:05');
  });

  it('keeps a bare day that day, west of Greenwich too', () => {
    const quebec = makeFormat({ locale: 'fr-CA', timeZone: 'America/Montreal', currency: 'CAD' });
    expect(quebec.day('2026-11-21')).toBe('21 nov.');
    expect(quebec.date('2026-11-21T02:00:00Z')).toBe('20 nov. 2026');
  });

  it('tells how long ago in words', () => {
    expect(french.relative('2026-11-20T10:00:00Z', new Date('2026-11-21T10:00:00Z'))).toBe('hier');
    expect(french.relative('2026-11-21T07:00:00Z', new Date('2026-11-21T10:00:00Z'))).toBe('il y a 3 heures');
  });
});

describe('English figures', () => {
  it('follows the same amount in another currency', () => {
    expect(english.money('1234.5', 'EUR')).toBe('€1,234.50');
    expect(english.money(1234.5)).toBe('£1,234.50');
  });

  it('counts bytes and seconds in units a person reads', () => {
    expect(english.bytes(0)).toBe('0 bytes');
    expect(english.bytes(12_400_000)).toBe('12.4 MB');
    expect(french.duration(42)).toMatch(/^42\ss$/);
    expect(french.duration(5400)).toMatch(/^1,5\sh$/);
  });
});

describe('what cannot be shown', () => {
  it('gives nothing for a missing amount instead of zero', () => {
    expect(french.money(null)).toBeNull();
    expect(french.money('')).toBeNull();
    expect(french.money('a lot')).toBeNull();
    expect(french.money(0)).toBe('0,00\u00a0€');
  });

  it('keeps a broken currency or country code readable', () => {
    expect(english.money(12, 'not a code')).toBe('12');
    expect(english.name('no such region', 'region')).toBe('no such region');
    expect(french.name('DE', 'region')).toBe('Allemagne');
  });
});
