import { setImmediate } from 'node:timers/promises';
import type { Simulation, SimulationRequest } from '@vitrail/contracts';
import { type SimulatedRun, simulateRuns, tally } from '../statistics/index.ts';

/** One at a time in a process: it computes, and others have to be answered meanwhile. */
let last: Promise<unknown> = Promise.resolve();

/** Experiments with a known truth through the code that decides. The same request gives the same answer. */
export function runSimulation(request: SimulationRequest): Promise<Simulation> {
  const own = last.then(() => simulate(request));
  last = own.catch(() => undefined);
  return own;
}

async function simulate({ confidence, ...input }: SimulationRequest): Promise<Simulation> {
  const begun = performance.now();
  const runs: SimulatedRun[] = [];
  for (const run of simulateRuns({ ...input, alpha: Math.round((1 - confidence) * 1e6) / 1e6 })) {
    runs.push(run);
    await setImmediate();
  }
  return { ...tally(runs), ms: Math.round(performance.now() - begun) };
}
