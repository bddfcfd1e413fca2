import type { FlagRequest, FlagRule } from '@vitrail/contracts';
import type { JsonObject } from '../../platform/index.ts';
import type { RunningExperiment } from '../experiments/assignables.ts';
import type { Feature, FeatureRule, Features } from './payload.ts';

/** Attributes under which clients give who they are, and the server the segments. */
export const deviceAttribute = 'anonymousId';
export const personAttribute = 'userId';
export const segmentsAttribute = 'segments';

export interface FlagSource {
  readonly active: boolean;
  readonly definition: FlagRequest;
}

/**
 * Flags as GrowthBook's SDKs read them. `published`: only rules whose segments are all published, for browsers; without it
 * all. Names of rules, variations and segments stay here: the payload has keys and ids alone.
 */
export function compileFeatures(
  flags: readonly FlagSource[],
  running: readonly RunningExperiment[],
  published?: ReadonlySet<string>,
): Features {
  const byKey = new Map(running.filter(({ kind }) => kind === 'flag').map((each) => [each.assignable.key, each]));
  return Object.fromEntries(
    flags.map(({ active, definition }): [string, Feature] => {
      const rules = active
        ? definition.rules.flatMap((rule, index) =>
            published !== undefined && !rule.segments.every((segment) => published.has(segment))
              ? []
              : compileRule(rule, `rule-${index + 1}`, definition, byKey),
          )
        : [];
      return [definition.key, { defaultValue: definition.default, ...(rules.length > 0 && { rules }) }];
    }),
  );
}

function compileRule(
  rule: FlagRule,
  id: string,
  flag: FlagRequest,
  running: ReadonlyMap<string, RunningExperiment>,
): FeatureRule[] {
  if (rule.kind === 'force') return [{ id, ...conditionOf(rule), force: rule.value }];
  if (rule.kind === 'rollout')
    return forUnit(rule.unit, (attribute, condition) => ({
      id,
      ...conditionOf(rule, condition),
      force: rule.value,
      coverage: rule.share,
      hashAttribute: attribute,
      hashVersion: 2,
      seed: `${flag.key}:${id}`,
    }));
  const experiment = running.get(rule.experiment);
  if (experiment === undefined) return [];
  const { assignable, variations } = experiment;
  return forUnit(assignable.unit, (attribute, condition) => ({
    id,
    ...conditionOf(rule, condition),
    key: assignable.key,
    variations: variations.map((key) => rule.values[key] ?? flag.default),
    meta: variations.map((key) => ({ key })),
    weights: assignable.weights,
    coverage: assignable.coverage,
    seed: assignable.seed,
    hashVersion: assignable.hashVersion,
    hashAttribute: attribute,
    // With a sticky bucket service whoever signs in keeps what the device showed.
    ...(attribute === personAttribute && { fallbackAttribute: deviceAttribute }),
    bucketVersion: assignable.bucketVersion,
    minBucketVersion: assignable.minBucketVersion,
    ...(assignable.gates.length > 0 && {
      filters: assignable.gates.map(({ seed, ranges }) => ({ seed, ranges, attribute, hashVersion: 2 })),
    }),
  }));
}

/** By person: those known by their user id, the others by their device. Two rules, since a filter has no stand-in attribute. */
function forUnit(
  unit: 'device' | 'person',
  rule: (attribute: string, condition: JsonObject | null) => FeatureRule,
): FeatureRule[] {
  if (unit === 'device') return [rule(deviceAttribute, null)];
  return [
    rule(personAttribute, { [personAttribute]: { $exists: true } }),
    rule(deviceAttribute, { [personAttribute]: { $exists: false } }),
  ];
}

function conditionOf(
  { condition, segments }: Pick<FlagRule, 'condition' | 'segments'>,
  more: JsonObject | null = null,
): { readonly condition?: JsonObject } {
  const all: JsonObject[] = [
    ...(Object.keys(condition).length > 0 ? [condition] : []),
    ...(segments.length > 0 ? [{ [segmentsAttribute]: { $in: segments } }] : []),
    ...(more === null ? [] : [more]),
  ];
  const [first, ...others] = all;
  if (first === undefined) return {};
  return { condition: others.length === 0 ? first : { $and: all } };
}

/** Segments that any active flag asks about. */
export const segmentsAsked = (flags: readonly FlagSource[]): string[] => [
  ...new Set(
    flags.flatMap(({ active, definition }) => (active ? definition.rules.flatMap(({ segments }) => segments) : [])),
  ),
];
