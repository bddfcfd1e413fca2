import type { DateOrder } from '@vitrail/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guessDateOrder } from './guessDate.ts';
import { readBirthday, readInstant } from './parseDate.ts';
import { Problem } from './problem.ts';
import { zoneOf } from './timeZone.ts';

const paris = zoneOf('Europe/Paris');
const now = Date.UTC(2026, 10, 21);
const iso = (text: string | number, order: DateOrder = 'dmy'): string => {
  const instant = readInstant(text, order, paris, now);
  return instant instanceof Problem ? instant.reason : new Date(instant).toISOString();
};

describe('readInstant', () => {
  const readings: readonly (readonly [string | number, DateOrder, string])[] = [
    ['2010-12-01 08:26', 'ymd', '2010-12-01T07:26:00.000Z'],
    ['2024-07-01T08:26:05.123Z', 'ymd', '2024-07-01T08:26:05.123Z'],
    ['2024-07-01T08:26:05+05:30', 'ymd', '2024-07-01T02:56:05.000Z'],
    ['2024/07/01', 'dmy', '2024-06-30T22:00:00.000Z'],
    ['01/02/2024', 'dmy', '2024-01-31T23:00:00.000Z'],
    ['01/02/2024', 'mdy', '2024-01-01T23:00:00.000Z'],
    ['1.2.24 14h30', 'dmy', '2024-02-01T13:30:00.000Z'],
    ['01-02-2024 à 9h', 'dmy', '2024-02-01T08:00:00.000Z'],
    ['2/1/2024 02:05 PM', 'mdy', '2024-02-01T13:05:00.000Z'],
    ['12/31/2023 12:00 AM', 'mdy', '2023-12-30T23:00:00.000Z'],
    ['12 janv. 2024', 'dmy', '2024-01-11T23:00:00.000Z'],
    ['lundi 1er juillet 2024 10:00', 'dmy', '2024-07-01T08:00:00.000Z'],
    ['Jan 12, 2024 10:00 UTC', 'mdy', '2024-01-12T10:00:00.000Z'],
    ['14 août 2024', 'dmy', '2024-08-13T22:00:00.000Z'],
    ['20240131', 'ymd', '2024-01-30T23:00:00.000Z'],
    ['20240131T101500Z', 'ymd', '2024-01-31T10:15:00.000Z'],
    [45292, 'excel', '2023-12-31T23:00:00.000Z'],
    ['45292,5', 'excel', '2024-01-01T11:00:00.000Z'],
    [1706695200, 'epoch-s', '2024-01-31T10:00:00.000Z'],
    ['1706695200000', 'epoch-ms', '2024-01-31T10:00:00.000Z'],
  ];
  it.each(readings)('reads %j (%s) as %s', (text, order, instant) => {
    expect(iso(text, order)).toBe(instant);
  });

  it('knows the hour that exists twice and the one that does not', () => {
    expect(iso('2024-10-27 02:30')).toBe('2024-10-27T00:30:00.000Z');
    expect(iso('2024-10-27 03:30')).toBe('2024-10-27T02:30:00.000Z');
    expect(iso('2024-03-31 02:30')).toBe('2024-03-31T01:30:00.000Z');
  });

  it.each(['1900-01-01', '9999-12-31', '1970-01-01', '31/12/2099'])('calls %j impossible', (text) => {
    expect(iso(text)).toBe('date_out_of_range');
  });

  it.each([
    '30/02/2024',
    '2024-13-01',
    '32/01/2024',
    'demain',
    '',
    '00/00/0000',
    '12:30',
    '2024-01-01 25:00',
    '1/2/3/4',
    '0001-01-01',
  ])('refuses %j', (text) => {
    expect(iso(text)).toBe('date_unreadable');
  });

  it('agrees with the runtime on every instant and zone', () => {
    const zones = ['Europe/Paris', 'America/New_York', 'Asia/Kolkata', 'Australia/Sydney', 'UTC'];
    fc.assert(
      fc.property(fc.integer({ min: 631_152_001, max: 1_790_000_000 }), fc.constantFrom(...zones), (seconds, name) => {
        const wall = new Date(seconds * 1000).toLocaleString('sv-SE', { timeZone: name });
        const read = readInstant(wall, 'ymd', zoneOf(name), now);
        // Where a wall time exists twice both instants print the same text.
        expect(new Date(Number(read)).toLocaleString('sv-SE', { timeZone: name })).toBe(wall);
      }),
    );
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d/:. TZ+-]{0,30}$/)), (text) => {
        for (const order of ['ymd', 'dmy', 'mdy', 'excel', 'epoch-s', 'epoch-ms'] as const) {
          const read = readInstant(text, order, paris, now);
          expect(read instanceof Problem || Number.isFinite(read)).toBe(true);
        }
      }),
    );
  });
});

describe('readBirthday', () => {
  it('keeps the calendar day, and reads two digits as the past', () => {
    expect(readBirthday('23/01/1988', 'dmy', now)).toBe('1988-01-23');
    expect(readBirthday('12/03/31', 'dmy', now)).toBe('1931-03-12');
    expect(readBirthday('01/01/1900', 'dmy', now)).toMatchObject({ reason: 'date_out_of_range' });
    expect(readBirthday('31/12/9999', 'dmy', now)).toMatchObject({ reason: 'date_out_of_range' });
  });
});

describe('guessDateOrder', () => {
  it('lets the one value that can be no month decide', () => {
    expect(guessDateOrder(['01/02/2024', '03/04/2024', '05/14/2024'], 'dmy')).toBe('mdy');
    expect(guessDateOrder(['01/02/2024', '14/04/2024'], 'mdy')).toBe('dmy');
  });
  it('follows the country when no value tells', () => {
    expect(guessDateOrder(['01/02/2024'], 'dmy')).toBe('dmy');
    expect(guessDateOrder(['01/02/2024'], 'mdy')).toBe('mdy');
  });
  it('tells days, seconds and milliseconds from numbers that are no dates', () => {
    expect(guessDateOrder(['45292', '45300.5'], 'dmy')).toBe('excel');
    expect(guessDateOrder(['1706695200'], 'dmy')).toBe('epoch-s');
    expect(guessDateOrder(['1706695200000'], 'dmy')).toBe('epoch-ms');
    expect(guessDateOrder(['20240131', '20241201'], 'dmy')).toBe('ymd');
    expect(guessDateOrder(['12', '7'], 'dmy')).toBeNull();
    expect(guessDateOrder(['hello', 'world'], 'dmy')).toBeNull();
  });
});
