/**
 * How people are spread, exactly as GrowthBook's SDKs do it (specification 0.7.1, read in 2026): 32-bit FNV-1a over UTF-16
 * code units, so a server, a browser and a foreign SDK put one person into one place without asking each other.
 */

/** Which of the two ways of hashing; 1 only for experiments begun elsewhere, its seeds correlate with each other. */
export type HashVersion = 1 | 2;

/** From (inclusive) and to (exclusive), within [0, 1]. */
export type Range = readonly [number, number];

export function fnv32a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** The place of a unit in [0, 1): the same for the same seed, unlike any other seed's. */
export const bucketOf = (seed: string, unit: string, version: HashVersion = 2): number =>
  version === 2 ? (fnv32a(String(fnv32a(seed + unit))) % 10_000) / 10_000 : (fnv32a(unit + seed) % 1_000) / 1_000;

export const isWithin = (place: number, [from, to]: Range): boolean => place >= from && place < to;

/** Equal shares that add up to one. */
export const equalWeights = (count: number): number[] => (count < 1 ? [] : Array<number>(count).fill(1 / count));

/**
 * Which places get which variation. Each variation's range begins where the one before would end with all the traffic, so
 * more coverage adds people to a variation and never moves one to another. Weights that are not as many as variations or do
 * not add up to one count as equal.
 */
export function bucketRanges(count: number, coverage = 1, weights?: readonly number[]): Range[] {
  const covered = Math.min(1, Math.max(0, coverage));
  const sum = weights?.reduce((total, weight) => total + weight, 0) ?? 0;
  const used = weights?.length === count && sum >= 0.99 && sum <= 1.01 ? weights : equalWeights(count);
  let before = 0;
  return used.map((weight) => {
    const from = before;
    before += weight;
    return [from, from + covered * weight];
  });
}

/** The variation of a place; -1 when it is in none. */
export const variationAt = (place: number, ranges: readonly Range[]): number =>
  ranges.findIndex((range) => isWithin(place, range));

/** GrowthBook's first form of exclusive groups: always the first hash. */
export const isInNamespace = (unit: string, [name, from, to]: readonly [string, number, number]): boolean =>
  isWithin(bucketOf(`__${name}`, unit, 1), [from, to]);
