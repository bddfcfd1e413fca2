/** Normal quantile of a 95 % interval. */
const z = 1.959963984540054;

export interface Share {
  readonly hits: number;
  /** Above 0. */
  readonly of: number;
}

/** Wilson (1927): an interval of a share that holds for few cases and for none. */
export function wilson({ hits, of }: Share): { readonly low: number; readonly high: number } {
  const share = hits / of;
  const centre = share + (z * z) / (2 * of);
  const spread = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  const scale = 1 + (z * z) / of;
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) };
}

/**
 * How much larger the first share is than the second, with a 95 % interval: Newcombe (1998), "Interval estimation for the
 * difference between independent proportions", method 10, which holds where the usual normal one does not.
 */
export function differenceOfShares(
  first: Share,
  second: Share,
): { readonly estimate: number; readonly low: number; readonly high: number } {
  const p1 = first.hits / first.of;
  const p2 = second.hits / second.of;
  const w1 = wilson(first);
  const w2 = wilson(second);
  const estimate = p1 - p2;
  return {
    estimate,
    low: estimate - Math.sqrt((p1 - w1.low) ** 2 + (w2.high - p2) ** 2),
    high: estimate + Math.sqrt((w1.high - p1) ** 2 + (p2 - w2.low) ** 2),
  };
}
