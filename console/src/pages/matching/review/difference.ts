import type { MatchExplanation, ReviewDetail } from '@vitrail/contracts';

type Field = ReviewDetail['fields'][number];

/**
 * How a field differs: as the model judged it where it did, so that the marks and the waterfall say the same; else as the
 * two spellings do.
 */
export function differenceOf(field: Field, explanation: Pick<MatchExplanation, 'steps'> | null): Field['difference'] {
  if (field.difference === 'one_blank' || field.difference === 'both_blank') return field.difference;
  const step = explanation?.steps.find(
    ({ kind, field: name, level }) => kind === 'comparison' && name === field.field && level !== 'missing',
  );
  if (step === undefined) return field.difference;
  if (step.level.startsWith('exact')) return 'same';
  return step.level === 'different' ? 'different' : 'similar';
}
