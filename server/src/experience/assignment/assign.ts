import { bucketOf, bucketRanges, type HashVersion, isWithin, type Range, variationAt } from './bucketOf.ts';

/** Who is assigned: the person once known, else the device. The id is what is hashed, so it must never change. */
export interface Unit {
  readonly device?: string | undefined;
  readonly person?: string | undefined;
}

/** A share of places that may take part. Exclusive groups and holdouts are both of this kind. */
export interface Gate {
  readonly kind: 'group' | 'holdout' | 'global_holdout';
  readonly seed: string;
  readonly ranges: readonly Range[];
}

/** An experiment as far as assigning goes; plain data, safe to keep in memory and to give to a browser. */
export interface Assignable {
  readonly key: string;
  readonly seed: string;
  readonly hashVersion: HashVersion;
  /** `person`: the device until the person is known; what the device was given stays. */
  readonly unit: 'device' | 'person';
  readonly weights: readonly number[];
  /** Share of everyone who takes part, 0 to 1. */
  readonly coverage: number;
  readonly gates: readonly Gate[];
  /** Raised to begin anew: what was given under a lower number is forgotten. */
  readonly bucketVersion: number;
  /** People given something under a version lower than this leave the experiment. */
  readonly minBucketVersion: number;
}

/** What a unit was given before: the place of the variation by `<experiment>__<bucket version>`, as `stickyEntry` writes it. */
export type StickyBuckets = Readonly<Record<string, number>>;

export type AssignmentReason =
  | 'assigned'
  | 'sticky'
  | 'group'
  | 'holdout'
  | 'global_holdout'
  | 'coverage'
  | 'left'
  | 'nobody';
export interface Assignment {
  /** Index into the variations; null: not in the experiment, the first variation (control) is shown and nothing counted. */
  readonly variation: number | null;
  readonly reason: AssignmentReason;
  /** What was hashed; null when there was nobody to assign. */
  readonly unit: { readonly attribute: 'device' | 'person'; readonly value: string } | null;
  /** The place in [0, 1); null when it did not come to that. */
  readonly bucket: number | null;
}

export const stickyEntry = (key: string, bucketVersion: number): string => `${key}__${bucketVersion}`;

/**
 * Which variation a unit gets. Pure: the same input gives the same answer in every process. `sticky` holds what the person
 * and the device were given before; the person's counts first, so whoever signs in keeps what the device showed them.
 */
export function assign(
  experiment: Assignable,
  unit: Unit,
  sticky: { readonly person?: StickyBuckets | undefined; readonly device?: StickyBuckets | undefined } = {},
): Assignment {
  const hashed = hashedUnit(experiment, unit);
  if (hashed === null) return { variation: null, reason: 'nobody', unit: null, bucket: null };
  const kept = {
    ...(unit.device === undefined ? {} : sticky.device),
    ...(experiment.unit === 'person' ? sticky.person : {}),
  };
  const given = kept[stickyEntry(experiment.key, experiment.bucketVersion)];
  const outside = (reason: AssignmentReason): Assignment => ({ variation: null, reason, unit: hashed, bucket: null });
  if (isBlocked(experiment, kept)) return outside('left');
  if (given !== undefined && given >= 0 && given < experiment.weights.length)
    return { variation: given, reason: 'sticky', unit: hashed, bucket: null };
  const gate = experiment.gates.find(({ seed, ranges }) => {
    const place = bucketOf(seed, hashed.value);
    return !ranges.some((range) => isWithin(place, range));
  });
  if (gate !== undefined) return outside(gate.kind);
  const bucket = bucketOf(experiment.seed, hashed.value, experiment.hashVersion);
  const ranges = bucketRanges(experiment.weights.length, experiment.coverage, experiment.weights);
  const variation = variationAt(bucket, ranges);
  return variation < 0
    ? { variation: null, reason: 'coverage', unit: hashed, bucket }
    : { variation, reason: 'assigned', unit: hashed, bucket };
}

function hashedUnit({ unit: by }: Assignable, { device, person }: Unit): Assignment['unit'] {
  if (by === 'person' && person !== undefined && person !== '') return { attribute: 'person', value: person };
  return device === undefined || device === '' ? null : { attribute: 'device', value: device };
}

function isBlocked({ key, minBucketVersion }: Assignable, kept: StickyBuckets): boolean {
  for (let version = 0; version < minBucketVersion; version++)
    if (kept[stickyEntry(key, version)] !== undefined) return true;
  return false;
}
