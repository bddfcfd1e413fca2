import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fixedRates } from './fixedRates.ts';
import { isCurrency, toCurrency } from './isoCurrencies.ts';

it('knows every currency in use that the platform knows', () => {
  // The special drawing right and the other non-moneys are left out on purpose.
  const notMoney = ['XDR', 'XSU', 'XUA', 'XXX', 'XTS', 'XAU', 'XAG', 'XPT', 'XPD'];
  const missing = Intl.supportedValuesOf('currency').filter((code) => !isCurrency(code) && !notMoney.includes(code));
  expect(missing).toEqual([]);
});

it('knows every currency it has rates for', () => {
  const csv = readFileSync(new URL('../../../data/exchangeRates.csv', import.meta.url), 'utf8');
  const titles = csv.split('\n').find((line) => line.startsWith('Date,')) ?? '';
  for (const code of [...titles.split(',').slice(1), ...fixedRates.map(({ currency }) => currency)]) {
    expect(isCurrency(code), code).toBe(true);
  }
});

it.each(['', 'eur', 'XXX', 'XAU', 'EURO', '€', 'constructor'])('does not take %j for a currency', (code) => {
  expect(isCurrency(code)).toBe(false);
});

it('reads codes in any case and spacing', () => {
  expect(toCurrency(' eur ')).toBe('EUR');
  expect(toCurrency('$')).toBeNull();
});
