import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { PlannedEvent } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { wholeList } from '../../api/pages.ts';
import { downloadPlanTypes, planQuery } from '../../api/plan.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { saveFile } from '../../ui/csv.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Num, nothing, Relative } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { StatusBadge, type Tone } from '../../ui/StatusBadge.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { NewPlannedEvent } from './NewPlannedEvent.tsx';
import styles from './Plan.module.css';

const tones: Readonly<Record<PlannedEvent['mode'], Tone>> = { allow: 'quiet', report: 'warn', block: 'bad' };

/** What each event should look like, and how often it did not. */
export function PlanPage() {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const navigate = useNavigate();
  const plan = useQuery(planQuery(api));
  const [adding, setAdding] = useState(false);
  const types = useMutation({
    mutationFn: () => downloadPlanTypes(api),
    onSuccess: (blob) => saveFile('tracking-plan.ts', blob),
  });
  const columns: readonly Column<PlannedEvent>[] = [
    {
      id: 'event',
      header: t('plan.event'),
      cell: (row) => (
        <Link to="/data/plan/$event" params={{ event: row.event }} className={styles.name}>
          {row.event}
        </Link>
      ),
      text: (row) => row.event,
      fixed: true,
      width: '28%',
    },
    {
      id: 'description',
      header: t('plan.description'),
      cell: (row) => row.description || nothing,
      text: (row) => row.description,
    },
    {
      id: 'mode',
      header: t('plan.mode'),
      cell: (row) => <StatusBadge tone={tones[row.mode]}>{t(`planMode.${row.mode}`)}</StatusBadge>,
      text: (row) => row.mode,
    },
    {
      id: 'violations',
      header: t('plan.violations'),
      cell: (row) => <Num value={row.violations} />,
      text: (row) => row.violations,
      align: 'end',
    },
    {
      id: 'last',
      header: t('plan.lastViolation'),
      cell: (row) => <Relative at={row.lastViolationAt} />,
      text: (row) => row.lastViolationAt,
      align: 'end',
    },
  ];
  const action = can('plan.write') ? <Button onClick={() => setAdding(true)}>{t('plan.new')}</Button> : undefined;
  const hasPlan = (plan.data?.length ?? 0) > 0;
  return (
    <>
      <PageHeader
        title={t('place.plan')}
        purpose={t('plan.purpose')}
        actions={
          <>
            {hasPlan ? (
              <Button
                variant="default"
                leftSection={<IconDownload size={16} aria-hidden="true" />}
                loading={types.isPending}
                onClick={() => types.mutate()}
              >
                {t('plan.types')}
              </Button>
            ) : null}
            {action}
          </>
        }
      />
      {types.error === null ? null : <ProblemAlert error={types.error} />}
      <DataTable
        id="tracking-plan"
        label={t('place.plan')}
        columns={columns}
        list={wholeList(plan)}
        rowKey={(row) => row.event}
        onOpen={(row) => void navigate({ to: '/data/plan/$event', params: { event: row.event } })}
        empty={
          <EmptyState title={t('plan.none')} action={action}>
            {t('plan.noneAdvice')}
          </EmptyState>
        }
      />
      <NewPlannedEvent opened={adding} onClose={() => setAdding(false)} />
    </>
  );
}
