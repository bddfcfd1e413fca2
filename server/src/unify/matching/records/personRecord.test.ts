import { expect, test } from 'vitest';
import type { Json } from '../../../platform/index.ts';
import { defaultNamespaces } from '../../identity/identifier.ts';
import type { IdentifierRow } from '../../profiles/customer.ts';
import { companyRecord } from './companyRecord.ts';
import { exclusiveNamespaces, personRecord } from './personRecord.ts';

const at = '2026-01-01T00:00:00.000Z';
const person = (traits: Record<string, Json>, identifiers: readonly (readonly [string, string])[] = []) => ({
  traits: new Map(Object.entries(traits).map(([name, value]) => [name, { value, at, source: 1 }])),
  identifiers: identifiers.map(
    ([namespace, value]): IdentifierRow => ({
      profile_id: 1,
      namespace,
      value,
      raw: value,
      shared: false,
      source_id: 1,
      family: null,
      first_seen_at: new Date(at),
      last_seen_at: new Date(at),
    }),
  ),
});

test('a customer becomes a record, with identifiers where traits are silent', () => {
  const record = personRecord(
    person(
      {
        firstName: 'Zoé',
        lastName: 'Martin',
        birthday: '1990-05-04',
        address: { street: '3 rue Pasteur', postalCode: '69003', city: 'Lyon', country: 'FR' },
      },
      [
        ['email', 'zoe@example.fr'],
        ['user_id', 'u1'],
        ['loyalty_card', 'L1'],
      ],
    ),
    defaultNamespaces,
  );
  expect(record).toEqual({
    first_name: 'Zoé',
    last_name: 'Martin',
    birth_date: '1990-05-04',
    email: 'zoe@example.fr',
    street: '3 rue Pasteur',
    postal_code: '69003',
    city: 'Lyon',
    country: 'FR',
    user_id: 'u1',
  });
});

test('a full name is taken apart, an address may be one line, further traits come by either spelling', () => {
  const record = personRecord(
    person({ name: 'Jean Pierre Dupont', address: '3 rue Pasteur', birthPlace: 'Lyon' }),
    defaultNamespaces,
    ['birth_place'],
  );
  expect(record).toEqual({
    first_name: 'Jean Pierre',
    last_name: 'Dupont',
    street: '3 rue Pasteur',
    birth_place: 'Lyon',
  });
});

test('a visitor of whom nothing is known is no record', () => {
  expect(personRecord(person({ plan: 'gold' }, [['anonymous_id', 'a1']]), defaultNamespaces)).toBeNull();
});

test('only identifiers of which a person has one forbid a merge', () => {
  expect(exclusiveNamespaces(defaultNamespaces)).toEqual(['user_id']);
});

test('a company becomes a record by its usual traits', () => {
  expect(
    companyRecord({ name: 'Verrerie SA', website: 'https://www.Verrerie.fr/contact', vatNumber: 'FR40303265045' }),
  ).toEqual({
    name: 'Verrerie SA',
    domain: 'verrerie.fr',
    registration: 'FR40303265045',
  });
  expect(companyRecord({ country: 'FR' })).toBeNull();
});
