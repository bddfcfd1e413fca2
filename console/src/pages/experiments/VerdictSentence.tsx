import type { ExperimentRequest, ExperimentVerdict } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { useChange } from './useChange.ts';

/** The one sentence an experiment comes to, in the reader's language. */
export function VerdictSentence({
  verdict,
  people,
  definition,
}: {
  verdict: ExperimentVerdict;
  people: number;
  definition: ExperimentRequest;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const say = useChange();
  const { variation, metric, change } = verdict;
  const number = (value: number | undefined): string =>
    change === null || value === undefined ? '' : say(value, change.relative);
  if (verdict.code === 'bandit' && variation === null) return t('experiments.banditPlanned');
  return t(`experiments.verdict.${verdict.code}`, {
    variation: definition.variations.find(({ key }) => key === variation)?.name ?? variation ?? '',
    metric: definition.metrics.find(({ key }) => key === metric)?.name ?? metric ?? '',
    value: number(change?.value),
    low: number(change?.low),
    high: number(change?.high),
    people,
    confidence: format.percent(definition.analysis.confidence),
  });
}
