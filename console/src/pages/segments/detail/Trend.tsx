import { SimpleGrid } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useApi } from '../../../api/context.tsx';
import { trendQuery } from '../../../api/segments.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Chart } from '../../../ui/chart/Chart.tsx';
import type { ChartData } from '../../../ui/chart/chartData.ts';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';

/** Size, and who came and went, day by day. */
export function Trend({ id }: { id: string }) {
  const { t } = useTranslation();
  const trend = useQuery(trendQuery(useApi(), id));
  const days = trend.data?.days;
  const charts = useMemo(() => {
    const labels = (days ?? []).map(({ day }) => day);
    const values = (measure: 'size' | 'entered' | 'exited') => (days ?? []).map((day) => day[measure]);
    const size: ChartData = {
      labels,
      openEnd: true,
      series: [{ name: t('segments.size'), values: values('size'), color: 'lead', kind: 'line' }],
    };
    const moves: ChartData = {
      labels,
      openEnd: true,
      series: [
        { name: t('segments.trend.entered'), values: values('entered'), color: 'good', kind: 'bar' },
        { name: t('segments.trend.exited'), values: values('exited'), color: 'bad', kind: 'bar' },
      ],
    };
    return { size, moves };
  }, [days, t]);
  if (trend.error !== null) return <ProblemAlert error={trend.error} onRetry={() => void trend.refetch()} />;
  const loading = days === undefined;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
      <Chart
        title={t('segments.trend.size')}
        note={t('segments.trend.sizeNote')}
        data={charts.size}
        axis={t('home.day')}
        loading={loading}
      />
      <Chart
        title={t('segments.trend.moves')}
        note={t('segments.trend.movesNote')}
        data={charts.moves}
        axis={t('home.day')}
        loading={loading}
      />
    </SimpleGrid>
  );
}
