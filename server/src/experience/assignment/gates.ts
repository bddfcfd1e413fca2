import type { Gate } from './assign.ts';

/**
 * Experiments of one group share the places 0 to 1 of the group's seed: each owns a part, so nobody is in two of them. The
 * share given away first stays where it is when later experiments join.
 */
export const exclusiveGate = (group: string, from: number, to: number): Gate => ({
  kind: 'group',
  seed: `group:${group}`,
  ranges: [[from, to]],
});

/** Keeps a share of people out of one experiment. */
export const holdoutGate = (key: string, share: number): Gate => ({
  kind: 'holdout',
  seed: `holdout:${key}`,
  ranges: [[share, 1]],
});

/** Keeps the same share of people out of everything, to measure what all of it together brings. */
export const globalHoldoutGate = (share: number): Gate => ({
  kind: 'global_holdout',
  seed: 'holdout',
  ranges: [[share, 1]],
});

/** The first free part of a group's places that is `share` wide; null when there is none. */
export function findFreePart(
  taken: readonly { readonly from: number; readonly to: number }[],
  share: number,
): { readonly from: number; readonly to: number } | null {
  const round = (value: number): number => Math.round(value * 10_000) / 10_000;
  let from = 0;
  for (const part of taken.toSorted((a, b) => a.from - b.from)) {
    if (round(part.from - from) >= share) break;
    from = Math.max(from, part.to);
  }
  return round(1 - from) >= share ? { from, to: round(from + share) } : null;
}
