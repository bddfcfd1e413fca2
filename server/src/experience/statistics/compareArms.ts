import { adjustFalseDiscovery, adjustFamilyWise } from './adjust.ts';
import { type Bayesian, betaPosterior, exactSuccesses, gaussianPosterior } from './bayesian.ts';
import {
  type ArmSums,
  absoluteDifference,
  adjustByCovariate,
  type Difference,
  type Estimate,
  meanOf,
  ratioOf,
  relativeDifference,
  shareOf,
} from './estimate.ts';
import { type Sequential, sequentialTest } from './sequential.ts';

/** `share`: of people, who did it at all. `mean`: of an amount per person. `ratio`: of two amounts. */
export type MetricType = 'share' | 'mean' | 'ratio';

export interface MetricAnalysis {
  readonly type: MetricType;
  readonly goal: 'increase' | 'decrease';
  readonly alpha: number;
  /** Takes away what people did before; not of ratios. */
  readonly cuped: boolean;
}

export interface ComparedArm {
  readonly people: number;
  /** As measured, before any adjustment; null for a ratio without a denominator. */
  readonly value: number | null;
  /** With the covariate taken into account; what differences are of. */
  readonly estimate: Estimate | null;
  /** Null for control, and while there is too little to compare. */
  readonly difference: (Difference & { readonly relative: boolean }) | null;
  readonly sequential: Sequential | null;
  readonly bayesian: Bayesian | null;
}
export interface ComparedMetric {
  readonly arms: readonly ComparedArm[];
  /** Share of the variance that the covariate took away. */
  readonly explained: number;
}

/** Compares every arm with the first, the control. Pure; what decides here is what the simulation runs. */
export function compareArms(arms: readonly ArmSums[], analysis: MetricAnalysis): ComparedMetric {
  const raw = arms.map((arm) => estimateOf(arm, analysis.type));
  const whole = raw.flatMap((estimate) => estimate ?? []);
  const adjusted =
    analysis.cuped && analysis.type !== 'ratio' && whole.length === arms.length
      ? adjustByCovariate(arms, whole)
      : { estimates: raw, explained: 0 };
  const control = adjusted.estimates[0] ?? null;
  return {
    explained: adjusted.explained,
    arms: arms.map((arm, index) => {
      const estimate = adjusted.estimates[index] ?? null;
      const difference = index === 0 || control === null || estimate === null ? null : differ(control, estimate);
      return {
        people: arm.people,
        value: raw[index]?.mean ?? null,
        estimate,
        difference,
        sequential: difference && sequentialTest(difference, analysis.alpha),
        bayesian: difference && posteriorOf(difference, arms[0], arm, adjusted.explained, analysis),
      };
    }),
  };
}

function estimateOf(arm: ArmSums, type: MetricType): Estimate | null {
  if (type === 'ratio') return ratioOf(arm);
  return type === 'share' ? shareOf(arm) : meanOf(arm);
}

function differ(control: Estimate, variation: Estimate): (Difference & { readonly relative: boolean }) | null {
  if (control.people < 2 || variation.people < 2) return null;
  const relative = relativeDifference(control, variation);
  return relative === null
    ? { ...absoluteDifference(control, variation), relative: false }
    : { ...relative, relative: true };
}

function posteriorOf(
  difference: Difference & { readonly relative: boolean },
  control: ArmSums | undefined,
  variation: ArmSums,
  explained: number,
  { type, goal, alpha }: MetricAnalysis,
): Bayesian | null {
  const gaussian = gaussianPosterior(difference, 1 - alpha);
  const small = control !== undefined && Math.max(control.y, variation.y) <= exactSuccesses;
  const exact =
    type === 'share' && explained === 0 && small
      ? betaPosterior(
          { people: control.people, successes: control.y },
          { people: variation.people, successes: variation.y },
          1 - alpha,
        )
      : null;
  // Chances are exact where they can be; losses and the interval are said in the unit of the difference.
  const unit = difference.relative && control !== undefined ? control.y / control.people : 1;
  const posterior =
    exact === null || gaussian === null
      ? gaussian
      : {
          ...gaussian,
          chanceToWin: exact.chanceToWin,
          expectedLoss: exact.expectedLoss / unit,
          expectedLossOfControl: exact.expectedLossOfControl / unit,
        };
  if (posterior === null || goal === 'increase') return posterior;
  return {
    ...posterior,
    chanceToWin: 1 - posterior.chanceToWin,
    expectedLoss: posterior.expectedLossOfControl,
    expectedLossOfControl: posterior.expectedLoss,
  };
}

export type Correction = 'none' | 'false_discovery' | 'family_wise';

/** p-values of all comparisons together, corrected for how many there are; nulls stay where they are. */
export function correctPValues(pValues: readonly (number | null)[], correction: Correction): (number | null)[] {
  const known = pValues.flatMap((p) => p ?? []);
  const corrected =
    correction === 'none' ? known : (correction === 'family_wise' ? adjustFamilyWise : adjustFalseDiscovery)(known);
  let next = 0;
  return pValues.map((p) => (p === null ? null : (corrected[next++] ?? 1)));
}
