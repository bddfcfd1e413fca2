import { Link, useNavigate } from '@tanstack/react-router';
import type { MatchingState, MatchKind, MatchRun } from '@vitrail/contracts';
import { useMatchRuns } from '../../../api/matching.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Num, nothing, Relative, useFormat } from '../../../ui/format/FormatProvider.tsx';
import type { Column } from '../../../ui/table/columns.ts';
import { DataTable } from '../../../ui/table/DataTable.tsx';
import { RunState } from './RunState.tsx';
import { StartDryRun } from './StartDryRun.tsx';

/** What was run, newest first, with what it took. */
export function RunsTab({ kind, state }: { kind: MatchKind; state: MatchingState | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const list = useMatchRuns(kind);
  const nameOf = (run: MatchRun): string => t(run.dryRun ? 'matchRun.dryName' : 'matchRun.name', { id: run.id });
  const merges = (run: MatchRun): number | null => (run.dryRun ? (run.report?.merges ?? null) : run.merges);
  const asks = (run: MatchRun): number | null => (run.dryRun ? (run.report?.asks ?? null) : run.reviews);
  const columns: readonly Column<MatchRun>[] = [
    {
      id: 'run',
      header: t('matchRun.run'),
      cell: (run) => (
        <Link to="/matching/runs/$id" params={{ id: String(run.id) }}>
          {nameOf(run)}
        </Link>
      ),
      text: nameOf,
      fixed: true,
    },
    {
      id: 'state',
      header: t('matchRun.stateHead'),
      cell: (run) => <RunState state={run.state} />,
      text: (run) => t(`matchRun.state.${run.state}`),
    },
    {
      id: 'trigger',
      header: t('matchRun.why'),
      cell: (run) => t(`matchRun.trigger.${run.trigger}`),
      text: (run) => t(`matchRun.trigger.${run.trigger}`),
    },
    {
      id: 'model',
      header: t('matchRun.model'),
      cell: (run) => (run.model === null ? nothing : t('matching.version', { version: run.model })),
      text: (run) => run.model,
    },
    {
      id: 'merges',
      header: t('matchRun.merges'),
      cell: (run) => <Num value={merges(run)} />,
      text: merges,
      align: 'end',
    },
    {
      id: 'asks',
      header: t('matchRun.asks'),
      cell: (run) => <Num value={asks(run)} />,
      text: asks,
      align: 'end',
    },
    {
      id: 'records',
      header: t('matchRun.records'),
      cell: (run) => <Num value={run.report?.records} />,
      text: (run) => run.report?.records,
      align: 'end',
      optional: true,
    },
    {
      id: 'pairs',
      header: t('matchRun.pairs'),
      cell: (run) => <Num value={run.report?.pairs} />,
      text: (run) => run.report?.pairs,
      align: 'end',
    },
    {
      id: 'time',
      header: t('matchRun.took'),
      cell: (run) => (run.report === null ? nothing : format.duration(run.report.seconds)),
      text: (run) => run.report?.seconds,
      align: 'end',
    },
    {
      id: 'memory',
      header: t('matchRun.memory'),
      cell: (run) => (run.report === null ? nothing : format.bytes(run.report.peakRssMb * 1_048_576)),
      text: (run) => run.report?.peakRssMb,
      align: 'end',
    },
    {
      id: 'at',
      header: t('matchRun.when'),
      cell: (run) => <Relative at={run.requestedAt} />,
      text: (run) => run.requestedAt,
      align: 'end',
    },
  ];
  return (
    <DataTable
      id="match-runs"
      label={t('matching.tab.runs')}
      columns={columns}
      list={list}
      rowKey={(run) => String(run.id)}
      onOpen={(run) => void navigate({ to: '/matching/runs/$id', params: { id: String(run.id) } })}
      empty={
        <EmptyState title={t('matchRun.first')} action={<StartDryRun kind={kind} state={state} />}>
          {t('matchRun.firstAdvice')}
        </EmptyState>
      }
    />
  );
}
