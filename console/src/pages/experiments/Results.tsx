import { Alert, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Experiment, ExperimentMetric, ExperimentResults, MetricResult } from '@vitrail/contracts';
import { useApi } from '../../api/context.tsx';
import { experimentResultsQuery } from '../../api/experiments.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { Chart } from '../../ui/chart/Chart.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { ArmTable, type NameOf } from './ArmTable.tsx';
import { Breakdown } from './Breakdown.tsx';
import styles from './Experiments.module.css';
import { isKept } from './formValues.ts';
import { Intervals } from './Intervals.tsx';
import { LocalHoldout } from './LocalHoldout.tsx';
import { Phases } from './Phases.tsx';
import { VerdictSentence } from './VerdictSentence.tsx';

/** What an experiment came to: one sentence first, then what it rests on. */
export function Results({ experiment }: { experiment: Experiment }) {
  const query = useQuery(experimentResultsQuery(useApi(), experiment.id));
  const { definition } = experiment;
  const nameOf: NameOf = (key) =>
    definition.variations.find((each) => each.key === key)?.name ??
    definition.metrics.find((each) => each.key === key)?.name ??
    key;
  if (query.error !== null) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Skeleton height={320} aria-busy="true" />;
  const results = query.data;
  return (
    <Stack gap="lg">
      <Verdict results={results} nameOf={nameOf} experiment={experiment} />
      {results.from === null ? null : (
        <>
          {definition.metrics.map((metric) => {
            const result = results.metrics.find((each) => each.metric === metric.key);
            return result === undefined ? null : (
              <MetricCard
                key={metric.key}
                metric={metric}
                result={result}
                currency={results.currency}
                nameOf={nameOf}
              />
            );
          })}
          {definition.allocation === 'bandit' ? <Phases experiment={experiment} results={results} /> : null}
          {definition.holdout > 0 && isKept(definition.kind) ? <LocalHoldout experiment={experiment} /> : null}
          <People results={results} nameOf={nameOf} />
          <Breakdown experiment={experiment} nameOf={nameOf} currency={results.currency} />
        </>
      )}
    </Stack>
  );
}

function Verdict({
  results,
  nameOf,
  experiment,
}: {
  results: ExperimentResults;
  nameOf: NameOf;
  experiment: Experiment;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { verdict, sampleRatio, crossed, unknown, people } = results;
  const all = people.reduce((sum, each) => sum + each.people, 0);
  return (
    <Card title={t('experiments.verdictTitle')} note={t('experiments.at', { at: format.dateTime(results.at) })}>
      <Stack gap="sm">
        <Text className={styles.verdict} role="status">
          <VerdictSentence verdict={verdict} people={all} definition={experiment.definition} />
        </Text>
        <Text size="sm" c="dimmed">
          {t(`experiments.advice.${verdict.code}`)}
        </Text>
        {sampleRatio.alarm ? (
          <Alert color="red" variant="light" title={t('experiments.ratioAlarm')}>
            {t('experiments.ratioAlarmText', {
              seen: people.map((each) => `${nameOf(each.variation)} ${format.number(each.people)}`).join(', '),
              planned: people.map((each) => format.percent(each.planned)).join(' / '),
            })}
          </Alert>
        ) : null}
        {crossed > 0 && crossed > all / 100 ? (
          <Alert color="yellow" variant="light" title={t('experiments.crossedTitle')}>
            {t('experiments.crossedText', { crossed, all })}
          </Alert>
        ) : null}
        {unknown === 0 ? null : (
          <Alert color="yellow" variant="light" title={t('experiments.unknownTitle')}>
            {t('experiments.unknownText', { unknown })}
          </Alert>
        )}
      </Stack>
    </Card>
  );
}

interface MetricCardProps {
  readonly metric: ExperimentMetric;
  readonly result: MetricResult;
  readonly currency: string;
  readonly nameOf: NameOf;
}

function MetricCard({ metric, result, currency, nameOf }: MetricCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const notes = [
    t(`experiments.role.${metric.role}`),
    t('experiments.within', { days: metric.windowDays }),
    ...(result.explained > 0.005 ? [t('experiments.explained', { share: format.percent(result.explained) })] : []),
    ...(result.cappedAt === null ? [] : [t('experiments.capped', { at: valueText(metric, result.cappedAt) })]),
  ];
  function valueText({ type, measure }: ExperimentMetric, value: number): string {
    if (type === 'share') return format.percent(value);
    return measure.of === 'revenue' ? (format.money(value, currency) ?? '') : format.number(value, 3);
  }
  return (
    <Card title={metric.name} note={notes.join(' · ')}>
      <Stack gap="md">
        <Intervals metric={result} goal={metric.goal} nameOf={nameOf} />
        <ArmTable result={result} nameOf={nameOf} label={metric.name} value={(value) => valueText(metric, value)} />
      </Stack>
    </Card>
  );
}

const colors = ['quiet', 'web', 'store', 'crm', 'messages', 'ads', 'support', 'good', 'bad', 'lead'] as const;

function People({ results, nameOf }: { results: ExperimentResults; nameOf: NameOf }) {
  const { t } = useTranslation();
  if (results.days.every(({ people }) => people.every((count) => count === 0)))
    return (
      <Card title={t('experiments.arrivals')}>
        <Text size="sm">{t('experiments.nobodyYet')}</Text>
      </Card>
    );
  return (
    <Chart
      title={t('experiments.arrivals')}
      note={t('experiments.arrivalsNote', { crossed: results.crossed })}
      axis={t('experiments.day')}
      data={{
        labels: results.days.map(({ day }) => day),
        series: results.people.map(({ variation }, index) => ({
          name: nameOf(variation),
          values: results.days.map(({ people }) => people[index] ?? 0),
          color: colors[index % colors.length] ?? 'quiet',
          kind: 'bar',
          stack: 'people',
        })),
      }}
    />
  );
}
