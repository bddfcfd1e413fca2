import type { MatchModel, MatchModelComparison } from '@vitrail/contracts';

/** Bits of one level: for one person against two strangers, and against two people of one household. */
export interface LevelBits {
  readonly stranger: number;
  readonly household: number;
}

/** Where a model knows no households, the weight against them: too much to change a probability. */
const noHousehold = 99;

/** Frequencies count where a value is one of many; e-mails and telephones are nearly unique. */
const counted = new Set(['given_name', 'family_name', 'birth_date', 'address', 'company_name', 'text', 'category']);

export const hasFrequency = ({ termFrequency, method, filled }: MatchModelComparison): boolean =>
  termFrequency && counted.has(method) && filled > 0;

export function priorBits({ prior }: MatchModel): LevelBits {
  const strangers = Math.max(1e-9, 1 - prior.match - prior.household);
  return {
    stranger: Math.log2(prior.match / strangers),
    household: prior.household > 0 ? Math.log2(prior.match / prior.household) : noHousehold,
  };
}

/** Least share, so that a level nobody was on has a weight. */
const least = 1e-9;

export function levelBits(model: MatchModel, comparison: MatchModelComparison, level: number): LevelBits {
  const shares = comparison.levels[level];
  if (level === 0 || shares === undefined) return { stranger: 0, household: 0 };
  const [m, u, h] = [Math.max(shares.m, least), Math.max(shares.u, least), Math.max(shares.h, least)];
  return { stranger: Math.log2(m / u), household: model.prior.household > 0 ? Math.log2(m / h) : 0 };
}

/**
 * The share of strangers that agree on this very value takes the place of the mean over all values. `records` have the
 * value; two strangers of a household share a given name as rarely as any two, so it counts against them as well.
 */
export function frequencyBits(model: MatchModel, comparison: MatchModelComparison, records: number): LevelBits {
  if (records === 0 || !hasFrequency(comparison)) return { stranger: 0, household: 0 };
  const mean = Math.max(comparison.levels[1]?.u ?? 0, least);
  const bits = Math.log2((mean * comparison.filled) / Math.max(2, records));
  return {
    stranger: bits,
    household: comparison.method === 'given_name' && model.prior.household > 0 ? bits : 0,
  };
}

export const probabilityOf = (weight: number, householdWeight: number): number =>
  1 / (1 + 2 ** -weight + 2 ** -householdWeight);
