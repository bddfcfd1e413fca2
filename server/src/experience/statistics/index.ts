export { thompsonWeights } from './bandit.ts';
export { type ComparedArm, type ComparedMetric, compareArms, correctPValues, type MetricType } from './compareArms.ts';
export type { ArmSums } from './estimate.ts';
export { sizeForMean, sizeForSequential, sizeForShare } from './power.ts';
export { checkSampleRatio } from './sampleRatio.ts';
export { type SimulatedRun, simulateRuns, tally } from './simulate.ts';
export { decideVerdict, type Finding, type Harm } from './verdict.ts';
