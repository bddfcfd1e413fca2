import { Button, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type DroppedRecord, dropReasonTexts } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { replayDrops, useDrops } from '../../api/health.ts';
import { useSourceIndex } from '../../api/sources.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { DateTime } from '../../ui/format/FormatProvider.tsx';
import { notifications } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { reasonText } from '../../ui/reasons.ts';
import { SourceOf } from '../../ui/SourceOf.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { FilterBar } from '../../ui/table/FilterBar.tsx';
import { DropDrawer } from './DropDrawer.tsx';

const route = getRouteApi('/shell/data/drops');
// Repeats and records of erased people are only counted; there is nothing to read.
const keptReasons = Object.keys(dropReasonTexts).filter((reason) => reason !== 'duplicate' && reason !== 'erased');

/** Records that were accepted and not kept: why, as they came, and back into the pipeline. */
export function DropsPage() {
  const { t, language } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const search = route.useSearch();
  const list = useDrops(search);
  const sources = useSourceIndex();
  const [opened, setOpened] = useState<DroppedRecord | null>(null);
  const [replaying, setReplaying] = useState(false);
  const isFiltered = Object.values(search).some((value) => value !== undefined);
  const replayAll = async () => {
    let replayed = 0;
    let more = true;
    const { reason, event, sourceId } = search;
    const filter = {
      ...(reason === undefined ? {} : { reason }),
      ...(event === undefined ? {} : { event }),
      ...(sourceId === undefined ? {} : { sourceId: Number(sourceId) }),
    };
    while (more) {
      const outcome = await replayDrops(api, { filter });
      replayed += outcome.replayed;
      more = outcome.more && outcome.replayed > 0;
    }
    await Promise.all(['drops', 'health', 'pipeline'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })));
    notifications.show({ message: t('drops.replayedNow', { count: replayed }) });
  };
  const columns: readonly Column<DroppedRecord>[] = [
    {
      id: 'reason',
      header: t('dryRun.reason'),
      cell: (row) => <OpenButton row={row} onOpen={setOpened} />,
      text: (row) => row.reason,
      fixed: true,
      width: '24%',
    },
    { id: 'detail', header: t('dryRun.detail'), cell: (row) => row.detail, text: (row) => row.detail },
    {
      id: 'event',
      header: t('timeline.event'),
      cell: (row) => row.event || row.type,
      text: (row) => row.event || row.type,
    },
    {
      id: 'source',
      header: t('timeline.source'),
      cell: (row) => <SourceOf id={row.sourceId} />,
      text: (row) => sources.get(row.sourceId)?.name ?? row.sourceId,
    },
    {
      id: 'replayed',
      header: t('drops.replayed'),
      cell: (row) => (row.replayed ? <StatusBadge tone="good">{t('value.yes')}</StatusBadge> : t('value.no')),
      text: (row) => String(row.replayed),
    },
    { id: 'at', header: t('drops.at'), cell: (row) => <DateTime at={row.at} />, text: (row) => row.at, align: 'end' },
  ];
  return (
    <>
      <PageHeader
        title={t('place.drops')}
        purpose={t('drops.purpose')}
        actions={
          can('data.write') && list.rows.length > 0 ? (
            <Button variant="default" onClick={() => setReplaying(true)}>
              {t(isFiltered ? 'drops.replayMatching' : 'drops.replayAll')}
            </Button>
          ) : undefined
        }
      />
      <DataTable
        id="dropped-records"
        views
        label={t('place.drops')}
        columns={columns}
        list={list}
        rowKey={(row) => row.id}
        onOpen={setOpened}
        filters={
          <FilterBar
            filters={[
              {
                id: 'reason',
                label: t('dryRun.reason'),
                options: keptReasons.map((value) => ({
                  value,
                  label: reasonText(value, language),
                })),
              },
              {
                id: 'sourceId',
                label: t('timeline.source'),
                options: [...sources.values()].map((source) => ({ value: String(source.id), label: source.name })),
              },
              { id: 'event', label: t('timeline.event') },
              {
                id: 'replayed',
                label: t('drops.replayed'),
                options: [
                  { value: 'false', label: t('value.no') },
                  { value: 'true', label: t('value.yes') },
                ],
              },
            ]}
            values={search}
            onChange={(id, value) =>
              void navigate({ to: '/data/drops', search: { ...search, [id]: value }, replace: true })
            }
          />
        }
        empty={
          <EmptyState title={t(isFiltered ? 'drops.noMatch' : 'drops.none')}>
            {isFiltered ? undefined : t('drops.noneAdvice')}
          </EmptyState>
        }
      />
      <DropDrawer drop={opened} onClose={() => setOpened(null)} />
      <ConfirmDialog
        opened={replaying}
        onClose={() => setReplaying(false)}
        title={t('drops.replayTitle')}
        confirmLabel={t('drops.replay')}
        onConfirm={replayAll}
      >
        <Text>{t(isFiltered ? 'drops.replayMatchingAdvice' : 'drops.replayAdvice')}</Text>
      </ConfirmDialog>
    </>
  );
}

function OpenButton({ row, onOpen }: { row: DroppedRecord; onOpen: (row: DroppedRecord) => void }) {
  const { language } = useTranslation();
  return (
    <Button variant="subtle" size="compact-sm" onClick={() => onOpen(row)} ml={-8}>
      {reasonText(row.reason, language)}
    </Button>
  );
}
