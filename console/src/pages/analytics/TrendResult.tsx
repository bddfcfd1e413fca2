import { Table } from '@mantine/core';
import type { Trend, TrendInput, TrendSeries } from '@vitrail/contracts';
import { useMemo } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { Chart } from '../../ui/chart/Chart.tsx';
import type { ChartColor, ChartData } from '../../ui/chart/chartData.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { changeOf } from '../home/ranges.ts';
import { PickNumber } from './parts/PickNumber.tsx';
import { useGroupName, useUnit } from './words.ts';

const colors: readonly ChartColor[] = ['web', 'store', 'crm', 'messages', 'ads', 'support', 'lead', 'quiet'];
/** More lines than this are not told apart; the table has them all. */
const drawn = 7;

interface TrendResultProps {
  readonly input: TrendInput;
  readonly trend: Trend | undefined;
  readonly onOpen: (title: string, point: object) => void;
}

/** A trend as picture and as table; every number opens its people. */
export function TrendResult({ input, trend, onOpen }: TrendResultProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const groupName = useGroupName();
  const unit = useUnit(trend?.unit ?? 'count', trend?.currency);
  const metric = t(`analytics.metric.${input.metric.of}`);
  const nameOf = (series: TrendSeries): string =>
    series.kind === 'all'
      ? t('analytics.everything')
      : series.kind === 'other'
        ? t('analytics.others')
        : groupName(series.group, input.breakdown);
  const split = (trend?.series.length ?? 0) > 1;
  const data = useMemo<ChartData>(() => {
    if (trend === undefined) return { labels: [], series: [] };
    const labels = trend.buckets.map(({ day }) => day);
    const openEnd = trend.buckets.at(-1)?.partial === true;
    const shares = trend.unit === 'ratio';
    const [all] = trend.series;
    if (!split)
      return {
        labels,
        openEnd,
        shares,
        series: [
          { name: metric, values: all?.values ?? [], color: 'web', kind: 'line' },
          ...(all?.previous == null
            ? []
            : [{ name: t('analytics.before'), values: all.previous, color: 'quiet' as const, kind: 'line' as const }]),
        ],
      };
    return {
      labels,
      openEnd,
      shares,
      series: trend.series
        .filter(({ kind }) => kind === 'group')
        .slice(0, drawn)
        .map((series, at) => ({
          name: groupName(series.group, input.breakdown),
          values: series.values,
          color: colors[at] ?? 'quiet',
          kind: 'line',
        })),
    };
  }, [trend, split, metric, groupName, input.breakdown, t]);
  if (trend?.series.every(({ values }) => values.every((value) => value === null || value === 0)))
    return <EmptyState title={t('analytics.nothing')}>{t('analytics.nothingAdvice')}</EmptyState>;
  const compared = trend !== undefined && trend.before !== null;
  return (
    <>
      <Chart
        title={metric}
        note={
          compared
            ? t('analytics.comparedWith', {
                from: format.date(trend.before?.from ?? ''),
                to: format.date(trend.before?.to ?? ''),
              })
            : t('analytics.clickAdvice')
        }
        data={data}
        axis={t(`analytics.interval.${input.interval}`)}
        loading={trend === undefined}
        height={300}
        value={unit.value}
        tick={unit.tick}
        onPick={(at) => {
          const bucket = trend?.buckets[at]?.day;
          if (bucket !== undefined) onOpen(`${metric} · ${format.date(bucket)}`, { bucket });
        }}
      />
      {trend === undefined ? null : (
        <Card title={t('analytics.totals')} flush>
          <Table.ScrollContainer
            minWidth={420}
            type="native"
            tabIndex={0}
            role="group"
            aria-label={t('analytics.totals')}
          >
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{input.breakdown === undefined ? metric : t('analytics.group')}</Table.Th>
                  <Table.Th ta="end">{t('analytics.total')}</Table.Th>
                  {compared ? (
                    <>
                      <Table.Th ta="end">{t('analytics.before')}</Table.Th>
                      <Table.Th ta="end">{t('analytics.change')}</Table.Th>
                    </>
                  ) : null}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {trend.series.map((series) => {
                  const name = nameOf(series);
                  const change = changeOf(series.total ?? 0, series.previousTotal ?? 0);
                  const group = series.kind === 'group' ? { group: series.group } : {};
                  return (
                    <Table.Tr key={`${series.kind} ${series.group}`}>
                      <Table.Th scope="row" fw={series.kind === 'all' ? 600 : 400}>
                        {name}
                      </Table.Th>
                      <Table.Td ta="end">
                        {series.kind === 'other' ? (
                          unit.value(series.total)
                        ) : (
                          <PickNumber of={name} onPick={() => onOpen(`${metric} · ${name}`, group)}>
                            {unit.value(series.total)}
                          </PickNumber>
                        )}
                      </Table.Td>
                      {compared ? (
                        <>
                          <Table.Td ta="end">{unit.value(series.previousTotal)}</Table.Td>
                          <Table.Td ta="end">{change === null ? '–' : format.percent(change)}</Table.Td>
                        </>
                      ) : null}
                    </Table.Tr>
                  );
                })}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
          {trend.groups > input.groups ? (
            <p style={{ padding: '0 1rem' }}>{t('analytics.moreGroups', { count: trend.groups })}</p>
          ) : null}
        </Card>
      )}
    </>
  );
}
