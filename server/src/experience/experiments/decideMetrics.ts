import type { ExperimentMetric, ExperimentRequest, MetricResult } from '@vitrail/contracts';
import {
  type ArmSums,
  type ComparedArm,
  type ComparedMetric,
  compareArms,
  correctPValues,
  type Finding,
  type Harm,
  thompsonWeights,
} from '../statistics/index.ts';

/** Every arm keeps so much when weights are proposed. */
const leastWeight = 0.05;

export interface Decided {
  readonly metric: ExperimentMetric;
  readonly compared: ComparedMetric;
  readonly result: MetricResult;
}

/** Compares, corrects for the number of comparisons (guardrails apart: a harm is not talked away) and says what is decided. */
export function decideMetrics(
  { metrics, variations, analysis, allocation }: ExperimentRequest,
  summed: readonly {
    readonly metric: ExperimentMetric;
    readonly sums: readonly ArmSums[];
    readonly cap: number | null;
  }[],
): Decided[] {
  const alpha = Math.round((1 - analysis.confidence) * 1e6) / 1e6;
  const compared = summed.map(({ metric, sums, cap }) => ({
    metric,
    sums,
    cap,
    compared: compareArms(sums, { type: metric.type, goal: metric.goal, alpha, cuped: metric.cuped }),
  }));
  // Whom a bandit gives what depends on what came before: no p-value holds, and nothing is decided.
  const pValueOf = ({ sequential }: ComparedArm): number | null =>
    allocation === 'bandit' ? null : (sequential?.pValue ?? null);
  const counts = compared.flatMap(({ metric, compared: { arms } }) =>
    metric.role === 'guardrail' ? [] : arms.map((arm) => pValueOf(arm)),
  );
  const corrected = correctPValues(counts, analysis.correction);
  let next = 0;
  return compared.map(({ metric, sums, cap, compared: whole }) => ({
    metric,
    compared: whole,
    result: {
      metric: metrics.find(({ key }) => key === metric.key)?.key ?? metric.key,
      explained: whole.explained,
      cappedAt: cap,
      arms: whole.arms.map((arm, index) => {
        const pValue = pValueOf(arm);
        const own = metric.role === 'guardrail' ? pValue : (corrected[next++] ?? null);
        const chance = arm.bayesian?.chanceToWin ?? null;
        const interval = analysis.engine === 'sequential' ? arm.sequential : arm.bayesian;
        const called =
          analysis.engine === 'sequential'
            ? own !== null && own < alpha
            : chance !== null && (chance > 1 - alpha / 2 || chance < alpha / 2);
        const decided = called && allocation === 'fixed';
        return {
          variation: variations[index]?.key ?? '',
          people: arm.people,
          total: sums[index]?.y ?? 0,
          value: arm.value,
          change:
            arm.difference === null || interval === null
              ? null
              : {
                  value: arm.difference.value,
                  low: interval.low,
                  high: interval.high,
                  relative: arm.difference.relative,
                },
          pValue,
          corrected: own,
          chanceToWin: chance,
          expectedLoss: arm.bayesian?.expectedLoss ?? null,
          decided,
        };
      }),
    },
  }));
}

export const findingsOf = ({ metric, result }: Decided): Finding[] =>
  result.arms.flatMap(({ change, decided }, variation) =>
    change === null ? [] : [{ variation, ...change, decided, goal: metric.goal }],
  );

export const harmsOf = ({ metric, result }: Decided): Harm[] =>
  result.arms.flatMap(({ change, decided }, variation) => {
    if (change === null || !decided) return [];
    const harmed = metric.goal === 'increase' ? change.value < 0 : change.value > 0;
    return harmed ? [{ variation, metric: metric.key, value: change.value }] : [];
  });

/** How Thompson sampling would share people out from now on. */
export function weightsOf(
  compared: ComparedMetric | undefined,
  metric: ExperimentMetric | undefined,
  { variations, allocation, bandit }: ExperimentRequest,
): number[] {
  const estimates = compared?.arms.flatMap(({ estimate }) => estimate ?? []) ?? [];
  if (metric === undefined || estimates.length !== variations.length) return variations.map(({ weight }) => weight);
  return thompsonWeights(estimates, allocation === 'bandit' ? bandit.minimum : leastWeight, metric.goal);
}
