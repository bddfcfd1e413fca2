import { describe, expect, it } from 'vitest';
import { markDifferences } from './markDifferences.ts';

const shown = (left: string, right: string) =>
  markDifferences(left, right).map((pieces) =>
    pieces.map(({ text, differs }) => (differs ? `[${text}]` : text)).join(''),
  );

describe('marks on two values', () => {
  it('stand on the letters that the other one does not have', () => {
    expect(shown('Dupont', 'Dupond')).toEqual(['Dupon[t]', 'Dupon[d]']);
    expect(shown('Marie', 'Marie-Claude')).toEqual(['Marie', 'Marie[-Claude]']);
  });

  it('leave accents and capitals alone', () => {
    expect(shown('HÉLÈNE', 'Hélene')).toEqual(['HÉLÈNE', 'Hélene']);
  });

  it('are left out where little is shared, and in long texts', () => {
    expect(shown('12 rue Pasteur', '7 Meadow View')).toEqual(['12 rue Pasteur', '7 Meadow View']);
    const long = 'x'.repeat(10_000);
    expect(shown(long, `${long}y`)).toEqual([long, `${long}y`]);
  });

  it('cope with nothing and with signs of two units', () => {
    expect(shown('', '')).toEqual(['', '']);
    expect(shown('Zoé 👩‍🌾', 'Zoe 👩‍🌾')).toEqual(['Zoé 👩‍🌾', 'Zoe 👩‍🌾']);
  });
});
