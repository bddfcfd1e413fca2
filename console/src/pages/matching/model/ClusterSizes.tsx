import { Text } from '@mantine/core';
import type { RunReport } from '@vitrail/contracts';
import { useMemo } from 'react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Chart } from '../../../ui/chart/Chart.tsx';

const same = (text: string): string => text;

/** How many records the groups that become one have. */
export function ClusterSizes({ clusters }: Pick<RunReport, 'clusters'>) {
  const { t } = useTranslation();
  const data = useMemo(
    () => ({
      labels: clusters.map(({ size }) => t('matchRun.recordsEach', { count: size })),
      series: [
        {
          name: t('matchRun.groups'),
          values: clusters.map((one) => one.clusters),
          color: 'lead' as const,
          kind: 'bar' as const,
        },
      ],
    }),
    [clusters, t],
  );
  if (clusters.length === 0)
    return (
      <Card title={t('matchRun.clusters')}>
        <Text size="sm" c="dimmed">
          {t('matchRun.noClusters')}
        </Text>
      </Card>
    );
  return (
    <Chart
      title={t('matchRun.clusters')}
      note={t('matchRun.clustersNote')}
      data={data}
      axis={t('matchRun.size')}
      label={same}
      height={180}
    />
  );
}
