import type { Json, JsonObject } from '../../platform/index.ts';
import { bucketOf, bucketRanges, isInNamespace, isWithin, type Range, variationAt } from '../assignment/index.ts';
import { attributeAt, type Groups, matchesCondition } from './matchCondition.ts';
import type { Feature, FeatureFilter, FeatureRule, Features } from './payload.ts';

/** For whom, and where. Variations kept from before by `attribute||value`, then by `experiment__version`: their keys. */
export interface EvaluationContext {
  readonly attributes: JsonObject;
  readonly groups?: Groups | undefined;
  readonly url?: string | undefined;
  readonly forcedVariations?: Readonly<Record<string, number>> | undefined;
  readonly forcedFeatures?: ReadonlyMap<string, Json> | undefined;
  readonly sticky?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
}

export interface ExperimentOutcome {
  /** Key of the experiment. */
  readonly experiment: string;
  readonly variation: number;
  readonly variationKey: string;
  /** False: forced, or not taking part; the variation is then shown without being counted. */
  readonly counted: boolean;
  readonly inExperiment: boolean;
  readonly value: Json;
  readonly hashAttribute: string;
  readonly hashValue: string;
  readonly bucket: number | null;
  readonly sticky: boolean;
  /** Shown, but the rules after it decide the value. */
  readonly passthrough: boolean;
}
export type FeatureSource =
  | 'unknownFeature'
  | 'defaultValue'
  | 'force'
  | 'experiment'
  | 'override'
  | 'prerequisite'
  | 'cyclicPrerequisite';
export interface FeatureOutcome {
  readonly value: Json;
  readonly source: FeatureSource;
  readonly ruleId: string;
  readonly experiment: ExperimentOutcome | null;
}

/** The value of a flag. Pure; answers as GrowthBook's SDKs do for the same payload and attributes. */
export const evaluateFeature = (features: Features, key: string, context: EvaluationContext): FeatureOutcome =>
  evaluate({ features, context, open: new Set() }, key);

interface Walk {
  readonly features: Features;
  readonly context: EvaluationContext;
  /** Flags under way: one that needs itself has no answer. */
  readonly open: ReadonlySet<string>;
}

const outcome = (value: Json, source: FeatureSource, ruleId = ''): FeatureOutcome => ({
  value,
  source,
  ruleId,
  experiment: null,
});

function evaluate(walk: Walk, key: string): FeatureOutcome {
  const { features, context } = walk;
  if (walk.open.has(key)) return outcome(null, 'cyclicPrerequisite');
  const inner = { ...walk, open: new Set([...walk.open, key]) };
  if (context.forcedFeatures?.has(key)) return outcome(context.forcedFeatures.get(key) ?? null, 'override');
  const feature: Feature | undefined = Object.hasOwn(features, key) ? features[key] : undefined;
  if (feature === undefined) return outcome(null, 'unknownFeature');
  for (const rule of feature.rules ?? []) {
    const decided = applyRule(inner, key, rule);
    if (decided !== null) return decided;
  }
  return outcome(feature.defaultValue ?? null, 'defaultValue');
}

/** Null: the rule does not fit, the next one is asked. */
function applyRule(walk: Walk, key: string, rule: FeatureRule): FeatureOutcome | null {
  const { context } = walk;
  const parents = checkParents(walk, rule);
  if (parents !== 'hold') return parents;
  if (rule.filters !== undefined && isFilteredOut(rule.filters, context)) return null;
  if (rule.force !== undefined || 'force' in rule) {
    if (rule.condition !== undefined && !holds(rule.condition, context)) return null;
    return isInRollout(rule, key, context) ? outcome(rule.force ?? null, 'force', rule.id ?? '') : null;
  }
  if (rule.variations === undefined) return null;
  const experiment = runExperiment({ ...rule, variations: rule.variations, key: rule.key ?? key }, context);
  if (!experiment.inExperiment || experiment.passthrough) return null;
  return { value: experiment.value, source: 'experiment', ruleId: rule.id ?? '', experiment };
}

const holds = (condition: JsonObject, { attributes, groups }: EvaluationContext): boolean =>
  matchesCondition(attributes, condition, groups);

function checkParents(walk: Walk, { parentConditions = [] }: FeatureRule): FeatureOutcome | null | 'hold' {
  for (const { id, condition, gate } of parentConditions) {
    const parent = evaluate(walk, id);
    if (parent.source === 'cyclicPrerequisite') return outcome(null, 'cyclicPrerequisite');
    if (matchesCondition({ value: parent.value }, condition ?? {})) continue;
    return gate ? outcome(null, 'prerequisite') : null;
  }
  return 'hold';
}

/** The attribute that is hashed, as text; '' when neither it nor its stand-in has a value. */
function hashed(
  { attributes }: EvaluationContext,
  attribute = 'id',
  fallback?: string,
): { name: string; value: string } {
  for (const name of fallback === undefined ? [attribute] : [attribute, fallback]) {
    const value = Object.hasOwn(attributes, name) ? attributes[name] : attributeAt(attributes, name);
    if (value) return { name, value: typeof value === 'string' ? value : JSON.stringify(value) };
  }
  return { name: attribute, value: '' };
}

const versionOf = (version: number | undefined, usual: 1 | 2): 1 | 2 | null => {
  const asked = version || usual;
  return asked === 1 || asked === 2 ? asked : null;
};
const placeOf = (seed: string, value: string, version: number | undefined, usual: 1 | 2): number | null => {
  const known = versionOf(version, usual);
  return known === null ? null : bucketOf(seed, value, known);
};

const isFilteredOut = (filters: readonly FeatureFilter[], context: EvaluationContext): boolean =>
  filters.some(({ seed, ranges, attribute, hashVersion }) => {
    const { value } = hashed(context, attribute || 'id');
    const place = value === '' ? null : placeOf(seed, value, hashVersion, 2);
    return place === null || !ranges.some((range) => isWithin(place, range));
  });

function isInRollout(rule: FeatureRule, key: string, context: EvaluationContext): boolean {
  const { range, coverage, seed, hashAttribute, fallbackAttribute, hashVersion, disableStickyBucketing } = rule;
  if (range === undefined && coverage === undefined) return true;
  if (range === undefined && coverage === 0) return false;
  const fallback = context.sticky === undefined || disableStickyBucketing ? undefined : fallbackAttribute;
  const { value } = hashed(context, hashAttribute || 'id', fallback);
  const place = value === '' ? null : placeOf(seed || key, value, hashVersion, 1);
  if (place === null) return false;
  return range === undefined ? place <= (coverage ?? 1) : isWithin(place, range);
}

type ExperimentRule = FeatureRule & { readonly variations: readonly Json[]; readonly key: string };

/** Which variation of an experiment written as GrowthBook writes them. */
export function runExperiment(rule: ExperimentRule, context: EvaluationContext): ExperimentOutcome {
  const isSticky = context.sticky !== undefined && !rule.disableStickyBucketing;
  const unit = hashed(context, rule.hashAttribute || 'id', isSticky ? rule.fallbackAttribute : undefined);
  const answer = (
    variation: number,
    counted = false,
    place: number | null = null,
    sticky = false,
  ): ExperimentOutcome => {
    const inExperiment = variation >= 0 && variation < rule.variations.length;
    const index = inExperiment ? variation : 0;
    const meta = rule.meta?.[index];
    return {
      experiment: rule.key,
      variation: index,
      variationKey: meta?.key || String(index),
      counted,
      inExperiment,
      value: rule.variations[index] ?? null,
      hashAttribute: unit.name,
      hashValue: unit.value,
      bucket: place,
      sticky,
      passthrough: meta?.passthrough === true,
    };
  };
  if (rule.variations.length < 2) return answer(-1);
  const asked = askedByUrl(rule.key, context.url ?? '', rule.variations.length);
  if (asked !== null) return answer(asked);
  const { forcedVariations } = context;
  if (forcedVariations !== undefined && Object.hasOwn(forcedVariations, rule.key))
    return answer(forcedVariations[rule.key] ?? -1);
  if (unit.value === '') return answer(-1);
  const kept = isSticky ? keptVariation(rule, context) : { variation: -1, blocked: false };
  if (kept.variation < 0 && !takesPart(rule, unit.value, context)) return answer(-1);
  const place = placeOf(rule.seed || rule.key, unit.value, rule.hashVersion, 1);
  if (place === null) return answer(-1);
  if (kept.blocked) return answer(-1, false, null, true);
  const ranges: readonly Range[] =
    rule.ranges ?? bucketRanges(rule.variations.length, rule.coverage ?? 1, rule.weights);
  const variation = kept.variation >= 0 ? kept.variation : variationAt(place, ranges);
  return variation < 0 ? answer(-1) : answer(variation, true, place, kept.variation >= 0);
}

function takesPart(rule: ExperimentRule, unit: string, context: EvaluationContext): boolean {
  if (rule.filters !== undefined) {
    if (isFilteredOut(rule.filters, context)) return false;
  } else if (rule.namespace !== undefined && !isInNamespace(unit, rule.namespace)) return false;
  return rule.condition === undefined || holds(rule.condition, context);
}

/** `?experiment=1` in the address of the page: to look at a variation. */
function askedByUrl(key: string, url: string, count: number): number | null {
  const query = url.split('?')[1]?.replace(/#.*/, '') ?? '';
  const given = query
    .split('&')
    .map((pair) => pair.split('=', 2))
    .find(([name]) => name === key)?.[1];
  const variation = given === undefined ? Number.NaN : Number.parseInt(given, 10);
  return variation >= 0 && variation < count ? variation : null;
}

function keptVariation(rule: ExperimentRule, context: EvaluationContext): { variation: number; blocked: boolean } {
  const own = hashed(context, rule.hashAttribute || 'id');
  // Without one of its own `id` stands in, as the SDKs have it.
  const other = hashed(context, rule.fallbackAttribute || 'id');
  const kept = {
    ...(other.value !== '' && context.sticky?.[`${other.name}||${other.value}`]),
    ...context.sticky?.[`${own.name}||${own.value}`],
  };
  for (let version = 0; version < (rule.minBucketVersion ?? 0); version++)
    if (kept[`${rule.key}__${version}`] !== undefined) return { variation: -1, blocked: true };
  const key = kept[`${rule.key}__${rule.bucketVersion ?? 0}`];
  return {
    variation: key === undefined ? -1 : (rule.meta?.findIndex((each) => each.key === key) ?? -1),
    blocked: false,
  };
}
