import { SimpleGrid } from '@mantine/core';
import type { Dashboard } from '@vitrail/contracts';
import { useMemo } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Chart } from '../../ui/chart/Chart.tsx';
import type { ChartColor, ChartData } from '../../ui/chart/chartData.ts';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { isToday } from '../home/ranges.ts';
import type { OpenPeople } from './DashboardFigures.tsx';
import { useUnit } from './words.ts';

const charts = [
  { name: 'revenue', previous: 'previousRevenue', color: 'store', metric: 'revenue' },
  { name: 'visitors', previous: 'previousVisitors', color: 'web', metric: 'visitors' },
  { name: 'orders', previous: 'previousOrders', color: 'crm', metric: 'orders' },
] as const satisfies readonly { name: string; previous: string; color: ChartColor; metric: string }[];

/** Revenue, visitors and orders day by day, over those of the period before. */
export function DashboardCharts({ dashboard, onOpen }: { dashboard: Dashboard | undefined; onOpen: OpenPeople }) {
  const { t } = useTranslation();
  const format = useFormat();
  const money = useUnit('money', dashboard?.currency);
  const count = useUnit('count', undefined);
  const data = useMemo(
    () =>
      charts.map(({ name, previous, color }): ChartData => {
        const days = dashboard?.days ?? [];
        const before =
          dashboard?.before == null
            ? []
            : [
                {
                  name: t('analytics.before'),
                  values: days.map((day) => day[previous]),
                  color: 'quiet' as const,
                  kind: 'line' as const,
                },
              ];
        return {
          labels: days.map(({ day }) => day),
          openEnd: dashboard !== undefined && isToday(dashboard.to, dashboard.timeZone),
          series: [
            { name: t(`analytics.figure.${name}`), values: days.map((day) => day[name]), color, kind: 'line' },
            ...before,
          ],
        };
      }),
    [dashboard, t],
  );
  const pictures = charts.map(({ name, metric }, at) => {
    const unit = name === 'revenue' ? money : count;
    const title = t(`analytics.figure.${name}`);
    return (
      <Chart
        key={name}
        title={title}
        note={t(`analytics.figureDefinition.${name}`)}
        data={data[at] ?? { labels: [], series: [] }}
        loading={dashboard === undefined}
        axis={t('analytics.interval.day')}
        value={unit.value}
        tick={unit.tick}
        onPick={(place) => {
          const day = dashboard?.days[place]?.day;
          if (day !== undefined) onOpen({ of: metric }, `${title} · ${format.date(day)}`, { bucket: day });
        }}
      />
    );
  });
  const [first, ...others] = pictures;
  return (
    <>
      {first}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        {others}
      </SimpleGrid>
    </>
  );
}
