import { chiSquareTail } from './distributions.ts';

export interface SampleRatio {
  readonly pValue: number;
  readonly chiSquare: number;
  /** People are not divided as planned: something loses or repeats them, and no result can be believed. */
  readonly alarm: boolean;
  /** False while too few came to say anything. */
  readonly enough: boolean;
}

/** Below this chance of a division as uneven as it is, something is wrong rather than unlucky. As GrowthBook. */
export const sampleRatioThreshold = 0.001;
/** The chi-square approximation wants this many expected in each arm (the usual rule asks for five). */
const minimumPerArm = 8;

/**
 * Pearson's chi-square test of how people were divided against how they should have been (Fabijan et al. 2019, "Diagnosing
 * Sample Ratio Mismatch in Online Controlled Experiments"). Weights of any sum.
 */
export function checkSampleRatio(counts: readonly number[], weights: readonly number[]): SampleRatio {
  const people = counts.reduce((sum, count) => sum + count, 0);
  const weight = weights.reduce((sum, each) => sum + each, 0);
  const expected = weights.map((each) => (people * each) / weight);
  const enough = counts.length > 1 && weight > 0 && expected.every((each) => each >= minimumPerArm);
  if (!enough) return { pValue: 1, chiSquare: 0, alarm: false, enough: false };
  const surpriseOf = (correction: number): number =>
    counts.reduce((sum, count, index) => {
      const wanted = expected[index] ?? 0;
      return sum + Math.max(0, Math.abs(count - wanted) - correction) ** 2 / wanted;
    }, 0);
  const chiSquare = surpriseOf(0);
  const pValue = chiSquareTail(chiSquare, counts.length - 1);
  // People come whole: between two arms the plain test is wrong a little more often than it says (Yates 1934).
  const corrected = counts.length === 2 ? chiSquareTail(surpriseOf(0.5), 1) : pValue;
  return { pValue, chiSquare, alarm: corrected < sampleRatioThreshold, enough: true };
}
