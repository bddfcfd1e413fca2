import { expect, test } from 'vitest';
import { compareFields } from './compareFields.ts';
import { describeMatch } from './sentence.ts';

const order = ['first_name', 'last_name', 'birth_date', 'email', 'phone', 'street', 'postal_code', 'city'];
const none = { household: false, veto: null };

test('fields are marked as a reader would mark them', () => {
  const fields = compareFields(
    { first_name: 'Zoé', last_name: 'Dupont', birth_date: '1990-05-04', email: 'zoe@a.fr', city: 'Lyon' },
    { first_name: 'ZOE', last_name: 'Dupond', birth_date: '1990-04-05', email: 'x.y@b.org', street: '3 rue Pasteur' },
    order,
  );
  expect(fields.map(({ field, difference }) => [field, difference])).toEqual([
    ['first_name', 'same'],
    ['last_name', 'similar'],
    ['birth_date', 'similar'],
    ['email', 'different'],
    ['street', 'one_blank'],
    ['city', 'one_blank'],
  ]);
});

test('a question is put in one sentence of each language', () => {
  const fields = compareFields(
    { first_name: 'Zoé', last_name: 'Dupont', birth_date: '1990-05-04', street: '1 rue A', email: 'a@b.fr' },
    { first_name: 'Zoé', last_name: 'Dupont', birth_date: '1990-05-14', street: '77 avenue Foch', email: 'q@zz.com' },
    order,
  );
  expect(describeMatch(fields, null, none)).toEqual({
    en: 'Same first name and last name; similar date of birth; e-mail and street differ.',
    fr: 'Même prénom et même nom\u202f; date de naissance proche\u202f; e-mail et rue différents.',
  });
});

test('a rare value is called rare, and a shared home is warned of', () => {
  const fields = compareFields(
    { last_name: 'Zygmunt', street: '1 rue A' },
    { last_name: 'Zygmunt', street: '1 rue A' },
    order,
  );
  const step = { name: 'last_name', field: 'last_name', level: 'exact', left: 'x', right: 'x', household: 0 };
  const explanation = {
    steps: [{ ...step, kind: 'term_frequency' as const, stranger: 5 }],
    weight: 5,
    householdWeight: 1,
    probability: 0.93,
    for: ['last_name'],
    against: [],
  };
  const { en, fr } = describeMatch(fields, explanation, { household: true, veto: null });
  expect(en).toBe('Same rare last name and street. They share a home: it may be two people who live together.');
  expect(fr).toContain('Même nom rare et même rue.');
});

test('records with nothing in common are said to have nothing in common', () => {
  expect(describeMatch([], null, none).en).toBe('Nothing in common is known.');
});
