import { compareArms } from './compareArms.ts';
import { normalTwoSided } from './distributions.ts';
import type { ArmSums } from './estimate.ts';
import { checkSampleRatio } from './sampleRatio.ts';

export interface SimulationInput {
  readonly experiments: number;
  readonly days: number;
  /** In each arm, before `split`. */
  readonly peoplePerDay: number;
  readonly rate: number;
  /** What the variation truly does, as a share: 0 is an A/A test. */
  readonly effect: number;
  /** Share of people who come to control. 0.5 is as planned. */
  readonly split: number;
  readonly alpha: number;
  readonly seed: number;
}

/** In how many of the experiments something was called. */
export interface SimulationResult {
  readonly experiments: number;
  /** The always-valid test, looked at every day. */
  readonly sequential: number;
  /** The chance to win above 1 - alpha or below alpha on some day, looked at every day. */
  readonly bayesian: number;
  /** An ordinary test, looked at every day and stopped at the first success: what many tools do. */
  readonly repeated: number;
  /** The ordinary test, looked at once, at the end. */
  readonly once: number;
  /** The sample-ratio alarm, on some day. */
  readonly sampleRatio: number;
  /** The same, looked at once, at the end. */
  readonly sampleRatioOnce: number;
  /** Days until the always-valid test called, on average, of the experiments in which it did; null in none. */
  readonly daysToCall: number | null;
}

/**
 * Runs experiments of which the truth is known through the very code that decides about real ones, with a look at the end
 * of each day. Deterministic by its seed. One at a time, so that a server can answer others in between; `tally` sums them up.
 */
export function* simulateRuns(input: SimulationInput): Generator<SimulatedRun> {
  const random = createRandom(input.seed);
  for (let each = 0; each < input.experiments; each++) yield simulateOne(input, random);
}

export function tally(runs: Iterable<SimulatedRun>): SimulationResult {
  const all = [...runs];
  const called = all.flatMap(({ calledOn }) => calledOn ?? []);
  return {
    experiments: all.length,
    sequential: called.length,
    bayesian: all.filter(({ bayesian }) => bayesian).length,
    repeated: all.filter(({ repeated }) => repeated).length,
    once: all.filter(({ once }) => once).length,
    sampleRatio: all.filter(({ sampleRatio }) => sampleRatio).length,
    sampleRatioOnce: all.filter(({ sampleRatioOnce }) => sampleRatioOnce).length,
    daysToCall: called.length === 0 ? null : called.reduce((sum, day) => sum + day, 0) / called.length,
  };
}

export interface SimulatedRun {
  /** Day on which the always-valid test called; null: on none. */
  readonly calledOn: number | null;
  readonly bayesian: boolean;
  readonly repeated: boolean;
  readonly once: boolean;
  readonly sampleRatio: boolean;
  readonly sampleRatioOnce: boolean;
}

function simulateOne(input: SimulationInput, random: () => number): SimulatedRun {
  const { days, peoplePerDay, rate, effect, split, alpha } = input;
  const control = { people: 0, successes: 0 };
  const variation = { people: 0, successes: 0 };
  let calledOn: number | null = null;
  let bayesian = false;
  let repeated = false;
  let once = false;
  let sampleRatio = false;
  let sampleRatioOnce = false;
  for (let day = 1; day <= days; day++) {
    const all = peoplePerDay * 2;
    const toControl = countOf(all, split, random);
    control.people += toControl;
    variation.people += all - toControl;
    sampleRatioOnce = checkSampleRatio([control.people, variation.people], [1, 1]).alarm;
    sampleRatio ||= sampleRatioOnce;
    control.successes += countOf(toControl, rate, random);
    variation.successes += countOf(all - toControl, Math.min(1, rate * (1 + effect)), random);
    const compared = compareArms([sumsOf(control), sumsOf(variation)], {
      type: 'share',
      goal: 'increase',
      alpha,
      cuped: false,
    }).arms[1];
    const difference = compared?.difference;
    if (compared === undefined || !difference || !(difference.variance > 0)) continue;
    if (calledOn === null && (compared.sequential?.pValue ?? 1) < alpha) calledOn = day;
    const chance = compared.bayesian?.chanceToWin ?? 0.5;
    bayesian ||= chance > 1 - alpha / 2 || chance < alpha / 2;
    const ordinary = normalTwoSided(difference.value / Math.sqrt(difference.variance)) < alpha;
    repeated ||= ordinary;
    once = ordinary;
  }
  return { calledOn, bayesian, repeated, once, sampleRatio, sampleRatioOnce };
}

const sumsOf = ({ people, successes }: { readonly people: number; readonly successes: number }): ArmSums => ({
  people,
  y: successes,
  yy: successes,
});

/** How many of n succeed: jumps from one success to the next, exact and quick for small chances. */
function countOf(n: number, chance: number, random: () => number): number {
  if (chance <= 0) return 0;
  if (chance >= 1) return n;
  if (chance > 0.5) return n - countOf(n, 1 - chance, random);
  const scale = Math.log1p(-chance);
  let successes = 0;
  for (let place = jump(random, scale); place < n; place += 1 + jump(random, scale)) successes++;
  return successes;
}
const jump = (random: () => number, scale: number): number => Math.floor(Math.log(1 - random()) / scale);

/** Numbers in [0, 1) with 32 bits, the same for the same seed: sfc32, a counter-based generator (Chris Doty-Humphrey, PractRand). */
export function createRandom(seed: number): () => number {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = seed >>> 0;
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let warm = 0; warm < 16; warm++) next();
  return next;
}
