import { Text } from '@mantine/core';
import type { MatchKind } from '@vitrail/contracts';
import { useMemo } from 'react';
import { useMatchRuns } from '../../../api/matching.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Chart } from '../../../ui/chart/Chart.tsx';

const same = (text: string): string => text;

/** The largest group of each run: one that grows from run to run has swallowed somebody. */
export function ClustersOverTime({ kind }: { kind: MatchKind }) {
  const { t } = useTranslation();
  const { rows } = useMatchRuns(kind);
  const data = useMemo(() => {
    const done = rows.filter((run) => run.report !== null && run.report.clusters.length > 0).toReversed();
    return {
      labels: done.map((run) => t(run.dryRun ? 'matchRun.dryName' : 'matchRun.name', { id: run.id })),
      series: [
        {
          name: t('matchModel.largest'),
          values: done.map((run) => Math.max(0, ...(run.report?.clusters ?? []).map(({ size }) => size))),
          color: 'lead' as const,
          kind: 'bar' as const,
        },
      ],
    };
  }, [rows, t]);
  if (data.labels.length === 0)
    return (
      <Card title={t('matchModel.largest')}>
        <Text size="sm" c="dimmed">
          {t('matchRun.noClusters')}
        </Text>
      </Card>
    );
  return (
    <Chart
      title={t('matchModel.largest')}
      note={t('matchModel.largestNote')}
      data={data}
      axis={t('matchRun.run')}
      label={same}
      height={180}
    />
  );
}
