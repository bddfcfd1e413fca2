import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { DataHealth } from '@vitrail/contracts';
import { wholeList } from '../../api/pages.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Num, Relative } from '../../ui/format/FormatProvider.tsx';
import { isFamily } from '../../ui/mosaic/fragments.ts';
import { SourceBadge } from '../../ui/SourceBadge.tsx';
import { StatusBadge, type Tone } from '../../ui/StatusBadge.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { sumOf } from './sums.ts';

type SourceRow = DataHealth['sources'][number];

/** Fresh within a day, late within a week, silent after that. */
function freshnessOf(seconds: number | null): { key: 'fresh' | 'late' | 'silent' | 'never'; tone: Tone } {
  if (seconds === null) return { key: 'never', tone: 'quiet' };
  if (seconds < 86_400) return { key: 'fresh', tone: 'good' };
  if (seconds < 7 * 86_400) return { key: 'late', tone: 'warn' };
  return { key: 'silent', tone: 'bad' };
}

/** Each source with its own figures. */
export function SourceHealth({ health }: { health: UseQueryResult<DataHealth> }) {
  const { t } = useTranslation();
  const columns: readonly Column<SourceRow>[] = [
    {
      id: 'name',
      header: t('sources.name'),
      cell: (row) => (
        <Link to="/data/sources/$id" params={{ id: String(row.sourceId) }}>
          <SourceBadge family={isFamily(row.family) ? row.family : 'crm'} name={row.name} />
        </Link>
      ),
      text: (row) => row.name,
      fixed: true,
    },
    {
      id: 'freshness',
      header: t('health.freshness'),
      cell: (row) => {
        if (row.archived) return <StatusBadge tone="quiet">{t('sources.archived')}</StatusBadge>;
        const { key, tone } = freshnessOf(row.freshnessSeconds);
        return (
          <>
            <StatusBadge tone={tone}>{t(`health.${key}`)}</StatusBadge>{' '}
            {row.lastEventAt === null ? null : <Relative at={row.lastEventAt} />}
          </>
        );
      },
      text: (row) => row.lastEventAt,
    },
    {
      id: 'accepted',
      header: t('health.accepted'),
      cell: (row) => <Num value={row.accepted} />,
      text: (row) => row.accepted,
      align: 'end',
    },
    {
      id: 'dropped',
      header: t('health.dropped'),
      cell: (row) => <Num value={sumOf(row.dropped)} />,
      text: (row) => sumOf(row.dropped),
      align: 'end',
    },
    {
      id: 'refused',
      header: t('health.refused'),
      cell: (row) => <Num value={sumOf(row.refused)} />,
      text: (row) => sumOf(row.refused),
      align: 'end',
    },
    {
      id: 'violations',
      header: t('health.violations'),
      cell: (row) => <Num value={row.violations} />,
      text: (row) => row.violations,
      align: 'end',
    },
  ];
  return (
    <Card title={t('health.bySource')}>
      <DataTable
        id="health"
        label={t('health.bySource')}
        columns={columns}
        list={wholeList({ ...health, data: health.data?.sources })}
        rowKey={(row) => String(row.sourceId)}
        empty={<EmptyState title={t('sources.none')}>{t('sources.noneAdvice')}</EmptyState>}
      />
    </Card>
  );
}
