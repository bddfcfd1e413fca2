import { Text } from '@mantine/core';
import type { Experiment, ExperimentResults } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { Chart } from '../../ui/chart/Chart.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';

const colors = ['quiet', 'web', 'store', 'crm', 'messages', 'ads', 'support', 'good', 'bad', 'lead'] as const;

/** How a bandit shares out those who come: from the plan on, step by step. */
export function Phases({ experiment, results }: { experiment: Experiment; results: ExperimentResults }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { variations, bandit } = experiment.definition;
  if (results.phases.length === 0)
    return (
      <Card title={t('experiments.phases')}>
        <Text size="sm">{t(`experiments.phasesNone.${bandit.every}`)}</Text>
      </Card>
    );
  const steps = [
    { at: results.from ?? results.at, weights: variations.map(({ weight }) => weight) },
    ...results.phases,
  ];
  return (
    <Chart
      title={t('experiments.phases')}
      note={t('experiments.phasesNote', { minimum: format.percent(bandit.minimum) })}
      axis={t('experiments.phaseFrom')}
      label={(at) => format.dateTime(at)}
      value={(share) => format.percent(share)}
      tick={(share) => format.percent(share)}
      data={{
        labels: steps.map(({ at }) => at),
        series: variations.map(({ name }, index) => ({
          name,
          values: steps.map(({ weights }) => weights[index] ?? 0),
          color: colors[index % colors.length] ?? 'quiet',
          kind: 'bar',
          stack: 'weights',
        })),
      }}
    />
  );
}
