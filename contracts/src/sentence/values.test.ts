import { describe, expect, it } from 'vitest';
import type { DateTest, NumberTest, ValueTest } from '../segmentTests.ts';
import { describeCondition } from './index.ts';

const say = (test: ValueTest, negated = false): string[] => {
  const condition = { kind: 'trait', trait: 'city', test } as const;
  const node = negated ? ({ kind: 'not', of: condition } as const) : condition;
  return (['en', 'fr'] as const).map((language) => describeCondition(node, language).replaceAll('\u202f', ' '));
};

const text = (op: 'is' | 'is_not' | 'contains' | 'not_contains' | 'starts' | 'ends' | 'matches', value = 'Lyon') => ({
  type: 'text' as const,
  op,
  value,
});

describe('a test of a value in words', () => {
  it.each<[ValueTest, string, string]>([
    [text('is'), 'city is “Lyon”', 'la ville est « Lyon »'],
    [text('is_not'), 'city is not “Lyon” (or has no value)', 'la ville n’est pas « Lyon » (ou n’a pas de valeur)'],
    [text('contains'), 'city contains “Lyon”', 'la ville contient « Lyon »'],
    [
      text('not_contains'),
      'city does not contain “Lyon” (or has no value)',
      'la ville ne contient pas « Lyon » (ou n’a pas de valeur)',
    ],
    [text('starts'), 'city starts with “Lyon”', 'la ville commence par « Lyon »'],
    [text('ends'), 'city ends with “Lyon”', 'la ville se termine par « Lyon »'],
    [text('matches'), 'city matches the pattern “Lyon”', 'la ville correspond au motif « Lyon »'],
    [
      { type: 'text', op: 'in', values: ['Lyon', 'Nice', 'Pau'] },
      'city is “Lyon”, “Nice” or “Pau”',
      'la ville est « Lyon », « Nice » ou « Pau »',
    ],
    [
      { type: 'text', op: 'not_in', values: ['Lyon', 'Nice'] },
      'city is not “Lyon” or “Nice” (or has no value)',
      'la ville n’est pas « Lyon » ou « Nice » (ou n’a pas de valeur)',
    ],
    [text('is', ''), 'city has no value', 'la ville n’a pas de valeur'],
    [{ type: 'any', op: 'exists' }, 'city has a value', 'la ville a une valeur'],
    [{ type: 'any', op: 'not_exists' }, 'city has no value', 'la ville n’a pas de valeur'],
    [{ type: 'boolean', op: 'is', value: true }, 'city is yes', 'la ville vaut « oui »'],
    [{ type: 'boolean', op: 'is', value: false }, 'city is no', 'la ville vaut « non »'],
    [
      { type: 'list', op: 'has_any', values: ['a', 'b'] },
      'city includes “a” or “b”',
      'la ville comprend « a » ou « b »',
    ],
    [
      { type: 'list', op: 'has_all', values: ['a', 'b'] },
      'city includes “a” and “b”',
      'la ville comprend « a » et « b »',
    ],
    [
      { type: 'list', op: 'has_none', values: ['a', 'b'] },
      'city does not include “a” or “b” (or has no value)',
      'la ville ne comprend pas « a » ou « b » (ou n’a pas de valeur)',
    ],
  ])('%j', (test, english, french) => {
    expect(say(test)).toEqual([english, french]);
  });

  it.each<[Omit<NumberTest, 'type'> & NumberTest, string, string]>([
    [{ type: 'number', op: 'eq', value: 5 }, 'is 5', 'vaut 5'],
    [{ type: 'number', op: 'ne', value: 5 }, 'is a number other than 5', 'vaut un nombre autre que 5'],
    [{ type: 'number', op: 'gt', value: 1234.5 }, 'is more than 1,234.5', 'vaut plus de 1 234,5'],
    [{ type: 'number', op: 'gte', value: 5 }, 'is at least 5', 'vaut au moins 5'],
    [{ type: 'number', op: 'lt', value: 5 }, 'is less than 5', 'vaut moins de 5'],
    [{ type: 'number', op: 'lte', value: 5 }, 'is at most 5', 'vaut au plus 5'],
    [{ type: 'number', op: 'between', from: 5, to: 9 }, 'is between 5 and 9', 'vaut entre 5 et 9'],
  ])('%j', (test, english, french) => {
    expect(say(test)).toEqual([`city ${english}`, `la ville ${french}`]);
  });

  it.each<[DateTest, string, string]>([
    [{ type: 'date', op: 'before', value: '2026-05-01' }, 'is before 1 May 2026', 'tombe avant le 1er mai 2026'],
    [{ type: 'date', op: 'after', value: '2026-05-02' }, 'is on or after 2 May 2026', 'tombe à partir du 2 mai 2026'],
    [{ type: 'date', op: 'on', value: '2026-05-01' }, 'is 1 May 2026', 'tombe le 1er mai 2026'],
    [
      { type: 'date', op: 'between', from: '2026-05-01', to: '2026-06-01' },
      'is between 1 May 2026 and 31 May 2026',
      'tombe entre le 1er mai 2026 et le 31 mai 2026 inclus',
    ],
    [
      { type: 'date', op: 'in_last', n: 1, unit: 'day' },
      'is in the last 24 hours',
      'tombe dans les dernières 24 heures',
    ],
    [
      { type: 'date', op: 'in_last', n: 2, unit: 'year' },
      'is in the last 2 years',
      'tombe dans les 2 dernières années',
    ],
    [{ type: 'date', op: 'not_in_last', n: 3, unit: 'month' }, 'is more than 3 months ago', 'remonte à plus de 3 mois'],
    [
      { type: 'date', op: 'in_next', n: 2, unit: 'week' },
      'is in the next 2 weeks',
      'tombe dans les 2 prochaines semaines',
    ],
    [{ type: 'date', op: 'in_next', n: 1, unit: 'month' }, 'is in the next month', 'tombe dans le prochain mois'],
    [
      { type: 'date', op: 'anniversary', before: 7, after: 0 },
      'comes round between today and 7 days from now',
      'revient (jour et mois) entre aujourd’hui et dans 7 jours',
    ],
    [
      { type: 'date', op: 'anniversary', before: 0, after: 0 },
      'comes round today',
      'revient (jour et mois) aujourd’hui',
    ],
  ])('%j', (test, english, french) => {
    expect(say(test)).toEqual([`city ${english}`, `la ville ${french}`]);
  });

  it('says the opposite of a number as the other comparison, and that no number passes it too', () => {
    expect(say({ type: 'number', op: 'gte', value: 5 }, true)).toEqual([
      'city is less than 5 (or is no number)',
      'la ville vaut moins de 5 (ou n’est pas un nombre)',
    ]);
  });

  it('turns a negated negation into the positive word', () => {
    expect(say(text('is_not'), true)).toEqual(['city is “Lyon”', 'la ville est « Lyon »']);
    expect(say({ type: 'list', op: 'has_none', values: ['a'] }, true)).toEqual([
      'city includes “a”',
      'la ville comprend « a »',
    ]);
  });

  it('cuts a long list and says how much more there is', () => {
    const [english, french] = say({ type: 'text', op: 'in', values: [...'abcdefgh'] });
    expect(english).toBe('city is “a”, “b”, “c”, “d”, “e”, “f” or 2 more');
    expect(french).toBe('la ville est « a », « b », « c », « d », « e », « f » ou 2 autres');
  });

  it('writes instants in the zone it is given', () => {
    const test = { type: 'date', op: 'before', value: '2026-05-01T22:30:00Z' } as const;
    const node = { kind: 'trait', trait: 'x', test } as const;
    expect(describeCondition(node, 'en', { timeZone: 'Europe/Paris' })).toBe('“x” is before 2 May 2026 at 00:30');
    expect(describeCondition(node, 'fr', { timeZone: 'Europe/Paris' })).toMatch(/avant le 2 mai 2026 à 00:30$/);
  });
});
