import { SimpleGrid } from '@mantine/core';
import type { DataHealth } from '@vitrail/contracts';
import { useMemo } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Chart } from '../../ui/chart/Chart.tsx';
import { sumDays } from './sums.ts';

/** What came and what did not, day by day. */
export function HealthCharts({ health }: { health: DataHealth | undefined }) {
  const { t } = useTranslation();
  const charts = useMemo(() => {
    const days = health === undefined ? [] : sumDays(health.from, health.to, health.sources);
    const labels = days.map(({ day }) => day);
    const series = (key: 'accepted' | 'dropped' | 'refused' | 'violations') => ({
      name: t(`health.${key}`),
      values: days.map((day) => day[key]),
    });
    // The last day is today and still running.
    const openEnd = true;
    return {
      accepted: { labels, openEnd, series: [{ ...series('accepted'), color: 'crm', kind: 'bar' }] },
      lost: {
        labels,
        openEnd,
        series: [
          { ...series('dropped'), color: 'store', kind: 'line' },
          { ...series('refused'), color: 'bad', kind: 'line' },
          { ...series('violations'), color: 'messages', kind: 'line' },
        ],
      },
    } as const;
  }, [health, t]);
  const loading = health === undefined;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
      <Chart
        title={t('health.accepted')}
        note={t('health.acceptedNote')}
        data={charts.accepted}
        axis={t('home.day')}
        loading={loading}
        height={180}
      />
      <Chart
        title={t('health.lost')}
        note={t('health.lostNote')}
        data={charts.lost}
        axis={t('home.day')}
        loading={loading}
        height={180}
      />
    </SimpleGrid>
  );
}
