import { describe, expect, it } from 'vitest';
import { type ComparisonShape, estimate } from './estimate.ts';
import type { Patterns } from './patterns.ts';

const shape = (name: string, more: Partial<ComparisonShape> = {}): ComparisonShape => ({
  name,
  levels: ['missing', 'exact', 'close', 'different'],
  unlikeNames: null,
  isAddress: false,
  housematesShare: null,
  knownPairs: 0,
  ...more,
});

/** Every pattern of `width` comparisons of three levels, with the pairs a mixture of classes would have. */
function mixture(
  classes: readonly { readonly pairs: number; readonly shares: readonly (readonly [number, number, number])[] }[],
  width: number,
): Patterns {
  const size = 3 ** width;
  const levels = new Uint8Array(size * width);
  const counts = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    for (let at = 0; at < width; at++) levels[row * width + at] = 1 + (Math.floor(row / 3 ** at) % 3);
    for (const { pairs, shares } of classes) {
      let count = pairs;
      for (let at = 0; at < width; at++) count *= shares[at]?.[(levels[row * width + at] ?? 1) - 1] ?? 0;
      counts[row] = (counts[row] ?? 0) + count;
    }
  }
  return { width, size, levels, counts };
}

const same = [0.9, 0.06, 0.04] as const;
const stranger = [0.002, 0.004, 0.994] as const;
const pause = async (): Promise<void> => undefined;

describe('the estimate of a model', () => {
  it('recovers the shares of a known mixture', async () => {
    const matches = [same, [0.7, 0.2, 0.1], [0.8, 0.15, 0.05], same] as const;
    const strangers = [stranger, stranger, [0.01, 0.02, 0.97], stranger] as const;
    const all = 1_000_000;
    const pairs = mixture(
      [
        { pairs: 5_000, shares: matches },
        { pairs: all - 5_000, shares: strangers },
      ],
      4,
    );
    const shapes = ['a', 'b', 'c', 'd'].map((name) => shape(name));
    const found = await estimate({ shapes, compared: pairs, random: pairs, allPairs: all, pause });
    expect(found.converged).toBe(true);
    expect(found.prior.match * all).toBeGreaterThan(4_900);
    expect(found.prior.match * all).toBeLessThan(5_100);
    for (const [at, [exact, close]] of matches.entries()) {
      expect(found.m[at]?.[1]).toBeCloseTo(exact, 1);
      expect(found.m[at]?.[2]).toBeCloseTo(close, 1);
      expect(found.u[at]?.[1]).toBeCloseTo(strangers[at]?.[0] ?? 0, 2);
    }
  });

  it('tells people of one household from one person', async () => {
    const shapes = [
      shape('first', { housematesShare: 0.1 }),
      shape('last'),
      shape('birth', { housematesShare: 0.1 }),
      shape('address', { isAddress: true }),
    ];
    const all = 10_000_000;
    const pairs = mixture(
      [
        { pairs: 4_000, shares: [same, same, same, [0.7, 0.1, 0.2]] },
        { pairs: 8_000, shares: [stranger, [0.8, 0.1, 0.1], stranger, [0.7, 0.1, 0.2]] },
        { pairs: all - 12_000, shares: [stranger, stranger, stranger, [0.0001, 0.0002, 0.9997]] },
      ],
      4,
    );
    const { m, h, prior, expectedMatches } = await estimate({
      shapes,
      compared: pairs,
      random: pairs,
      allPairs: all,
      pause,
    });
    expect(m[0]?.[1]).toBeGreaterThan(0.85);
    expect(h[0]?.[1]).toBeLessThan(0.02);
    expect(h[1]?.[1]).toBeGreaterThan(0.6);
    expect(expectedMatches).toBeGreaterThan(3_800);
    expect(expectedMatches).toBeLessThan(4_200);
    expect(prior.household).toBeGreaterThan(0);
  });

  it('knows no households without addresses, and learns nothing from nothing', async () => {
    const none: Patterns = { width: 1, size: 0, levels: new Uint8Array(), counts: new Float64Array() };
    const found = await estimate({ shapes: [shape('a')], compared: none, random: none, allPairs: 1, pause });
    expect(found.prior.household).toBe(0);
    expect(found.m[0]?.every((share) => Number.isFinite(share))).toBe(true);
  });
});
