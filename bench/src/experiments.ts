import { type Simulation, simulationSchema } from '@vitrail/contracts';
import type { BenchServer } from './server.ts';

export interface ExperimentsReport {
  /** A thousand experiments without any effect, with a look each day. */
  readonly nothing: Simulation;
  /** People divided 52 to 48 instead of even, 20,000 in all. */
  readonly uneven: Simulation;
  /** Something to find: a tenth more of 5 %, for a month. */
  readonly something: Simulation;
}

/** Lets the server decide about experiments of which the truth is known, by the code that decides about real ones. */
export async function benchExperiments(server: BenchServer): Promise<ExperimentsReport> {
  const simulate = (input: object) => server.post(simulationSchema, '/api/v1/experiment-simulation', input);
  const usual = { experiments: 1_000, days: 28, peoplePerDay: 500, rate: 0.05, effect: 0, split: 0.5, seed: 2_026 };
  return {
    nothing: await simulate(usual),
    uneven: await simulate({ ...usual, days: 5, peoplePerDay: 2_000, split: 0.52 }),
    something: await simulate({ ...usual, experiments: 200, peoplePerDay: 2_000, effect: 0.1 }),
  };
}
