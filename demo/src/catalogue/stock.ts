import { Random, streams } from '../random/random.ts';
import type { Variant } from './catalogue.ts';

const sizeDemand = [0.6, 1, 1.3, 1.2, 0.9, 0.6, 0.4];

/** Pieces in the warehouse on the day: sought-after sizes run out first, and a few variants are always missing. */
export function stockOf(seed: number, variant: Variant, day: number): number {
  const random = new Random(seed, streams.stock, variant.index, day);
  const size = variant.model.sizes.indexOf(variant.size);
  const demand = sizeDemand[size] ?? 0.8;
  if (random.chance(0.05 + 0.06 * demand)) return 0;
  return Math.max(1, Math.round((4 + 30 * random.next() ** 2) / demand));
}
