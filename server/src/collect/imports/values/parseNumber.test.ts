import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DecimalMark, guessDecimalMark, parseNumber } from './parseNumber.ts';
import { Problem } from './problem.ts';

describe('parseNumber', () => {
  const readings: readonly (readonly [string, DecimalMark, number])[] = [
    ['12.50', '.', 12.5],
    ['12,50', ',', 12.5],
    ['1 234,56 €', ',', 1234.56],
    ['1\u202f234\u00a0567,89', ',', 1234567.89],
    ['$1,234.56', '.', 1234.56],
    ['EUR 1.234,56', ',', 1234.56],
    ["1'234.50", '.', 1234.5],
    ['1’234.50 CHF', '.', 1234.5],
    ['12,50EUR', ',', 12.5],
    ['(12.50)', '.', -12.5],
    ['12,50-', ',', -12.5],
    ['−5', '.', -5],
    ['+5', '.', 5],
    ['-$5.00', '.', -5],
    ['.5', '.', 0.5],
    ['5.', '.', 5],
    ['1.5E3', '.', 1500],
    ['12,50 euros', ',', 12.5],
  ];
  it.each(readings)('reads %j with decimal mark %j as %d', (text, mark, value) => {
    expect(parseNumber(text, mark)).toBe(value);
  });

  it('lets the mark of the column decide only what could be read both ways', () => {
    expect(parseNumber('1,234', '.')).toBe(1234);
    expect(parseNumber('1,234', ',')).toBe(1.234);
    expect(parseNumber('1.5', ',')).toBe(1.5);
    expect(parseNumber('1,5', '.')).toBe(1.5);
    expect(parseNumber('1.234,56', '.')).toBe(1234.56);
  });

  it.each(['abc', '', '-', '1.2.3', '1,2,3', '12 rue', '€', '1e', 'NaN', 'Infinity', '0x10'])('refuses %j', (text) => {
    expect(parseNumber(text, '.')).toMatchObject({ reason: 'number_unreadable' });
  });

  it.each(['1e308', '1e999', '9'.repeat(308), '100000000000'])('calls %j impossible', (text) => {
    expect(parseNumber(text, '.')).toMatchObject({ reason: 'number_out_of_range' });
  });

  it('never gives NaN or an infinite number, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-+ ().,'€$\de]{0,25}$/)), (text) => {
        for (const mark of ['.', ','] as const) {
          const value = parseNumber(text, mark);
          expect(value instanceof Problem || (Number.isFinite(value) && Math.abs(value) < 1e11)).toBe(true);
        }
      }),
    );
  });

  it('reads back what French and English print', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (cents) => {
        const value = cents / 100;
        const options = { minimumFractionDigits: 2 };
        expect(parseNumber(new Intl.NumberFormat('fr-FR', options).format(value), ',')).toBe(value);
        expect(parseNumber(new Intl.NumberFormat('en-US', options).format(value), '.')).toBe(value);
        expect(parseNumber(new Intl.NumberFormat('de-CH', options).format(value), '.')).toBe(value);
      }),
    );
  });
});

describe('guessDecimalMark', () => {
  it('sees the comma, the point, or nothing', () => {
    expect(guessDecimalMark(['1,5', '12,50 €', '3'])).toBe(',');
    expect(guessDecimalMark(['1.5', '1,234.00'])).toBe('.');
    expect(guessDecimalMark(['1,234', '5', '12,345'])).toBeNull();
    expect(guessDecimalMark(['1.234.567', '5'])).toBe(',');
    expect(guessDecimalMark(['0,125'])).toBe(',');
    expect(guessDecimalMark(['abc', ''])).toBeNull();
  });
});
