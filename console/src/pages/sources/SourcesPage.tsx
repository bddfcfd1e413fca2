import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { Source } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { wholeList } from '../../api/pages.ts';
import { sourcesQuery } from '../../api/sources.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { nothing, Relative } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { SourceBadge } from '../../ui/SourceBadge.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { NewSource } from './NewSource.tsx';
import styles from './Sources.module.css';

/** Where records come from. */
export function SourcesPage() {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const sources = useQuery({ ...sourcesQuery(useApi()), refetchInterval: 10_000 });
  const [adding, setAdding] = useState(false);
  const columns: readonly Column<Source>[] = [
    {
      id: 'name',
      header: t('sources.name'),
      cell: (row) => (
        <Link to="/data/sources/$id" params={{ id: String(row.id) }} className={styles.name}>
          {row.name}
        </Link>
      ),
      text: (row) => row.name,
      fixed: true,
      width: '30%',
    },
    {
      id: 'family',
      header: t('sources.family'),
      cell: (row) => <SourceBadge family={row.family} />,
      text: (row) => row.family,
    },
    { id: 'kind', header: t('sources.kind'), cell: (row) => t(`sourceKind.${row.kind}`), text: (row) => row.kind },
    { id: 'site', header: t('sources.site'), cell: (row) => row.site ?? nothing, text: (row) => row.site },
    {
      id: 'last',
      header: t('sources.last'),
      cell: (row) =>
        row.archivedAt !== null ? (
          <StatusBadge tone="quiet">{t('sources.archived')}</StatusBadge>
        ) : row.lastEventAt === null ? (
          <StatusBadge tone="warn">{t('sources.silent')}</StatusBadge>
        ) : (
          <Relative at={row.lastEventAt} />
        ),
      text: (row) => row.lastEventAt,
      align: 'end',
    },
  ];
  const action = can('keys.write') ? <Button onClick={() => setAdding(true)}>{t('sources.new')}</Button> : undefined;
  return (
    <>
      <PageHeader title={t('place.sources')} purpose={t('sources.purpose')} actions={action} />
      <DataTable
        id="sources"
        label={t('place.sources')}
        columns={columns}
        list={wholeList(sources)}
        rowKey={(row) => String(row.id)}
        onOpen={(row) => void navigate({ to: '/data/sources/$id', params: { id: String(row.id) } })}
        empty={
          <EmptyState title={t('sources.none')} action={action}>
            {t('sources.noneAdvice')}
          </EmptyState>
        }
      />
      <NewSource opened={adding} onClose={() => setAdding(false)} />
    </>
  );
}
