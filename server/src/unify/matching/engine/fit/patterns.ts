import { levelBits } from '../compare/compileCompare.ts';

/** Counted patterns of levels: row `i` has `counts[i]` pairs and the levels `levels[i * width …]`. */
export interface Patterns {
  readonly width: number;
  readonly size: number;
  readonly levels: Uint8Array;
  readonly counts: Float64Array;
}

/** A packed pattern in two halves: JSON numbers are exact to 53 bits only. */
export const patternHalves = `toUInt32(bitAnd(pattern, 4294967295)) as low, toUInt32(bitShiftRight(pattern, 32)) as high`;
export const halvesRow = { low: 'UInt32', high: 'UInt32' } as const;

const inHalf = 32 / levelBits;
const mask = 2 ** levelBits - 1;

/** Levels of a pattern, in the order of the comparisons. */
export const unpackPattern = ({ low, high }: { low: number; high: number }, width: number): number[] =>
  Array.from({ length: width }, (_, at) => ((at < inHalf ? low : high) >>> ((at % inHalf) * levelBits)) & mask);

export function readPatterns(rows: readonly { low: number; high: number; pairs: number }[], width: number): Patterns {
  const levels = new Uint8Array(rows.length * width);
  const counts = new Float64Array(rows.length);
  for (const [index, row] of rows.entries()) {
    levels.set(unpackPattern(row, width), index * width);
    counts[index] = row.pairs;
  }
  return { width, size: rows.length, levels, counts };
}
