import { describe, expect, it } from 'vitest';
import { readLines } from './readLines.ts';

describe('the lines of a list', () => {
  it('are one identifier each, once', () => {
    expect(readLines('zoe@example.fr\r\n\r\n 2501 \nzoe@example.fr\n')).toEqual({
      lines: ['zoe@example.fr', '2501'],
      left: 0,
    });
  });

  it('come without a heading that names their column', () => {
    expect(readLines('\ufeffE-mail\nzoe@example.fr')).toEqual({ lines: ['zoe@example.fr'], left: 1 });
  });

  it('are taken from the column of a table that identifies', () => {
    expect(readLines('Nom;E-mail;Ville\n"Müller; Zoé";zoe@example.fr;Lyon\nSans;;Nice')).toEqual({
      lines: ['zoe@example.fr'],
      left: 2,
    });
    expect(readLines('Moreau,jeanne@example.fr\nPetit,luc@example.fr').lines).toEqual([
      'jeanne@example.fr',
      'luc@example.fr',
    ]);
    expect(readLines('name\tloyalty_card\nA "x"\t"25""01"').lines).toEqual(['25"01']);
  });
});
