import { describe, expect, it } from 'vitest';
import { looksLike } from './looksLike.ts';
import { currencyIn, parseCurrency, parseFlag, parseStatus } from './parseWord.ts';

describe('words of a cell', () => {
  it('reads yes and no in both languages, and nothing into other words', () => {
    for (const word of ['oui', 'OUI', 'Yes', '1', 'X', 'vrai', 'opt-in', 'Abonné']) expect(parseFlag(word)).toBe(true);
    for (const word of ['non', 'No', '0', 'faux', 'opt-out', 'désabonné']) expect(parseFlag(word)).toBe(false);
    for (const word of ['peut-être', '2', '']) expect(parseFlag(word)).toBeNull();
  });

  it('reads a currency from a code, a sign, or inside an amount', () => {
    expect(parseCurrency('eur')).toBe('EUR');
    expect(parseCurrency('€')).toBe('EUR');
    expect(parseCurrency('argent')).toMatchObject({ reason: 'currency_unreadable' });
    expect(currencyIn('12,50 €')).toBe('EUR');
    expect(currencyIn('GBP 12')).toBe('GBP');
    expect(currencyIn('12 TTC')).toBeNull();
  });

  it('understands what became of an order', () => {
    expect(['completed', 'Expédiée', 'paid', 'livrée'].map(parseStatus)).toEqual(Array(4).fill('completed'));
    expect(['Cancelled', 'Annulée', 'failed'].map(parseStatus)).toEqual(Array(3).fill('cancelled'));
    expect(['refunded', 'Remboursée'].map(parseStatus)).toEqual(Array(2).fill('refunded'));
    expect(['draft', 'En attente de paiement'].map(parseStatus)).toEqual(Array(2).fill('unplaced'));
    expect(parseStatus('partially refunded')).toBe('completed');
  });
});

describe('looksLike', () => {
  it('tells columns by their values, typos allowed', () => {
    const emails = Array.from({ length: 20 }, (_, index) => `p${index}@example.fr`);
    expect(looksLike([...emails, 'oops'])).toBe('email');
    expect(looksLike(['06 12 34 56 78', '+33 6 12 34 56 78', '07.11.22.33.44'])).toBe('phone');
    expect(looksLike(['EUR', 'USD'])).toBe('currency');
    expect(looksLike(['THE', 'AND'])).toBe('text');
    expect(looksLike(['01/02/2024', '14/02/2024'])).toBe('date');
    expect(looksLike(['12,50', '8'])).toBe('amount');
    expect(looksLike(['12345', '99'])).toBe('whole');
    expect(looksLike(['oui', 'non'])).toBe('flag');
    expect(looksLike(['', ''])).toBe('empty');
  });
});
