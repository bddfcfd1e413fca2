import type { Lookalike } from '@vitrail/contracts';

type Curve = NonNullable<Lookalike['quality']>['curve'];

/** Places of the slider: fine where few people are taken, coarse where many are. */
export const reaches = [
  0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.125, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5,
] as const;

/** The place nearest to a reach, by ratio. */
export function placeOf(reach: number): number {
  const gaps = reaches.map((one) => Math.abs(Math.log(one / reach)));
  return gaps.indexOf(Math.min(...gaps));
}

export const reachAt = (place: number): number =>
  reaches[Math.min(reaches.length - 1, Math.max(0, Math.round(place)))] ?? 0.05;

/** Share of the hidden people found at a reach, straight between the points that were measured; null without any. */
export function foundAt(curve: Curve, reach: number): number | null {
  const points = [{ reach: 0, found: 0 }, ...curve.toSorted((one, other) => one.reach - other.reach)];
  const after = points.findIndex((point) => point.reach >= reach);
  if (points.length < 2) return null;
  const [low, high] = after <= 0 ? [points.at(-1), points.at(-1)] : [points[after - 1], points[after]];
  if (low === undefined || high === undefined) return null;
  const width = high.reach - low.reach;
  return width === 0 ? high.found : low.found + ((reach - low.reach) / width) * (high.found - low.found);
}

/** How many times more than by chance. */
export function liftAt(curve: Curve, reach: number): number | null {
  const found = foundAt(curve, reach);
  return found === null || reach <= 0 ? null : found / reach;
}

/** Whole people at a reach. */
export const peopleAt = (candidates: number, reach: number): number => Math.floor(candidates * reach);
