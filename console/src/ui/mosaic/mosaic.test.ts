import { describe, expect, it } from 'vitest';
import { families } from '../theme/palette.ts';
import { countFamilies, cutMosaic, type Pane } from './mosaic.ts';

const area = (pane: Pane): number => {
  const points = pane.points.split(' ').map((pair) => pair.split(',').map(Number));
  const doubled = points.reduce((sum, [x = 0, y = 0], at) => {
    const [nextX = 0, nextY = 0] = points[(at + 1) % points.length] ?? [];
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(doubled) / 2;
};
const filled = (panes: readonly Pane[]) => panes.filter((pane) => pane.family !== null);

describe('the mosaic of a customer', () => {
  it('is the same picture every time', () => {
    const input = { seed: 'p_42', fragments: ['web', 'crm', 'store'] } as const;
    expect(cutMosaic(input, 21)).toEqual(cutMosaic(input, 21));
  });

  it('is another picture for another customer with the same fragments', () => {
    const fragments = ['web', 'crm', 'store'] as const;
    expect(cutMosaic({ seed: 'p_42', fragments }, 21)).not.toEqual(cutMosaic({ seed: 'p_43', fragments }, 21));
  });

  it('shows one pane among clear glass for a single fragment and no gap once five are known', () => {
    const single = cutMosaic({ seed: 'a', fragments: ['web'] }, 21);
    expect(filled(single)).toHaveLength(1);
    expect(single.length).toBeGreaterThan(1);
    const known = cutMosaic({ seed: 'a', fragments: ['web', 'web', 'crm', 'store', 'ads'] }, 21);
    expect(filled(known)).toHaveLength(known.length);
  });

  it('gains a pane with every fragment that joins', () => {
    const counts = Array.from(
      { length: 12 },
      (_, at) =>
        filled(cutMosaic({ seed: 'grow', fragments: Array.from({ length: at + 1 }, () => 'crm' as const) }, 21)).length,
    );
    expect(counts).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('covers the whole window without a splinter, for any seed', () => {
    for (let seed = 0; seed < 200; seed++) {
      const panes = cutMosaic(
        { seed: `profile ${seed}`, fragments: Array.from({ length: 9 }, () => 'web' as const) },
        9,
      );
      const areas = panes.map(area);
      expect(areas.reduce((sum, one) => sum + one, 0)).toBeCloseTo(10_000, -2);
      expect(Math.min(...areas)).toBeGreaterThan(150);
    }
  });

  it('keeps every family in view when there are more fragments than room', () => {
    const many = [...Array.from({ length: 60 }, () => 'web' as const), ...families];
    const shown = new Set(cutMosaic({ seed: 'many', fragments: many }, 9).map((pane) => pane.family));
    expect(cutMosaic({ seed: 'many', fragments: many }, 9)).toHaveLength(9);
    expect(shown).toEqual(new Set(families));
  });
});

describe('the words of a mosaic', () => {
  it('count the fragments of each family, most first', () => {
    expect(countFamilies(['web', 'store', 'web'])).toEqual([
      ['web', 2],
      ['store', 1],
    ]);
  });
});
