import type { Accuracy, Backtest } from '@vitrail/contracts';

/** People of one score: how many, and how many of them ordered. Ordered by score. */
interface Step {
  readonly score: number;
  readonly customers: number;
  readonly ordered: number;
}

/** Sorts who ordered and who did not apart, and merges both: several times faster than sorting places by a comparison. */
function stepsOf(scores: Float64Array, happened: Uint8Array): Step[] {
  const ordered = scores.filter((_, row) => happened[row] === 1).sort();
  const others = scores.filter((_, row) => happened[row] !== 1).sort();
  const steps: Step[] = [];
  for (let [one, other] = [0, 0]; one < ordered.length || other < others.length; ) {
    const score = Math.min(ordered[one] ?? Number.POSITIVE_INFINITY, others[other] ?? Number.POSITIVE_INFINITY);
    const [fromOne, fromOther] = [one, other];
    while (one < ordered.length && ordered[one] === score) one++;
    while (other < others.length && others[other] === score) other++;
    // A score that is no number would be met for ever.
    if (one === fromOne && other === fromOther) break;
    steps.push({ score, customers: one - fromOne + other - fromOther, ordered: one - fromOne });
  }
  return steps;
}

/** Area under the ROC curve: how often who ordered has the higher score, ties half. Null when all or none did. */
export const aucOf = (scores: Float64Array, happened: Uint8Array): number | null =>
  aucOfSteps(stepsOf(scores, happened));

function aucOfSteps(steps: readonly Step[]): number | null {
  let [positives, negatives, sum] = [0, 0, 0];
  for (const { customers, ordered } of steps) {
    sum += ordered * (negatives + (customers - ordered) / 2);
    positives += ordered;
    negatives += customers - ordered;
  }
  return positives === 0 || negatives === 0 ? null : sum / (positives * negatives);
}

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

/** Ten groups of equal size by probability, the lowest first. People of one probability are parted without regard to fate. */
export const decilesOf = (chances: Float64Array, happened: Uint8Array): Backtest['deciles'] =>
  decilesOfSteps(stepsOf(chances, happened), chances.length);

function decilesOfSteps(steps: readonly Step[], count: number): Backtest['deciles'] {
  const edges = Array.from({ length: 10 }, (_, group) => Math.floor(((group + 1) * count) / 10));
  const groups = edges.map((edge, group) => ({ size: edge - (edges[group - 1] ?? 0), predicted: 0, actual: 0 }));
  let [group, left] = [0, groups[0]?.size ?? 0];
  for (const { score, customers, ordered } of steps) {
    for (let rest = customers; rest > 0; ) {
      while (left === 0 && group < groups.length) left = groups[++group]?.size ?? 0;
      const place = groups[group];
      if (place === undefined) break;
      const taken = Math.min(rest, left);
      place.predicted += taken * score;
      place.actual += (taken * ordered) / customers;
      rest -= taken;
      left -= taken;
    }
  }
  return groups
    .filter(({ size }) => size > 0)
    .map(({ size, predicted, actual }) => ({
      customers: size,
      predicted: Math.min(1, predicted / size),
      actual: Math.min(1, actual / size),
    }));
}

/** All measures of probabilities at once; nothing of nobody. */
export function accuracyOf(chances: Float64Array, happened: Uint8Array): Accuracy {
  const count = chances.length;
  if (count === 0) return { auc: null, brier: null, ece: null, logLoss: null };
  let [brier, logLoss] = [0, 0];
  for (let row = 0; row < count; row++) {
    const chance = chances[row] ?? 0;
    const label = happened[row] ?? 0;
    brier += (chance - label) ** 2;
    const sure = Math.min(1 - 1e-12, Math.max(1e-12, chance));
    logLoss -= label === 1 ? Math.log(sure) : Math.log(1 - sure);
  }
  const steps = stepsOf(chances, happened);
  const ece = decilesOfSteps(steps, count).reduce(
    (sum, { customers, predicted, actual }) => sum + (customers / count) * Math.abs(predicted - actual),
    0,
  );
  const auc = aucOfSteps(steps);
  return {
    auc: auc === null ? null : rounded(auc),
    brier: rounded(brier / count),
    ece: rounded(ece),
    logLoss: rounded(logLoss / count),
  };
}

/** Share of all revenue that the tenth with the highest scores holds; of those at its edge, as many as it needs. */
export function topDecileShare(scores: Float64Array, revenue: Float64Array): number {
  const wanted = Math.ceil(scores.length / 10);
  const edge = scores.slice().sort()[scores.length - wanted] ?? 0;
  let [total, above, aboveCount, at, atCount] = [0, 0, 0, 0, 0];
  for (let row = 0; row < scores.length; row++) {
    const money = Math.max(0, revenue[row] ?? 0);
    const score = scores[row] ?? 0;
    total += money;
    if (score > edge) {
      above += money;
      aboveCount++;
    } else if (score === edge) {
      at += money;
      atCount++;
    }
  }
  const held = above + (at * (wanted - aboveCount)) / Math.max(1, atCount);
  return total === 0 ? 0 : Math.min(1, held / total);
}
