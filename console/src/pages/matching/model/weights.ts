import type { MatchLevel } from '@vitrail/contracts';

/** Nothing is impossible: a level that was never seen is as rare as this. */
const least = 1e-9;

/** Bits a level gives for one person, against strangers and against housemates. Nothing of a blank value. */
export function bitsOf({ name, m, u, h }: MatchLevel): { readonly stranger: number; readonly household: number } {
  if (name === 'missing') return { stranger: 0, household: 0 };
  const bits = (against: number): number => Math.log2(Math.max(m, least) / Math.max(against, least));
  return { stranger: bits(u), household: bits(h) };
}
