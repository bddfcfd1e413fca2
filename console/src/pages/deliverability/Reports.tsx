import type { ChannelReport, DomainReport } from '@vitrail/contracts';
import { wholeList } from '../../api/pages.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Num, nothing, useFormat } from '../../ui/format/FormatProvider.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';

type Query<Row> = Parameters<typeof wholeList<Row>>[0];
const parts = ['delivered', 'bounced', 'complained', 'opened', 'clicked'] as const;
type Part = (typeof parts)[number];

/** Counts with their share of what was sent. */
function usePartColumns<Row extends { readonly sent: number } & Readonly<Record<Part, number>>>() {
  const { t } = useTranslation();
  const format = useFormat();
  const sent: Column<Row> = {
    id: 'sent',
    header: t('deliverability.sent'),
    align: 'end',
    cell: (row) => <Num value={row.sent} />,
    text: (row) => row.sent,
  };
  const shares = parts.map(
    (name): Column<Row> => ({
      id: name,
      header: t(`deliverability.of.${name}`),
      align: 'end',
      cell: (row) => `${format.number(row[name])} · ${format.percent(row.sent === 0 ? 0 : row[name] / row.sent)}`,
      text: (row) => row[name],
    }),
  );
  return { sent, shares };
}

/** What each channel and provider brought. */
export function ChannelReports({ query }: { query: Query<ChannelReport> }) {
  const { t } = useTranslation();
  const { sent, shares } = usePartColumns<ChannelReport>();
  const columns: readonly Column<ChannelReport>[] = [
    {
      id: 'channel',
      header: t('messages.channel'),
      cell: (row) => t(`messages.channelOf.${row.channel}`),
      text: (row) => row.channel,
      fixed: true,
    },
    {
      id: 'provider',
      header: t('channels.kind'),
      cell: (row) => (row.provider === 'sandbox' ? t('channels.taken.sandbox') : row.provider || nothing),
      text: (row) => row.provider,
    },
    sent,
    {
      id: 'uncertain',
      header: t('messages.state.uncertain'),
      align: 'end',
      cell: (row) => <Num value={row.uncertain} />,
      text: (row) => row.uncertain,
      optional: true,
    },
    ...shares,
    {
      id: 'unsubscribed',
      header: t('deliverability.of.unsubscribed'),
      align: 'end',
      cell: (row) => <Num value={row.unsubscribed} />,
      text: (row) => row.unsubscribed,
    },
  ];
  return (
    <Card title={t('deliverability.byChannel')} note={t('deliverability.byChannelNote')}>
      <DataTable
        id="channel-reports"
        label={t('deliverability.byChannel')}
        columns={columns}
        list={wholeList(query)}
        rowKey={(row) => `${row.channel}/${row.provider}`}
        empty={<EmptyState title={t('deliverability.noMessages')}>{t('deliverability.noMailAdvice')}</EmptyState>}
      />
    </Card>
  );
}

/** Where mail arrives, and where not. */
export function Receivers({ query }: { query: Query<DomainReport> }) {
  const { t } = useTranslation();
  const { sent, shares } = usePartColumns<DomainReport>();
  const columns: readonly Column<DomainReport>[] = [
    {
      id: 'domain',
      header: t('deliverability.domain'),
      cell: (row) => (row.domain === 'other' ? t('deliverability.other') : row.domain),
      text: (row) => row.domain,
      fixed: true,
    },
    sent,
    ...shares,
  ];
  return (
    <Card title={t('deliverability.receivers')} note={t('deliverability.receiversNote')}>
      <DataTable
        id="receivers"
        label={t('deliverability.receivers')}
        columns={columns}
        list={wholeList(query)}
        rowKey={(row) => row.domain}
        empty={<EmptyState title={t('deliverability.noMail')}>{t('deliverability.noMailAdvice')}</EmptyState>}
      />
    </Card>
  );
}
