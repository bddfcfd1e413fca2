import { SimpleGrid, Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Dashboard } from '@vitrail/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { CsvButton } from '../../ui/chart/CsvButton.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { changeOf } from '../home/ranges.ts';
import styles from './Analytics.module.css';
import type { OpenPeople } from './DashboardFigures.tsx';
import { PickNumber } from './parts/PickNumber.tsx';

interface Row {
  readonly key: string;
  readonly revenue: number;
  readonly orders: number;
  readonly previousRevenue: number;
}
const lists = [
  { name: 'products', field: 'product_id' },
  { name: 'categories', field: 'category' },
  { name: 'sites', field: 'site' },
  { name: 'channels', field: 'channel' },
  { name: 'currencies', field: 'currency' },
] as const;

/** What sold best, and where: each row opens its buyers. */
export function DashboardLists({ dashboard, onOpen }: { dashboard: Dashboard | undefined; onOpen: OpenPeople }) {
  const { t } = useTranslation();
  if (dashboard === undefined) return null;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg" className={styles.lists}>
      {lists.map(({ name, field }) => {
        const rows: readonly (Row & { name?: string | null })[] = dashboard[name];
        if (rows.length === 0) return null;
        const nameOf = (row: (typeof rows)[number]): string =>
          row.name ?? (row.key === '' ? t('analytics.notSet') : row.key);
        return (
          <SalesTable
            key={name}
            title={t(`analytics.list.${name}`)}
            head={t(`analytics.dimension.${field}`)}
            note={t(name === 'products' || name === 'categories' ? 'analytics.lineRevenue' : 'analytics.netRevenue')}
            currency={dashboard.currency}
            compared={dashboard.previous !== null}
            rows={rows}
            nameOf={nameOf}
            link={(row) =>
              name === 'products' && row.key !== '' ? (
                <Link to="/products/$id" params={{ id: row.key }}>
                  {nameOf(row)}
                </Link>
              ) : (
                nameOf(row)
              )
            }
            onOpen={(row) => onOpen({ of: 'buyers' }, nameOf(row), {}, [{ field, op: 'in', values: [row.key] }])}
          />
        );
      })}
    </SimpleGrid>
  );
}

function SalesTable<R extends Row>(props: {
  readonly title: string;
  readonly head: string;
  readonly note: string;
  readonly currency: string;
  readonly compared: boolean;
  readonly rows: readonly R[];
  readonly nameOf: (row: R) => string;
  readonly link: (row: R) => ReactNode;
  readonly onOpen: (row: R) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { rows, nameOf, compared } = props;
  const heads = [
    props.head,
    t('analytics.metric.revenue'),
    t('analytics.metric.orders'),
    ...(compared ? [t('analytics.change')] : []),
  ];
  return (
    <Card
      title={props.title}
      note={props.note}
      flush
      actions={
        <CsvButton
          name={props.title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-')}
          head={[props.head, t('analytics.metric.revenue'), t('analytics.metric.orders'), t('analytics.before')]}
          rows={() => rows.map((row) => [nameOf(row), row.revenue, row.orders, row.previousRevenue])}
        />
      }
    >
      <Table.ScrollContainer minWidth={320} type="native" tabIndex={0} role="group" aria-label={props.title}>
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
            {rows.map((row) => {
              const change = changeOf(row.revenue, row.previousRevenue);
              return (
                <Table.Tr key={row.key}>
                  <Table.Th scope="row" fw={400} className={styles.names}>
                    {props.link(row)}
                  </Table.Th>
                  <Table.Td ta="end">{format.money(row.revenue, props.currency)}</Table.Td>
                  <Table.Td ta="end">
                    <PickNumber of={nameOf(row)} onPick={() => props.onOpen(row)}>
                      {format.number(row.orders)}
                    </PickNumber>
                  </Table.Td>
                  {compared ? <Table.Td ta="end">{change === null ? '–' : format.percent(change)}</Table.Td> : null}
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Card>
  );
}
