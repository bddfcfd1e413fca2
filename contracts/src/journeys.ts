import { z } from 'zod';
import { findJourneyProblems } from './journeyProblems.ts';
import { journeyTreeSchema } from './journeySteps.ts';

/** Conditions stand in groups ten deep at most, and those a few levels into a journey. */
const deepest = 40;
const mostParts = 20_000;

/** Whether a value is larger than any journey. Looked at level by level, so that a hostile one costs nothing. */
function isTooLarge(given: unknown): boolean {
  let level: unknown[] = [given];
  let parts = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    parts += level.length;
    if (depth > deepest || parts > mostParts) return true;
    level = level.flatMap((part) => (typeof part === 'object' && part !== null ? Object.values(part) : []));
  }
  return false;
}

/** A journey as it may be sent: its graph holds together. */
export const journeyDefinitionSchema = z.preprocess(
  (given, context) => {
    if (!isTooLarge(given)) return given;
    context.addIssue({
      code: 'custom',
      message: `a journey is ${deepest} levels deep with ${mostParts} parts at most`,
    });
    return z.NEVER;
  },
  journeyTreeSchema.superRefine((definition, context) => {
    for (const { path: place, message } of findJourneyProblems(definition)) {
      context.addIssue({ code: 'custom', path: [...place], message });
    }
  }),
);
