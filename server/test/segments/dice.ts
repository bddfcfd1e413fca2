import { dice as throwDice } from '../reportShop.ts';

/** Random choices that a seed repeats. */
export function createDice(seed: number) {
  const roll = throwDice(seed);
  const pick = <T>(values: readonly T[]): T => {
    const value = values[roll(values.length)];
    if (value === undefined) throw new Error('nothing to pick from');
    return value;
  };
  return {
    /** 0 … sides - 1. */
    roll,
    pick,
    /** True once in so many. */
    once: (sides: number): boolean => roll(sides) === 0,
    some: <T>(values: readonly T[], most: number): T[] => [
      ...new Set(Array.from({ length: 1 + roll(most) }, () => pick(values))),
    ],
  };
}
export type Dice = ReturnType<typeof createDice>;
