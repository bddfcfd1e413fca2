import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import type { Import } from '@vitrail/contracts';
import { isRunning, useImports } from '../../api/imports.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Num, Relative } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { ImportState } from './ImportState.tsx';
import styles from './Imports.module.css';
import { shareOf } from './progress.ts';

/** Files brought in, newest first, with what is running now. */
export function ImportsPage() {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const list = useImports();
  const columns: readonly Column<Import>[] = [
    {
      id: 'file',
      header: t('imports.file'),
      cell: (row) => (
        <Link to="/data/imports/$id" params={{ id: row.id }} className={styles.name}>
          {row.fileName}
        </Link>
      ),
      text: (row) => row.fileName,
      fixed: true,
      width: '30%',
    },
    { id: 'kind', header: t('imports.kind'), cell: (row) => t(`importKind.${row.kind}`), text: (row) => row.kind },
    {
      id: 'state',
      header: t('imports.state'),
      cell: (row) =>
        row.state === 'running' ? (
          <ProgressLine
            compact
            share={shareOf(row)}
            label={row.fileName}
            rate={row.rowsPerSecond}
            secondsLeft={row.secondsLeft}
          />
        ) : (
          <ImportState state={row.state} />
        ),
      text: (row) => row.state,
      width: '22%',
    },
    {
      id: 'accepted',
      header: t('imports.accepted'),
      cell: (row) => <Num value={row.accepted} />,
      text: (row) => row.accepted,
      align: 'end',
    },
    {
      id: 'rejected',
      header: t('imports.rejected'),
      cell: (row) => <Num value={row.rejected} />,
      text: (row) => row.rejected,
      align: 'end',
    },
    {
      id: 'at',
      header: t('imports.at'),
      cell: (row) => <Relative at={row.createdAt} />,
      text: (row) => row.createdAt,
      align: 'end',
    },
  ];
  const action = can('data.write') ? (
    <Button component={Link} to="/data/imports/new">
      {t('imports.new')}
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeader title={t('place.imports')} purpose={t('imports.purpose')} actions={action} />
      <DataTable
        id="imports"
        views
        label={t('place.imports')}
        columns={columns}
        list={list}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: '/data/imports/$id', params: { id: row.id } })}
        empty={
          <EmptyState title={t('imports.none')} action={action}>
            {t('imports.noneAdvice')}
          </EmptyState>
        }
        tools={list.rows.some((row) => !isRunning(row.state))}
      />
    </>
  );
}
