import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import type { JourneySummary } from '@vitrail/contracts';
import { useState } from 'react';
import { useJourneys } from '../../api/journeys.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { DateTime, Num, nothing, useFormat } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { JourneyState } from './JourneyState.tsx';
import styles from './Journeys.module.css';
import { NewJourneyDialog } from './NewJourneyDialog.tsx';

/** Every journey, the last changed first. */
export function JourneysPage() {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const [making, setMaking] = useState(false);
  const make = can('messages.write') ? (
    <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setMaking(true)}>
      {t('journeys.new')}
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeader title={t('journeys.title')} purpose={t('journeys.purpose')} actions={make} />
      <DataTable
        id="journeys"
        views
        label={t('journeys.title')}
        columns={useColumns()}
        list={useJourneys()}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: '/messages/journeys/$id', params: { id: row.id } })}
        empty={
          <EmptyState title={t('journeys.first')} action={make}>
            {t('journeys.firstAdvice')}
          </EmptyState>
        }
      />
      <NewJourneyDialog opened={making} onClose={() => setMaking(false)} />
    </>
  );
}

function useColumns(): readonly Column<JourneySummary>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      id: 'name',
      header: t('journeys.name'),
      cell: (row) => (
        <Link to="/messages/journeys/$id" params={{ id: row.id }} className={styles.name}>
          {row.name}
        </Link>
      ),
      text: (row) => row.name,
      fixed: true,
      width: '30%',
    },
    {
      id: 'state',
      header: t('journeys.stateTitle'),
      cell: (row) => <JourneyState state={row.state} />,
      text: (row) => row.state,
    },
    {
      id: 'inside',
      header: t('journeys.inside'),
      cell: (row) => <Num value={row.people.inside} />,
      text: (row) => row.people.inside,
      align: 'end',
    },
    {
      id: 'entered',
      header: t('journeys.entered'),
      cell: (row) => <Num value={row.people.entered} />,
      text: (row) => row.people.entered,
      align: 'end',
    },
    {
      id: 'goal',
      header: t('journeys.goal'),
      cell: (row) => (row.people.entered === 0 ? nothing : format.percent(row.people.goal / row.people.entered)),
      text: (row) => row.people.goal,
      align: 'end',
    },
    {
      id: 'updated',
      header: t('journeys.updated'),
      cell: (row) => <DateTime at={row.updatedAt} />,
      text: (row) => row.updatedAt,
    },
  ];
}
