import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { orderDimensions, type Values, type ValuesInput, valuesInputSchema } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { valuesQuery } from '../../api/reports.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Chart } from '../../ui/chart/Chart.tsx';
import type { ChartColor } from '../../ui/chart/chartData.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Money, Num, useFormat } from '../../ui/format/FormatProvider.tsx';
import { StatRow, StatTile } from '../../ui/StatTile.tsx';
import { PeriodPicker } from './frame/PeriodPicker.tsx';
import { ReportFrame } from './frame/ReportFrame.tsx';
import { SaveReport } from './frame/SaveReport.tsx';
import { useReport } from './frame/useReport.ts';
import { Filters } from './parts/Filters.tsx';
import { type OpenPoint, PeopleDrawer } from './parts/PeopleDrawer.tsx';

const start: ValuesInput = valuesInputSchema.parse({});

/** How revenue is spread over the customers. */
export function ValuesPage() {
  const { t } = useTranslation();
  const state = useReport(valuesInputSchema, start, '365');
  const { request, asked, change } = state;
  const values = useQuery(valuesQuery(useApi(), asked));
  const [point, setPoint] = useState<OpenPoint | null>(null);
  return (
    <ReportFrame
      title={t('analytics.values')}
      purpose={t('analytics.valuesPurpose')}
      definition={t('analytics.definition.values')}
      about={values.data}
      error={values.error}
      busy={values.isFetching && (values.isPlaceholderData || values.isPending)}
      onRetry={() => void values.refetch()}
      actions={
        <>
          <PeriodPicker period={state.period} onChoose={state.choose} />
          <SaveReport definition={{ kind: 'values', request }} period={state.period} saved={state.saved} />
        </>
      }
      controls={
        <>
          <Switch
            label={t('analytics.ever')}
            checked={request.ever}
            onChange={({ currentTarget }) => change({ ever: currentTarget.checked })}
          />
          <Filters
            fields={orderDimensions}
            properties={false}
            filters={request.filters}
            onChange={(filters) => change({ filters })}
          />
        </>
      }
    >
      {values.data !== undefined && values.data.totals.people === 0 ? (
        <EmptyState title={t('analytics.noOrders')}>{t('analytics.noOrdersAdvice')}</EmptyState>
      ) : (
        <Result
          values={values.data}
          onOpen={(title, of) => setPoint({ kind: 'values', request: asked, point: of, title })}
        />
      )}
      <PeopleDrawer point={point} onClose={() => setPoint(null)} />
    </ReportFrame>
  );
}

function Result({ values, onOpen }: { values: Values | undefined; onOpen: (title: string, point: object) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const currency = values?.currency;
  const loading = values === undefined;
  const short = (amount: number): string => format.compactMoney(amount, currency) ?? '';
  const bucketName = (bucket: Values['buckets'][number]): string =>
    bucket.from === null
      ? t('analytics.lessThan', { to: short(bucket.to ?? 0) })
      : bucket.to === null
        ? t('analytics.orMore', { from: short(bucket.from) })
        : t('analytics.fromTo', { from: short(bucket.from), to: short(bucket.to) });
  // Customers whose orders were all refunded stand below the first edge: shown only when there are some.
  const buckets = (values?.buckets ?? [])
    .map((bucket, index) => ({ ...bucket, index }))
    .filter(({ index, people }) => index > 0 || people > 0);
  const bars = (name: string, numbers: readonly (number | null)[], color: ChartColor) => [
    { name, values: numbers, color, kind: 'bar' as const },
  ];
  const names = buckets.map(bucketName);
  const deciles = values?.deciles ?? [];
  const decileNames = deciles.map(({ decile }) => t('analytics.tenth', { number: decile }));
  const often = values?.orders ?? [];
  const oftenNames = often.map(({ orders }) =>
    orders === 6 ? t('analytics.sixOrMore') : t('analytics.orderCount', { count: orders }),
  );
  return (
    <>
      <StatRow>
        <StatTile
          label={t('analytics.buyers')}
          definition={t('analytics.definition.buyers')}
          loading={loading}
          value={<Num value={values?.totals.people} />}
        />
        <StatTile
          label={t('analytics.metric.revenue')}
          definition={t('analytics.definition.revenue')}
          loading={loading}
          value={<Money amount={values?.totals.revenue} currency={currency} />}
        />
        <StatTile
          label={t('analytics.average')}
          definition={t('analytics.averageDefinition')}
          loading={loading}
          value={<Money amount={values?.totals.average} currency={currency} />}
        />
        <StatTile
          label={t('analytics.median')}
          definition={t('analytics.medianDefinition')}
          loading={loading}
          value={<Money amount={values?.totals.median} currency={currency} />}
        />
      </StatRow>
      <Chart
        title={t('analytics.byValue')}
        note={t('analytics.clickAdvice')}
        data={{
          labels: names,
          series: bars(
            t('analytics.people'),
            buckets.map(({ people }) => people),
            'web',
          ),
        }}
        loading={loading}
        axis={t('analytics.valueTitle')}
        label={(name) => name}
        onPick={(at) => onOpen(names[at] ?? '', { bucket: buckets[at]?.index ?? 0 })}
      />
      <Chart
        title={t('analytics.byTenth')}
        note={t('analytics.byTenthNote')}
        data={{
          labels: decileNames,
          shares: true,
          series: bars(
            t('analytics.shareOfRevenue'),
            deciles.map(({ share }) => share),
            'store',
          ),
        }}
        loading={loading}
        axis={t('analytics.tenthTitle')}
        label={(name) => name}
        value={format.percent}
        tick={format.percent}
        onPick={(at) => onOpen(decileNames[at] ?? '', { decile: at + 1 })}
      />
      <Chart
        title={t('analytics.byOrders')}
        note={t('analytics.clickAdvice')}
        data={{
          labels: oftenNames,
          series: bars(
            t('analytics.people'),
            often.map(({ people }) => people),
            'crm',
          ),
        }}
        loading={loading}
        axis={t('analytics.metric.orders')}
        label={(name) => name}
        onPick={(at) => onOpen(oftenNames[at] ?? '', { orders: at + 1 })}
      />
    </>
  );
}
