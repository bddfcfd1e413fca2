import { type SegmentCondition, segmentDefinitionSchema } from '@vitrail/contracts';

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** "is" without a value: allowed in the language, where it means "has none", but nobody means it who has not typed yet. */
function asksNothing(value: unknown): boolean {
  if (!isRecord(value)) return false;
  if (Array.isArray(value)) return value.some(asksNothing);
  if (value.type === 'text' && (value.op === 'is' || value.op === 'is_not') && value.value === '') return true;
  return Object.values(value).some(asksNothing);
}

/** Whether a condition can be asked: nothing is missing, nothing contradicts itself. */
export const isComplete = (condition: SegmentCondition): boolean =>
  segmentDefinitionSchema.safeParse(condition).success && !asksNothing(condition);

/** Whether it can be written down and read again: a draft keeps a condition that only waits for its value. */
export const isReadable = (condition: SegmentCondition): boolean =>
  segmentDefinitionSchema.safeParse(condition).success;

/** What hinders a sequence, the one condition whose parts can contradict each other; null when something else is missing. */
export function sequenceHindrance(condition: SegmentCondition): 'startsWithNot' | 'twoNots' | 'notWithin' | null {
  if (condition.kind !== 'sequence') return null;
  const { steps } = condition;
  if (steps[0]?.not === true) return 'startsWithNot';
  if (steps.some((step, index) => step.not && steps[index + 1]?.not === true)) return 'twoNots';
  const last = steps.length - 1;
  return steps.some((step, index) => step.not && (step.within !== undefined) !== (index === last)) ? 'notWithin' : null;
}
