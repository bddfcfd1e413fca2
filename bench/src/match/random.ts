/** Items of a list that are about equally frequent; those after them become rarer. */
const head = 30;

/** Numbers that look random and are the same each time (mulberry32). */
export function createRandom(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (most: number): number => Math.floor(next() * most);
  return {
    below,
    chance: (share: number): boolean => next() < share,
    pick: (list: readonly string[]): string => list[below(list.length)] ?? '',
    /** A place in a list whose first items are far more frequent, as names are. */
    skewed: (length: number): number => Math.min(length - 1, Math.floor(head * ((length / head + 1) ** next() - 1))),
  };
}
export type Random = ReturnType<typeof createRandom>;
