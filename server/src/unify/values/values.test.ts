import { describe, expect, it } from 'vitest';
import { normaliseDate } from './date.ts';
import { normaliseEmail } from './email.ts';
import { normaliseName } from './name.ts';
import { normalisePhone } from './phone.ts';
import { normalisePostalCode } from './postalCode.ts';
import { foldText } from './searchText.ts';

const normalForm = (result: { ok: true; value: string } | { ok: false; problem: string }): string | null =>
  result.ok ? result.value : null;

describe('e-mail addresses', () => {
  it.each([
    [' Zoe.Martin@Example.FR ', 'zoe.martin@example.fr'],
    ['Zoé Martin <zoe@example.fr>', 'zoe@example.fr'],
    ['mailto:zoe+shop@example.co.uk', 'zoe+shop@example.co.uk'],
    ['zoé@exämple.fr', 'zoé@exämple.fr'],
    ['zoe@', null],
    ['zoe@localhost', null],
    ['zoe..martin@example.fr', null],
    ['zoe@@example.fr', null],
    ['zoe martin@example.fr', null],
    [`${'a'.repeat(65)}@example.fr`, null],
    ['', null],
  ])('%j becomes %j', (raw, expected) => expect(normalForm(normaliseEmail(raw))).toBe(expected));
});

describe('telephones', () => {
  it.each([
    ['06 12 34 56 78', 'FR', '+33612345678'],
    ['+33 (0)6.12.34.56.78', 'BE', '+33612345678'],
    ['0033612345678', 'GB', '+33612345678'],
    ['07911 123456', 'GB', '+447911123456'],
    ['0470 12 34 56', 'BE', '+32470123456'],
    ['12', 'FR', null],
    ['zero six', 'FR', null],
    ['0612345678', '', null],
  ])('%j in %s becomes %j', (raw, country, expected) =>
    expect(normalForm(normalisePhone(raw, country))).toBe(expected),
  );

  it('tells a household line from a mobile', () => {
    expect(normalisePhone('01 42 68 53 00', 'FR')).toMatchObject({ landline: true });
    expect(normalisePhone('06 12 34 56 78', 'FR')).toMatchObject({ landline: false });
  });
});

describe('dates', () => {
  it.each([
    ['1990-05-04', '1990-05-04'],
    ['1990-05-04T10:00:00Z', '1990-05-04'],
    ['19900504', '1990-05-04'],
    ['04/05/1990', '1990-05-04'],
    ['4.5.1990', '1990-05-04'],
    ['11/21/1986', '1986-11-21'],
    ['31/02/1990', null],
    ['29/02/2023', null],
    ['29/02/2024', '2024-02-29'],
    ['0000-00-00', null],
    ['soon', null],
  ])('%j becomes %j', (raw, expected) => expect(normalForm(normaliseDate(raw))).toBe(expected));
});

describe('postal codes', () => {
  it.each([
    ['1000', 'FR', '01000'],
    ['69 001', 'FR', '69001'],
    ['F-75011', 'FR', '75011'],
    ['1000', 'BE', '1000'],
    ['sw1a1aa', 'GB', 'SW1A 1AA'],
    ['1012ab', 'NL', '1012 AB'],
    ['ABCDE', 'FR', null],
    ['12345-678', 'BR', '12345-678'],
  ])('%j in %s becomes %j', (raw, country, expected) =>
    expect(normalForm(normalisePostalCode(raw, country))).toBe(expected),
  );
});

describe('names', () => {
  it.each([
    ['  jean-paul   DUPONT ', 'jean-paul DUPONT'],
    ['JEAN-PAUL', 'Jean-Paul'],
    ["D'ARTAGNAN", "D'Artagnan"],
    ['MARIE DE LA TOUR', 'Marie de la Tour'],
    ['élodie', 'Élodie'],
    ['McDonald', 'McDonald'],
    ['Zo\u0000é', 'Zo é'],
  ])('%j becomes %j', (raw, expected) => expect(normaliseName(raw)).toBe(expected));

  it('compares without case and accents', () => expect(foldText('  Zoé   MÜLLER')).toBe('zoe muller'));
});
