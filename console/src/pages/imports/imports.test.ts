import { describe, expect, it } from 'vitest';
import { formOf } from '../../api/imports.ts';
import { frenchSpacing, reasonText } from '../../ui/reasons.ts';
import { fieldChoices, slugOf } from './fieldChoices.ts';
import { shareOf } from './progress.ts';

const words = {
  language: 'en',
  fields: 'Fields',
  others: 'Other',
  ignore: 'Leave out',
  keep: (column: string) => `Keep ${column}`,
  id: (column: string) => `Id ${column}`,
};

describe('what a column can become', () => {
  it('offers the fields of the kind, a trait of its own, another system’s id, and nothing', () => {
    const [fields, others] = fieldChoices('people', 'Préférence N°1', null, words);
    expect(fields?.items.map(({ value }) => value)).toContain('email');
    expect(others?.items.map(({ value }) => value)).toEqual(['ignore', 'trait.preference_n_1', 'preference_n_1_id']);
  });

  it('keeps a field that was guessed or given even when it is not in the list', () => {
    const [, others] = fieldChoices('orders', 'ERP', 'erp_id', words);
    expect(others?.items.filter(({ value }) => value === 'erp_id')).toHaveLength(1);
    expect(fieldChoices('people', 'x', 'consent.push', words)[1]?.items[0]?.value).toBe('consent.push');
  });

  it('never leaves a name empty', () => {
    expect(slugOf('???')).toBe('column');
  });
});

describe('the progress of an import', () => {
  const one = { rows: 0, rowsTotal: null, bytesRead: 0, fileBytes: 1000, phase: 'waiting' } as const;
  it('goes by bytes while checking, by rows while importing, and is unknown before', () => {
    expect(shareOf(one)).toBeNull();
    expect(shareOf({ ...one, phase: 'checking', bytesRead: 250 })).toBe(0.25);
    expect(shareOf({ ...one, phase: 'importing', rows: 30, rowsTotal: 40, bytesRead: 1000 })).toBe(0.75);
    expect(shareOf({ ...one, phase: 'finished' })).toBe(1);
  });
});

describe('a reason', () => {
  it('is said in the language of the reader, with French spacing, and never shown as a bare code', () => {
    expect(reasonText('encoding', 'fr')).toBe('Caractères illisibles (mauvais encodage)');
    expect(reasonText('columns_extra', 'fr')).toBe('Plus de colonnes que l’en-tête');
    expect(reasonText('some_new_reason', 'fr')).toBe('Some new reason');
    expect(frenchSpacing('« Client depuis » illisible')).toBe('«\u202fClient depuis\u202f» illisible');
  });
});

describe('the form of an import', () => {
  it('sends the file once and afterwards only its number', () => {
    const file = new File(['a'], 'a.csv');
    const first = formOf({ file, upload: null, kind: 'people', mapping: null, options: {} });
    expect([...first.keys()]).toEqual(['as', 'file']);
    const again = formOf({ file, upload: 'u-1', kind: 'people', mapping: { a: 'email' }, options: { delimiter: ';' } });
    expect([...again.keys()]).toEqual(['as', 'mapping', 'options', 'upload']);
    expect(again.get('mapping')).toBe('{"a":"email"}');
  });
});
