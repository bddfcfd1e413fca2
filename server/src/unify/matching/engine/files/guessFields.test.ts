import { describe, expect, it } from 'vitest';
import { comparisonsOf, guessFields } from './guessFields.ts';

const guess = (headers: readonly string[], kind: 'people' | 'company' = 'people') =>
  guessFields(kind, headers, {}, new Set());

describe('columns are known by their names', () => {
  it('in French, English and German', () => {
    expect(
      guess(['Prénom', 'Nom', 'Date de naissance', 'Adresse e-mail', 'Téléphone portable', 'Code postal']),
    ).toEqual({
      first_name: ['Prénom'],
      last_name: ['Nom'],
      birth_date: ['Date de naissance'],
      email: ['Adresse e-mail'],
      phone: ['Téléphone portable'],
      postal_code: ['Code postal'],
    });
    expect(Object.keys(guess(['Vorname', 'Nachname', 'Geburtsdatum', 'PLZ', 'Ort', 'Straße']))).toEqual([
      'first_name',
      'last_name',
      'birth_date',
      'postal_code',
      'city',
    ]);
    expect(guess(['given_name', 'surname', 'street_number', 'address_1', 'soc_sec_id'])).toMatchObject({
      street: ['street_number', 'address_1'],
      national_id: ['soc_sec_id'],
    });
  });

  it('and a number of a record or a household is never compared', () => {
    expect(guess(['record_id', 'person_id', 'household_id', 'cluster', 'first', 'last'])).toEqual({
      first_name: ['first'],
      last_name: ['last'],
    });
  });

  it('a whole name is read only where its parts are not told', () => {
    expect(guess(['full_name', 'first_name', 'surname']).full_name).toBeUndefined();
    const fields = guess(['nom complet', 'ville']);
    expect(fields.full_name).toEqual(['nom complet']);
    expect(comparisonsOf('people', fields).map(({ field }) => field)).toEqual(['first_name', 'last_name', 'address']);
  });

  it('companies by name, number and domain', () => {
    expect(guess(['Raison sociale', 'SIRET', 'Site web', 'Ville'], 'company')).toEqual({
      name: ['Raison sociale'],
      registration: ['SIRET'],
      domain: ['Site web'],
      city: ['Ville'],
    });
  });
});
