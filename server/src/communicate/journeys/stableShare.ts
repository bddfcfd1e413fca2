/**
 * A number from 0 to below 1 that is always the same for the same text: FNV-1a, then the finaliser of MurmurHash3, without
 * which neighbouring ids fall together.
 */
export function stableShare(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** Which of the weights a share falls on; the last with a weight when rounding would miss it. */
export function pickWeighted(weights: readonly number[], share: number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let passed = 0;
  for (const [index, weight] of weights.entries()) {
    passed += weight;
    if (share * total < passed) return index;
  }
  return weights.findLastIndex((weight) => weight > 0);
}
