import type { ConditionOf, ScoreDefinition } from '@vitrail/contracts';
import type { Features } from '../segments/compile/features.ts';
import type { CompiledCondition } from '../segments/compile/measure.ts';
import { compareNumber } from '../segments/compile/valueTest.ts';
import { compileScore } from './compileScore.ts';

/** A condition on a score. */
export function compileScoreCondition(
  { test }: ConditionOf<'score'>,
  definition: ScoreDefinition,
  features: Features,
  zone: string,
): CompiledCondition {
  const score = compileScore(definition, features, zone);
  const thresholds = test.op === 'between' ? [test.from, test.to] : [test.value];
  return {
    pass: compareNumber(score.value, test, features.params),
    next: score.next(thresholds),
    found: `toString(round(${score.value}, 2))`,
  };
}
