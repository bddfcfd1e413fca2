import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { Score } from '@vitrail/contracts';
import { useApi } from '../../api/context.tsx';
import { wholeList } from '../../api/pages.ts';
import { scoresQuery } from '../../api/scores.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Num, nothing, Relative } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import styles from './Scores.module.css';

/** Rules that give people points. */
export function ScoresPage() {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const query = useQuery({ ...scoresQuery(useApi()), select: ({ items }) => items });
  const make = can('segments.write') ? (
    <Button component={Link} to="/segments/scores/new">
      {t('scores.new')}
    </Button>
  ) : undefined;
  const columns: readonly Column<Score>[] = [
    {
      id: 'name',
      header: t('scores.name'),
      cell: (row) => (
        <Link to="/segments/scores/$id" params={{ id: row.id }} className={styles.name}>
          {row.name}
        </Link>
      ),
      text: (row) => row.name,
      fixed: true,
      width: '30%',
    },
    {
      id: 'description',
      header: t('scores.description'),
      cell: (row) => row.description || nothing,
      text: (row) => row.description,
    },
    {
      id: 'signals',
      header: t('scores.signals'),
      cell: (row) => <Num value={row.definition.signals.length} />,
      text: (row) => row.definition.signals.length,
      align: 'end',
    },
    {
      id: 'levels',
      header: t('scores.levels'),
      cell: (row) => row.definition.levels.map(({ name }) => name).join(', ') || nothing,
      text: (row) => row.definition.levels.map(({ name }) => name).join(', '),
    },
    {
      id: 'used',
      header: t('scores.usedBy'),
      cell: (row) => row.usedBy.map(({ name }) => name).join(', ') || nothing,
      text: (row) => row.usedBy.map(({ name }) => name).join(', '),
    },
    {
      id: 'updated',
      header: t('scores.updated'),
      cell: (row) => <Relative at={row.updatedAt} />,
      text: (row) => row.updatedAt,
      align: 'end',
    },
  ];
  return (
    <>
      <PageHeader title={t('scores.title')} purpose={t('scores.purpose')} actions={make} />
      <DataTable
        id="scores"
        label={t('scores.title')}
        columns={columns}
        list={wholeList(query)}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: '/segments/scores/$id', params: { id: row.id } })}
        empty={
          <EmptyState title={t('scores.first')} action={make}>
            {t('scores.firstAdvice')}
          </EmptyState>
        }
      />
    </>
  );
}
