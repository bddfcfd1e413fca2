import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';
import { isShown, readChoice } from './table/columns.ts';

describe('a CSV file', () => {
  it('opens right in a French spreadsheet: semicolons, decimal comma, accents', () => {
    expect(toCsv(['Nom', 'Total'], [['Zoé', 12.5]], 'fr-FR')).toBe('\ufeffNom;Total\r\nZoé;12,5\r\n');
  });

  it('opens right in an English one and quotes what needs it', () => {
    expect(toCsv(['Name'], [['Smith, "Jo"'], [null], [3.25]], 'en-GB')).toBe(
      '\ufeffName\r\n"Smith, ""Jo"""\r\n\r\n3.25\r\n',
    );
  });

  it('never lets a value run as a formula, and leaves phone numbers alone', () => {
    expect(toCsv(['x'], [['=cmd()'], ['+33 6 12 34 56 78'], ['-1+2=']], 'en-GB')).toBe(
      "\ufeffx\r\n'=cmd()\r\n+33 6 12 34 56 78\r\n'-1+2=\r\n",
    );
  });
});

describe('chosen columns', () => {
  const column = { id: 'city', header: 'City', cell: () => null };

  it('follow the default until a reader decides', () => {
    expect(isShown(column, {})).toBe(true);
    expect(isShown({ ...column, optional: true }, {})).toBe(false);
    expect(isShown({ ...column, optional: true }, { city: true })).toBe(true);
    expect(isShown({ ...column, fixed: true }, { city: false })).toBe(true);
  });

  it('survive a damaged memory', () => {
    expect(readChoice('{"city":false,"x":3}')).toEqual({ city: false });
    expect(readChoice('not json')).toEqual({});
    expect(readChoice(null)).toEqual({});
  });
});
