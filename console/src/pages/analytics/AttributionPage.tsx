import { NativeSelect, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import {
  type Attribution,
  type AttributionInput,
  type AttributionModel,
  attributionGroups,
  attributionInputSchema,
  attributionModels,
  orderDimensions,
} from '@vitrail/contracts';
import { useMemo, useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { attributionQuery } from '../../api/reports.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { Chart } from '../../ui/chart/Chart.tsx';
import { CsvButton } from '../../ui/chart/CsvButton.tsx';
import type { ChartData } from '../../ui/chart/chartData.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { PeriodPicker } from './frame/PeriodPicker.tsx';
import { ReportFrame } from './frame/ReportFrame.tsx';
import { SaveReport } from './frame/SaveReport.tsx';
import { useReport } from './frame/useReport.ts';
import { Filters } from './parts/Filters.tsx';
import { type OpenPoint, PeopleDrawer } from './parts/PeopleDrawer.tsx';
import { PickNumber } from './parts/PickNumber.tsx';

const start: AttributionInput = attributionInputSchema.parse({});
const lookbacks = [7, 14, 30, 60, 90] as const;

/** Which campaigns orders are owed to. */
export function AttributionPage() {
  const { t } = useTranslation();
  const state = useReport(attributionInputSchema, start);
  const { request, asked, change } = state;
  const attribution = useQuery(attributionQuery(useApi(), asked));
  const [point, setPoint] = useState<OpenPoint | null>(null);
  const [model, setModel] = useState<AttributionModel>('linear');
  return (
    <ReportFrame
      title={t('analytics.attribution')}
      purpose={t('analytics.attributionPurpose')}
      definition={t('analytics.definition.attribution')}
      about={attribution.data}
      error={attribution.error}
      busy={attribution.isFetching && (attribution.isPlaceholderData || attribution.isPending)}
      onRetry={() => void attribution.refetch()}
      actions={
        <>
          <PeriodPicker period={state.period} onChoose={state.choose} />
          <SaveReport definition={{ kind: 'attribution', request }} period={state.period} saved={state.saved} />
        </>
      }
      controls={
        <>
          <NativeSelect
            label={t('analytics.by')}
            value={request.by}
            data={attributionGroups.map((by) => ({ value: by, label: t(`analytics.attributionBy.${by}`) }))}
            onChange={({ currentTarget }) => {
              const by = attributionGroups.find((one) => one === currentTarget.value);
              if (by !== undefined) change({ by });
            }}
          />
          <NativeSelect
            label={t('analytics.model')}
            value={model}
            data={attributionModels.map((one) => ({ value: one, label: t(`analytics.models.${one}`) }))}
            onChange={({ currentTarget }) =>
              setModel(attributionModels.find((one) => one === currentTarget.value) ?? 'linear')
            }
          />
          <NativeSelect
            label={t('analytics.lookback')}
            value={String(request.lookbackDays)}
            data={[...new Set([...lookbacks, request.lookbackDays])].map((days) => ({
              value: String(days),
              label: t('analytics.daysBefore', { count: days }),
            }))}
            onChange={({ currentTarget }) => change({ lookbackDays: Number(currentTarget.value) })}
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
      {attribution.data !== undefined && attribution.data.totals.orders === 0 ? (
        <EmptyState title={t('analytics.noOrders')}>{t('analytics.noOrdersAdvice')}</EmptyState>
      ) : (
        <Result
          attribution={attribution.data}
          model={model}
          onOpen={(group, by) =>
            setPoint({ kind: 'attribution', request: asked, point: { group, model: by }, title: group })
          }
        />
      )}
      <PeopleDrawer point={point} onClose={() => setPoint(null)} />
    </ReportFrame>
  );
}

function Result(props: {
  readonly attribution: Attribution | undefined;
  readonly model: AttributionModel;
  readonly onOpen: (group: string, model: AttributionModel) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { attribution, model, onOpen } = props;
  const currency = attribution?.currency;
  const money = (value: number): string => format.money(value, currency) ?? '';
  const nameOf = (group: string): string =>
    group === '(direct)' ? t('analytics.direct') : group === '(other)' ? t('analytics.others') : group;
  const rows = useMemo(
    () => (attribution?.rows ?? []).toSorted((a, b) => b[model].revenue - a[model].revenue),
    [attribution, model],
  );
  const data = useMemo<ChartData>(
    () => ({
      labels: rows.slice(0, 12).map(({ group }) => group),
      series: [
        {
          name: t('analytics.metric.revenue'),
          values: rows.slice(0, 12).map((row) => row[model].revenue),
          color: 'store',
          kind: 'bar',
        },
      ],
    }),
    [rows, model, t],
  );
  const heads = [
    t('analytics.group'),
    t('analytics.buyers'),
    ...attributionModels.map((one) => t(`analytics.models.${one}`)),
  ];
  return (
    <>
      <Chart
        title={t('analytics.revenueBy', { model: t(`analytics.models.${model}`) })}
        note={t(`analytics.modelNote.${model}`)}
        data={data}
        loading={attribution === undefined}
        axis={t('analytics.group')}
        height={280}
        label={nameOf}
        value={money}
        tick={(value) => format.compactMoney(value, currency) ?? ''}
        onPick={(at) => {
          const row = rows[at];
          if (row !== undefined && row.group !== '(other)') onOpen(row.group, model);
        }}
      />
      {attribution === undefined ? null : (
        <Card
          title={t('analytics.allModels')}
          note={t('analytics.sumsToRevenue', {
            revenue: money(attribution.totals.revenue),
            orders: format.number(attribution.totals.orders),
          })}
          flush
          actions={
            <CsvButton
              name="attribution"
              head={heads}
              rows={() =>
                rows.map((row) => [nameOf(row.group), row.buyers, ...attributionModels.map((one) => row[one].revenue)])
              }
            />
          }
        >
          <Table.ScrollContainer
            minWidth={680}
            type="native"
            tabIndex={0}
            role="group"
            aria-label={t('analytics.allModels')}
          >
            <Table>
              <Table.Thead>
                <Table.Tr>
                  {heads.map((head, at) => (
                    <Table.Th key={head} ta={at === 0 ? undefined : 'end'}>
                      {head}
                    </Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map((row) => (
                  <Table.Tr key={row.group}>
                    <Table.Th scope="row" fw={400}>
                      {nameOf(row.group)}
                    </Table.Th>
                    <Table.Td ta="end">{format.number(row.buyers)}</Table.Td>
                    {attributionModels.map((one) => (
                      <Table.Td key={one} ta="end" fw={one === model ? 600 : 400}>
                        {row.group === '(other)' ? (
                          money(row[one].revenue)
                        ) : (
                          <PickNumber of={nameOf(row.group)} onPick={() => onOpen(row.group, one)}>
                            {money(row[one].revenue)}
                          </PickNumber>
                        )}
                      </Table.Td>
                    ))}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Card>
      )}
    </>
  );
}
