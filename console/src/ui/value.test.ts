import { describe, expect, it } from 'vitest';
import { makeFormat } from './format/format.ts';
import { humanName, valueText } from './value.ts';

const format = makeFormat({ locale: 'fr-FR', timeZone: 'Europe/Paris', currency: 'EUR' });
const words = ['oui', 'non'] as const;

describe('a value as a person reads it', () => {
  it('follows the language', () => {
    expect(valueText(1234.5, format, words)).toBe('1\u202f234,5');
    expect(valueText(true, format, words)).toBe('oui');
    expect(valueText('2026-11-21T10:00:00Z', format, words)).toBe('21 nov. 2026, 11:00');
  });

  it('flattens lists and objects and leaves text alone', () => {
    expect(valueText({ city: 'Lyon', tags: ['a', 'b'] }, format, words)).toBe('city: Lyon, tags: a, b');
    expect(valueText('01000', format, words)).toBe('01000');
    expect(valueText(null, format, words)).toBe('–');
  });
});

describe('a name given by another system', () => {
  it('reads as words', () => {
    expect(humanName('firstName')).toBe('First name');
    expect(humanName('loyalty_card')).toBe('Loyalty card');
    expect(humanName('vipSms')).toBe('VIP SMS');
  });
});
