import { Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { ScoreDefinition } from '@vitrail/contracts';
import { useMemo } from 'react';
import { useApi } from '../../api/context.tsx';
import { scorePreviewQuery } from '../../api/scores.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { Chart } from '../../ui/chart/Chart.tsx';
import type { ChartData } from '../../ui/chart/chartData.ts';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { PersonById } from '../segments/PersonById.tsx';
import styles from './Scores.module.css';

/** How the score spreads over everybody, a moment after each change. */
export function PreviewPanel({ definition }: { definition: ScoreDefinition | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const text = JSON.stringify(definition);
  // The same definition stays the same object, so that only a change of meaning is asked again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the definition
  const steady = useMemo(() => definition, [text]);
  const [asked] = useDebouncedValue(steady, 400);
  const api = useApi();
  const query = useQuery({
    ...scorePreviewQuery(api, asked ?? { signals: [], min: null, max: null, levels: [] }),
    enabled: asked !== null,
  });
  const preview = query.data;
  const data = useMemo<ChartData>(
    () => ({
      labels: (preview?.buckets ?? []).map(({ from }) => String(from)),
      series: [
        {
          name: t('scores.people'),
          values: (preview?.buckets ?? []).map(({ profiles }) => profiles),
          color: 'web',
          kind: 'bar',
        },
      ],
    }),
    [preview, t],
  );
  if (definition === null)
    return (
      <Card title={t('scores.preview')}>
        <Text c="dimmed">{t('scores.unfinished')}</Text>
      </Card>
    );
  return (
    <Stack gap="md" className={styles.panel} aria-live="polite">
      {query.error === null ? null : <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      <Chart
        title={t('scores.preview')}
        note={
          preview === undefined
            ? t('scores.counting')
            : t('scores.previewNote', {
                scored: preview.scored,
                people: preview.people,
                median: format.number(preview.median, 1),
                top: format.number(preview.top, 1),
              })
        }
        data={data}
        axis={t('scores.score')}
        label={(from) => format.number(Number(from), 2)}
        loading={preview === undefined}
        height={180}
      />
      {preview === undefined ? null : (
        <>
          <Card title={t('scores.byLevel')}>
            <ul className={styles.list}>
              {preview.levels.toReversed().map(({ name, profiles }) => (
                <li key={name ?? ''}>
                  <span>{name ?? t('scores.noLevel')}</span>
                  <span>{format.number(profiles)}</span>
                </li>
              ))}
            </ul>
          </Card>
          <Card title={t('scores.bySignal')}>
            <ul className={styles.list}>
              {preview.signals.map(({ name, profiles, points }, at) => (
                // Two signals may have one name.
                // biome-ignore lint/suspicious/noArrayIndexKey: signals are shown in their order
                <li key={at}>
                  <span>{name}</span>
                  <span>{t('scores.signalGives', { people: profiles, points: format.number(points, 1) })}</span>
                </li>
              ))}
            </ul>
          </Card>
          <Card title={t('scores.best')}>
            <ul className={styles.list}>
              {preview.best.slice(0, 5).map(({ id, value }) => (
                <li key={id}>
                  <PersonById id={id} />
                  <span>{format.number(value, 1)}</span>
                </li>
              ))}
            </ul>
          </Card>
        </>
      )}
    </Stack>
  );
}
