import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { OutsideProvider } from '@vitrail/contracts';
import { lazy, Suspense, useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { partnersQuery } from '../../api/outside.ts';
import { wholeList } from '../../api/pages.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Num, useFormat } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { useTermWords } from './terms.ts';

// Loaded when first opened.
const NewPartner = lazy(() => import('./NewPartner.tsx'));

/** What others say of the shop's customers: by whom, on what basis, for what. */
export function OutsidePage() {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const query = useQuery(partnersQuery(useApi()));
  const list = wholeList({ ...query, data: query.data?.items });
  const [adding, setAdding] = useState(false);
  const add = can('segments.write') ? (
    <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setAdding(true)}>
      {t('outside.new')}
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeader title={t('outside.title')} purpose={t('outside.about')} actions={add} />
      <DataTable
        id="outside"
        label={t('outside.title')}
        columns={useColumns()}
        list={list}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: '/segments/outside/$key', params: { key: row.key } })}
        empty={
          <EmptyState title={t('outside.first')} action={add}>
            {t('outside.firstAdvice')}
          </EmptyState>
        }
      />
      <Suspense>{adding ? <NewPartner onClose={() => setAdding(false)} /> : null}</Suspense>
    </>
  );
}

function useColumns(): readonly Column<OutsideProvider>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useTermWords();
  return [
    {
      id: 'name',
      header: t('outside.name'),
      cell: (row) => (
        <Link to="/segments/outside/$key" params={{ key: row.key }}>
          {row.name}
        </Link>
      ),
      text: (row) => row.name,
      fixed: true,
      width: '24%',
    },
    {
      id: 'basis',
      header: t('outside.basisTitle'),
      cell: (row) => `${words.basis(row.basis)} · ${words.purpose(row.purpose)}`,
      text: (row) => `${row.basis} ${row.purpose}`,
    },
    { id: 'uses', header: t('outside.uses'), cell: (row) => words.uses(row.uses), text: (row) => row.uses.join(' ') },
    {
      id: 'retention',
      header: t('outside.keptFor'),
      cell: (row) => t('outside.days', { days: row.retentionDays }),
      text: (row) => row.retentionDays,
    },
    {
      id: 'memberships',
      header: t('outside.memberships'),
      cell: (row) => <Num value={row.memberships} />,
      text: (row) => row.memberships,
      align: 'end',
    },
    {
      id: 'mappings',
      header: t('outside.mappings'),
      cell: (row) => <Num value={row.mappings} />,
      text: (row) => row.mappings,
      align: 'end',
    },
    {
      id: 'since',
      header: t('outside.since'),
      cell: (row) => format.date(row.createdAt),
      text: (row) => row.createdAt,
      optional: true,
    },
  ];
}
