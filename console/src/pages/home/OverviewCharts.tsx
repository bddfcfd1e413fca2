import { SimpleGrid } from '@mantine/core';
import type { Overview } from '@vitrail/contracts';
import { useMemo } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Chart } from '../../ui/chart/Chart.tsx';
import type { ChartColor, ChartSeries } from '../../ui/chart/chartData.ts';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { isToday } from './ranges.ts';

type Measure = Exclude<keyof Overview['days'][number], 'day'>;

/** Visitors, revenue, orders, and how people become customers, day by day. */
export function OverviewCharts({ overview }: { overview: Overview | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const currency = overview?.currency;
  const money = useMemo(
    () => ({
      value: (amount: number) => format.money(amount, currency) ?? '',
      tick: (amount: number) => format.compactMoney(amount, currency) ?? '',
    }),
    [format, currency],
  );
  const charts = useMemo(() => {
    const days = overview?.days ?? [];
    const labels = days.map(({ day }) => day);
    const openEnd = overview !== undefined && isToday(overview.to, overview.timeZone);
    const series = (measure: Measure, color: ChartColor, kind: 'line' | 'bar'): ChartSeries => ({
      name: t(`home.${measure}`),
      values: days.map((day) => day[measure]),
      color,
      kind,
    });
    return {
      visitors: { labels, openEnd, series: [series('visitors', 'web', 'line')] },
      revenue: { labels, openEnd, series: [series('revenue', 'store', 'bar')] },
      orders: { labels, openEnd, series: [series('orders', 'lead', 'bar')] },
      people: {
        labels,
        openEnd,
        series: [
          series('newProfiles', 'quiet', 'line'),
          series('newCustomers', 'crm', 'line'),
          series('mergedProfiles', 'messages', 'line'),
        ],
      },
    };
  }, [overview, t]);
  const loading = overview === undefined;
  const day = t('home.day');
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
      <Chart
        title={t('home.revenue')}
        note={t('home.revenueNote')}
        data={charts.revenue}
        axis={day}
        loading={loading}
        {...money}
      />
      <Chart
        title={t('home.visitors')}
        note={t('home.visitorsNote')}
        data={charts.visitors}
        axis={day}
        loading={loading}
      />
      <Chart title={t('home.orders')} note={t('home.ordersNote')} data={charts.orders} axis={day} loading={loading} />
      <Chart title={t('home.people')} note={t('home.peopleNote')} data={charts.people} axis={day} loading={loading} />
    </SimpleGrid>
  );
}
