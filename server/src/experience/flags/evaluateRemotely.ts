import type { JsonObject } from '../../platform/index.ts';
import { type EvaluationContext, evaluateFeature } from './evaluateFeature.ts';
import type { Features } from './payload.ts';

/**
 * Every flag with its value in place of its rules, and what to report of experiments, in the form in which GrowthBook's SDKs
 * take answers of remote evaluation: a forced value with `tracks`.
 */
export function evaluateRemotely(features: Features, context: EvaluationContext): Record<string, JsonObject> {
  const withDevice = { ...context, sticky: context.sticky ?? {} };
  return Object.fromEntries(
    Object.keys(features).map((key): [string, JsonObject] => {
      const { value, experiment, ruleId } = evaluateFeature(features, key, withDevice);
      if (experiment === null || !experiment.counted) return [key, { defaultValue: value }];
      const result = {
        key: experiment.variationKey,
        variationId: experiment.variation,
        value,
        inExperiment: true,
        hashUsed: true,
        hashAttribute: experiment.hashAttribute,
        hashValue: experiment.hashValue,
        featureId: key,
        stickyBucketUsed: false,
        ...(experiment.bucket !== null && { bucket: experiment.bucket }),
      };
      // The others' values stay here: whoever evaluates remotely sees their own alone.
      const tracks = [{ experiment: { key: experiment.experiment, variations: [] }, result }];
      return [key, { defaultValue: value, rules: [{ id: ruleId, force: value, tracks }] }];
    }),
  );
}
