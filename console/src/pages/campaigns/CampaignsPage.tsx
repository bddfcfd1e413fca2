import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import type { Campaign } from '@vitrail/contracts';
import { useCampaigns } from '../../api/campaigns.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { DateTime, Num, nothing, useFormat } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { CampaignState } from './CampaignState.tsx';
import styles from './Campaigns.module.css';

/** Every campaign, the newest first. */
export function CampaignsPage() {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const make = can('messages.write') ? (
    <Button
      renderRoot={(props) => <Link to="/messages/campaigns/new" {...props} />}
      leftSection={<IconPlus size={16} aria-hidden="true" />}
    >
      {t('campaigns.new')}
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeader title={t('campaigns.title')} purpose={t('campaigns.purpose')} actions={make} />
      <DataTable
        id="campaigns"
        views
        label={t('campaigns.title')}
        columns={useColumns()}
        list={useCampaigns()}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: '/messages/campaigns/$id', params: { id: row.id } })}
        empty={
          <EmptyState title={t('campaigns.first')} action={make}>
            {t('campaigns.firstAdvice')}
          </EmptyState>
        }
      />
    </>
  );
}

function useColumns(): readonly Column<Campaign>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      id: 'name',
      header: t('campaigns.name'),
      cell: (row) => (
        <Link to="/messages/campaigns/$id" params={{ id: row.id }} className={styles.name}>
          {row.name}
        </Link>
      ),
      text: (row) => row.name,
      fixed: true,
      width: '28%',
    },
    {
      id: 'state',
      header: t('campaigns.stateTitle'),
      cell: (row) => <CampaignState state={row.state} />,
      text: (row) => row.state,
    },
    {
      id: 'segment',
      header: t('campaigns.segment'),
      cell: (row) => row.segmentName ?? nothing,
      text: (row) => row.segmentName,
    },
    {
      id: 'sent',
      header: t('campaigns.sent'),
      cell: (row) => <Num value={row.sent} />,
      text: (row) => row.sent,
      align: 'end',
    },
    {
      id: 'clicked',
      header: t('campaigns.clicked'),
      cell: (row) => (row.sent === 0 ? nothing : format.percent(row.clicked / row.sent)),
      text: (row) => row.clicked,
      align: 'end',
    },
    {
      id: 'unsubscribed',
      header: t('campaigns.unsubscribed'),
      cell: (row) => (row.sent === 0 ? nothing : format.percent(row.unsubscribed / row.sent)),
      text: (row) => row.unsubscribed,
      align: 'end',
      optional: true,
    },
    {
      id: 'when',
      header: t('campaigns.when'),
      cell: (row) => {
        const at = row.startedAt ?? row.startsAt;
        return at === null ? nothing : <DateTime at={at} />;
      },
      text: (row) => row.startedAt ?? row.startsAt,
    },
  ];
}
