import { randomInt } from 'node:crypto';
import type { WheelSegment } from '@vitrail/contracts';

/** By key of an offer: how many codes are left; null: without end. */
export type Stock = ReadonlyMap<string, number | null>;

/**
 * The segments with the chances that they really have now: a prize that cannot be given has none, and what it had goes to
 * the first segment that wins nothing. What is shown and what is drawn by are the same.
 */
export function trueChances<Segment extends WheelSegment>(segments: readonly Segment[], stock: Stock): Segment[] {
  const isThere = ({ offer }: WheelSegment): boolean => offer === null || stock.get(offer) !== 0;
  const lost = segments.reduce((sum, segment) => sum + (isThere(segment) ? 0 : segment.chance), 0);
  const nothing = segments.findIndex(({ offer }) => offer === null);
  return segments.map((segment, at) => {
    if (!isThere(segment)) return { ...segment, chance: 0 };
    return at === nothing ? { ...segment, chance: rounded(segment.chance + lost) } : segment;
  });
}

/** Sums of tenths are not exact; a chance is never finer than this. */
const rounded = (chance: number): number => Math.round(chance * 1e12) / 1e12;

/** As evenly as the machine can, from a source that nobody can foresee. */
const steps = 2 ** 47;
export const drawNumber = (): number => randomInt(steps) / steps;

/** The segment at a number from 0 up to 1. One without a chance is never drawn. */
export function segmentAt<Segment extends WheelSegment>(segments: readonly Segment[], number: number): Segment {
  let sum = 0;
  for (const segment of segments) {
    sum += segment.chance;
    if (segment.chance > 0 && number < sum) return segment;
  }
  // The chances add up to a hair less than 1.
  const last = segments.findLast(({ chance }) => chance > 0);
  if (last === undefined) throw new Error('a wheel has no segment with a chance');
  return last;
}
