import { Button, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import {
  channels,
  type MessageFigures,
  type MessageMetric,
  type MessageReport,
  type MessageReportGroup,
  type MessageReportRow,
  messageMetrics,
} from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { CsvButton } from '../../../ui/chart/CsvButton.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import { Term } from '../../../ui/Term.tsx';
import { PickNumber } from '../../analytics/parts/PickNumber.tsx';

const otherKey = '#other';
const columns = [
  'sent',
  'delivered',
  'clicked',
  'converted',
  'orders',
  'revenue',
  'bounced',
  'unsubscribed',
  'complained',
] as const satisfies readonly (keyof MessageFigures)[];
type Column = keyof MessageFigures;

interface ReportTableProps {
  readonly report: MessageReport;
  readonly by: MessageReportGroup;
  /** Opens are shown beside, never among what is compared. */
  readonly opens: boolean;
  readonly onOpen: (metric: MessageMetric, key: string | undefined, title: string) => void;
  /** From a campaign to its variants, from a journey to its steps. */
  readonly onNarrow: (key: string) => void;
}

/** A row for each campaign, journey, channel …, then their sum. */
export function ReportTable({ report, by, opens, onOpen, onNarrow }: ReportTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { rows, total, currency } = report;
  const compared = total.previous !== null;
  const shown: readonly Column[] = opens ? [...columns, 'opened'] : columns;
  const nameOf = (row: MessageReportRow): string => {
    if (row.key === otherKey) return t('messages.report.others');
    if (row.name !== null) return row.name;
    const channel = channels.find((one) => by === 'channel' && one === row.key);
    if (channel !== undefined) return t(`messages.channelOf.${channel}`);
    return row.key === ''
      ? t('messages.report.unknown')
      : by === 'provider' || by === 'domain'
        ? row.key
        : t('messages.report.gone', { id: row.key });
  };
  const show = (column: Column, value: number): string =>
    column === 'revenue' ? (format.money(value, currency) ?? '') : format.number(value);
  const cell = (
    row: Pick<MessageReportRow, 'current' | 'previous'>,
    column: Column,
    key: string | undefined,
    name: string,
  ) => {
    const value = row.current[column];
    const metric = messageMetrics.find((one) => one === column) ?? (column === 'orders' ? 'converted' : undefined);
    const text = show(column, value);
    const rate =
      column === 'sent' || column === 'orders' || column === 'revenue' || row.current.sent === 0
        ? null
        : value / row.current.sent;
    return (
      <Table.Td key={column} ta="end">
        {metric === undefined || value === 0 || key === otherKey ? (
          text
        ) : (
          <PickNumber of={`${name}, ${t(`messages.report.figure.${column}`)}`} onPick={() => onOpen(metric, key, name)}>
            {text}
          </PickNumber>
        )}
        {rate === null || value === 0 ? null : (
          <Text size="xs" c="dimmed">
            {format.percent(rate)}
          </Text>
        )}
        {row.previous === null ? null : (
          <Text size="xs" c="dimmed">
            {t('messages.report.before', { value: show(column, row.previous[column]) })}
          </Text>
        )}
      </Table.Td>
    );
  };
  const cells = (row: Pick<MessageReportRow, 'current' | 'previous'>) => [
    ...shown.map((column) => row.current[column]),
    ...(compared ? shown.map((column) => row.previous?.[column] ?? null) : []),
  ];
  const figure = (column: Column): string => t(`messages.report.figure.${column}`);
  const title = t(`messages.report.byOf.${by}`);
  return (
    <Card
      title={title}
      note={t('messages.report.tableNote', { count: report.creditDays })}
      flush
      actions={
        <CsvButton
          name={`messages-${by}`}
          head={[
            t(`messages.report.byOf.${by}`),
            ...shown.map(figure),
            ...(compared ? shown.map((column) => t('messages.report.before', { value: figure(column) })) : []),
          ]}
          rows={() => [
            ...rows.map((row) => [nameOf(row), ...cells(row)]),
            [t('messages.report.total'), ...cells(total)],
          ]}
        />
      }
    >
      <Table.ScrollContainer minWidth={900} type="native" tabIndex={0} role="group" aria-label={title}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t(`messages.report.byOf.${by}`)}</Table.Th>
              {shown.map((column) => (
                <Table.Th key={column} scope="col" ta="end">
                  <Term meaning={t(`messages.report.meaning.${column}`)}>{figure(column)}</Term>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.key}>
                <Table.Th scope="row" fw={400}>
                  <RowName row={row} by={by} name={nameOf(row)} onNarrow={onNarrow} />
                </Table.Th>
                {shown.map((column) => cell(row, column, row.key, nameOf(row)))}
              </Table.Tr>
            ))}
          </Table.Tbody>
          <Table.Tfoot>
            <Table.Tr>
              <Table.Th scope="row">{t('messages.report.total')}</Table.Th>
              {shown.map((column) => cell(total, column, undefined, t('messages.report.total')))}
            </Table.Tr>
          </Table.Tfoot>
        </Table>
      </Table.ScrollContainer>
    </Card>
  );
}

function RowName({
  row,
  by,
  name,
  onNarrow,
}: {
  row: MessageReportRow;
  by: MessageReportGroup;
  name: string;
  onNarrow: (key: string) => void;
}) {
  const { t } = useTranslation();
  if (row.name === null || row.key === otherKey || (by !== 'campaign' && by !== 'journey')) return name;
  return (
    <>
      {by === 'campaign' ? (
        <Link to="/messages/campaigns/$id" params={{ id: row.key }}>
          {name}
        </Link>
      ) : (
        <Link to="/messages/journeys/$id" params={{ id: row.key }}>
          {name}
        </Link>
      )}
      <div>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          aria-label={t(by === 'campaign' ? 'messages.report.variantsOf' : 'messages.report.stepsOf', { name })}
          onClick={() => onNarrow(row.key)}
        >
          {t(by === 'campaign' ? 'messages.report.variants' : 'messages.report.steps')}
        </Button>
      </div>
    </>
  );
}
