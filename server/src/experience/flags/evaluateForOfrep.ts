import { flagValueSchema, type ofrepErrorSchema, type ofrepSingleSchema } from '@vitrail/contracts';
import type { z } from 'zod';
import type { JsonObject } from '../../platform/index.ts';
import { deviceAttribute, personAttribute } from './compileFeatures.ts';
import { evaluateFeature } from './evaluateFeature.ts';
import type { Features } from './payload.ts';

type Answer = z.infer<typeof ofrepSingleSchema> | z.infer<typeof ofrepErrorSchema>;

/** One flag as OpenFeature wants it: value, why, and which of the possible answers it is. */
export function evaluateForOfrep(
  features: Features,
  key: string,
  attributes: JsonObject,
  inactive: ReadonlySet<string>,
): Answer {
  const feature = features[key];
  const rules = feature?.rules ?? [];
  const divides = rules.some(({ coverage, variations }) => coverage !== undefined || variations !== undefined);
  if (divides && !attributes[deviceAttribute] && !attributes[personAttribute])
    return {
      key,
      errorCode: 'TARGETING_KEY_MISSING',
      errorDetails: 'This flag divides people: the context needs a targetingKey, or a userId or anonymousId.',
    };
  // No store of sticky buckets here, but the device may stand in for the person.
  const { value: found, source, ruleId, experiment } = evaluateFeature(features, key, { attributes, sticky: {} });
  const value = flagValueSchema.parse(found);
  if (source === 'cyclicPrerequisite' || source === 'prerequisite')
    return {
      key,
      errorCode: 'GENERAL',
      errorDetails: 'The flag cannot be evaluated: it needs one that does not hold.',
    };
  if (experiment !== null)
    return {
      key,
      value,
      reason: 'SPLIT',
      variant: experiment.variationKey,
      metadata: { experiment: experiment.experiment, hashAttribute: experiment.hashAttribute },
    };
  if (source === 'force') {
    const rule = rules.find(({ id }) => id === ruleId);
    return { key, value, reason: rule?.coverage === undefined ? 'TARGETING_MATCH' : 'SPLIT', variant: ruleId };
  }
  const reason = inactive.has(key) ? 'DISABLED' : rules.length === 0 ? 'STATIC' : 'DEFAULT';
  return { key, value, reason, variant: 'default' };
}
