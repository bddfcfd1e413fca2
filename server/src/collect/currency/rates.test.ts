import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseEcbCsv } from './parseEcbCsv.ts';
import { buildRates, type RateQuote } from './rates.ts';

function builtIn() {
  const reading = parseEcbCsv(readFileSync(new URL('../../../data/exchangeRates.csv', import.meta.url), 'utf8'));
  if (!reading.ok) throw new Error(reading.reason);
  return reading;
}
const quotesOf = (origin: RateQuote['origin'], ...rows: [currency: string, day: string, perEuro: string][]) =>
  rows.map(([currency, day, perEuro]) => ({ currency, day, perEuro, origin }));

describe('the built-in table', () => {
  const reading = builtIn();
  const rates = buildRates(reading.quotes.map((quote) => ({ ...quote, origin: 'built-in' as const })));

  // Computed apart with Python's decimal module (80 digits, ROUND_HALF_UP) from the same published quotes.
  it.each([
    ['100', 'USD', 'EUR', '1999-01-04', '84.8248'],
    ['149.90', 'GBP', 'EUR', '2010-12-01', '178.6012'],
    ['149.90', 'GBP', 'EUR', '2010-12-31', '178.6012'],
    ['12345678901234.5678', 'JPY', 'EUR', '2026-10-30', '70273673162.7651'],
    ['0.01', 'IDR', 'EUR', '2026-10-30', '0.0000'],
    ['-59.90', 'CHF', 'USD', '2024-02-29', '-68.0950'],
    ['1999.99', 'EUR', 'GBP', '2026-11-21', '1667.5917'],
    ['1000', 'HRK', 'EUR', '2022-12-31', '132.6700'],
    ['1000', 'HRK', 'EUR', '2023-01-01', '132.7228'],
    ['655.96', 'FRF', 'EUR', '2001-06-15', '100.0005'],
    ['8.38', 'EUR', 'XPF', '2020-01-01', '1000.0000'],
    ['5000000', 'TRL', 'GBP', '2004-12-20', '1.8291'],
    ['19.99', 'BGN', 'SEK', '2025-12-30', '110.5491'],
  ])('makes %s %s worth in %s on %s: %s', (amount, currency, base, day, expected) => {
    expect(rates.convert(amount, currency, base, day)).toBe(expected);
  });

  it('converts for any day of its years without a hole for the large currencies', () => {
    for (let day = Date.UTC(1999, 0, 4); day <= Date.UTC(2027, 11, 31); day += 86_400_000) {
      const iso = new Date(day).toISOString().slice(0, 10);
      for (const currency of ['USD', 'GBP', 'CHF', 'SEK', 'JPY', 'PLN']) {
        expect(rates.convert('1', currency, 'EUR', iso), `${currency} ${iso}`).not.toBeNull();
      }
    }
  });

  it('has no rate before its first day', () => {
    expect(rates.convert('1', 'USD', 'EUR', '1999-01-03')).toBeNull();
    expect(rates.convert('1', 'USD', 'EUR', '1900-01-01')).toBeNull();
  });

  it('goes on with the last quote after its end, even in 9999', () => {
    const last = rates.convert('100', 'USD', 'EUR', '2026-10-30');
    expect(last).toBe('89.5095');
    expect(rates.convert('100', 'USD', 'EUR', '9999-12-31')).toBe(last);
  });

  it('has no rate while a currency was not quoted, and none after its quotation was suspended', () => {
    expect(rates.convert('1000', 'ISK', 'EUR', '2008-12-20')).not.toBeNull();
    expect(rates.convert('1000', 'ISK', 'EUR', '2012-06-01')).toBeNull();
    expect(rates.convert('1000', 'ISK', 'EUR', '2018-03-01')).not.toBeNull();
    expect(rates.convert('1000', 'RUB', 'EUR', '2022-03-20')).not.toBeNull();
    expect(rates.convert('1000', 'RUB', 'EUR', '2026-11-01')).toBeNull();
  });

  it('stays under 300 kB and names its source and last day', () => {
    const text = readFileSync(new URL('../../../data/exchangeRates.csv', import.meta.url), 'utf8');
    expect(text.length).toBeLessThan(300_000);
    expect(text).toContain('European Central Bank');
    expect(text).toContain(`until ${reading.lastDay}`);
  });
});

describe('convert', () => {
  it('uses the newest quote on or before the day, at most 45 days old', () => {
    const rates = buildRates(
      quotesOf('built-in', ['USD', '2024-01-10', '1.1'], ['USD', '2024-01-20', '1.2'], ['USD', '2024-06-01', '1.3']),
    );
    expect(rates.convert('132', 'USD', 'EUR', '2024-01-09')).toBeNull();
    expect(rates.convert('132', 'USD', 'EUR', '2024-01-10')).toBe('120.0000');
    expect(rates.convert('132', 'USD', 'EUR', '2024-01-19')).toBe('120.0000');
    expect(rates.convert('132', 'USD', 'EUR', '2024-01-20')).toBe('110.0000');
    expect(rates.convert('132', 'USD', 'EUR', '2024-03-05')).toBe('110.0000');
    expect(rates.convert('132', 'USD', 'EUR', '2024-03-06')).toBeNull();
  });

  it("prefers the workspace's own quote of a day and mixes both tables otherwise", () => {
    const rates = buildRates([
      ...quotesOf('workspace', ['USD', '2024-01-10', '2'], ['MAD', '2024-01-10', '10.8']),
      ...quotesOf('built-in', ['USD', '2024-01-10', '1'], ['USD', '2024-01-11', '4']),
    ]);
    expect(rates.convert('8', 'USD', 'EUR', '2024-01-10')).toBe('4.0000');
    expect(rates.convert('8', 'USD', 'EUR', '2024-01-11')).toBe('2.0000');
    expect(rates.convert('108', 'MAD', 'EUR', '2029-01-01')).toBe('10.0000');
  });

  it('goes through the euro with one rounding only', () => {
    const rates = buildRates(quotesOf('built-in', ['GBP', '2024-01-10', '0.87654'], ['USD', '2024-01-10', '1.12345']));
    // 10.05 × 1.12345 ÷ 0.87654 = 12.880955…; rounding at the euro first would give 12.8809.
    expect(rates.convert('10.05', 'GBP', 'USD', '2024-01-10')).toBe('12.8810');
  });

  it('rounds half away from zero', () => {
    const rates = buildRates(quotesOf('built-in', ['USD', '2024-01-10', '2']));
    expect(rates.convert('0.0001', 'USD', 'EUR', '2024-01-10')).toBe('0.0001');
    expect(rates.convert('-0.0001', 'USD', 'EUR', '2024-01-10')).toBe('-0.0001');
    expect(rates.convert('0.00009', 'USD', 'EUR', '2024-01-10')).toBe('0.0000');
  });

  it('needs no rate for the base currency itself, known or not', () => {
    const rates = buildRates([]);
    expect(rates.convert('12.345678', 'EUR', 'EUR', '2024-01-10')).toBe('12.3457');
    expect(rates.convert('12', 'XYZ', 'XYZ', '1850-01-10')).toBe('12.0000');
  });

  it.each([
    '1e308',
    '1e15',
    '123456789012345',
    '-1e999',
    'NaN',
    'Infinity',
    '',
    '.',
    '1,5',
    '0x10',
    '1e',
    '--1',
    '1 2',
  ])('refuses the amount %j', (amount) => {
    const rates = buildRates(quotesOf('built-in', ['USD', '2024-01-10', '2']));
    expect(rates.convert(amount, 'USD', 'EUR', '2024-01-10')).toBeNull();
    expect(rates.convert(amount, 'EUR', 'EUR', '2024-01-10')).toBeNull();
  });

  it('accepts what JavaScript prints for small and large numbers', () => {
    const rates = buildRates(quotesOf('built-in', ['USD', '2024-01-10', '2']));
    expect(rates.convert('1e-7', 'USD', 'EUR', '2024-01-10')).toBe('0.0000');
    expect(rates.convert('1.5e3', 'USD', 'EUR', '2024-01-10')).toBe('750.0000');
    expect(rates.convert('+.5', 'USD', 'EUR', '2024-01-10')).toBe('0.2500');
    expect(rates.convert('99999999999999.9999', 'USD', 'EUR', '2024-01-10')).toBe('50000000000000.0000');
  });

  it('has no answer that PostgreSQL could not hold', () => {
    const rates = buildRates(quotesOf('built-in', ['IDR', '2024-01-10', '20000']));
    expect(rates.convert('99999999999999', 'EUR', 'IDR', '2024-01-10')).toBeNull();
  });

  it('takes the day of an instant in UTC', () => {
    const rates = buildRates(quotesOf('built-in', ['USD', '2024-01-10', '2'], ['USD', '2024-01-11', '4']));
    expect(rates.convert('8', 'USD', 'EUR', new Date('2024-01-10T23:59:59.999Z'))).toBe('4.0000');
    expect(rates.convert('8', 'USD', 'EUR', new Date('2024-01-11T00:00:00Z'))).toBe('2.0000');
    expect(rates.convert('8', 'USD', 'EUR', new Date(Number.NaN))).toBeNull();
  });

  it.each(['2024-02-30', '2024-13-01', '', 'yesterday', '2024-1-10', '10/01/2024'])('knows no day %j', (day) => {
    expect(buildRates(quotesOf('built-in', ['USD', '2024-01-10', '2'])).convert('1', 'USD', 'EUR', day)).toBeNull();
  });

  it('knows no currency that has no quotes', () => {
    const rates = buildRates(quotesOf('built-in', ['USD', '2024-01-10', '2']));
    expect(rates.convert('1', 'XYZ', 'EUR', '2024-01-10')).toBeNull();
    expect(rates.convert('1', 'USD', 'toString', '2024-01-10')).toBeNull();
  });
});
