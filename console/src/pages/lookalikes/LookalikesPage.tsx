import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import type { Lookalike } from '@vitrail/contracts';
import { useState } from 'react';
import { useLookalikes } from '../../api/lookalikes.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Num, nothing, useFormat } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { CreateDialog } from './CreateDialog.tsx';
import { liftAt } from './curve.ts';
import { LookalikeState } from './LookalikeState.tsx';
import styles from './Lookalikes.module.css';

/** People most like segments that work. */
export function LookalikesPage() {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const list = useLookalikes();
  const [creating, setCreating] = useState(false);
  const make = can('segments.write') ? (
    <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setCreating(true)}>
      {t('lookalikes.new')}
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeader title={t('lookalikes.title')} purpose={t('lookalikes.purpose')} actions={make} />
      <DataTable
        id="lookalikes"
        label={t('lookalikes.title')}
        columns={useColumns()}
        list={list}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: '/lookalikes/$id', params: { id: row.id } })}
        empty={
          <EmptyState title={t('lookalikes.first')} action={make}>
            {t('lookalikes.firstAdvice')}
          </EmptyState>
        }
      />
      <CreateDialog opened={creating} onClose={() => setCreating(false)} />
    </>
  );
}

function useColumns(): readonly Column<Lookalike>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const liftOf = ({ quality, reach }: Lookalike): number | null =>
    quality === null ? null : liftAt(quality.curve, reach);
  return [
    {
      id: 'name',
      header: t('lookalikes.name'),
      cell: (row) => (
        <Link to="/lookalikes/$id" params={{ id: row.id }} className={styles.name}>
          {row.name}
        </Link>
      ),
      text: (row) => row.name,
      fixed: true,
      width: '28%',
    },
    {
      id: 'segment',
      header: t('lookalikes.likeWhom'),
      cell: (row) => (
        <Link to="/segments/$id" params={{ id: row.segment.id }}>
          {row.segment.name}
        </Link>
      ),
      text: (row) => row.segment.name,
    },
    {
      id: 'state',
      header: t('lookalikes.stateTitle'),
      cell: (row) => <LookalikeState lookalike={row} />,
      text: (row) => row.state,
    },
    {
      id: 'reach',
      header: t('lookalikes.reach'),
      cell: (row) => format.percent(row.reach),
      text: (row) => row.reach,
      align: 'end',
    },
    {
      id: 'people',
      header: t('lookalikes.people'),
      cell: (row) => (row.state === 'ready' ? <Num value={row.people} /> : nothing),
      text: (row) => row.people,
      align: 'end',
    },
    {
      id: 'lift',
      header: t('lookalikes.lift'),
      cell: (row) => {
        const lift = liftOf(row);
        return lift === null ? nothing : `× ${format.number(lift, 1)}`;
      },
      text: liftOf,
      align: 'end',
    },
  ];
}
