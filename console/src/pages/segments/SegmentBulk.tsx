import { Button, Text } from '@mantine/core';
import { IconArchive, IconRestore } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SegmentSummary } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { ApiError } from '../../api/problem.ts';
import { archiveSegment, restoreSegment } from '../../api/segments.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { notifications } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { BulkBar } from '../../ui/table/BulkBar.tsx';

interface SegmentBulkProps {
  readonly chosen: readonly SegmentSummary[];
  readonly archived: boolean;
  readonly onClear: () => void;
}

/** Puts several segments to rest, or takes them up again. One that others are made of stays, and is named. */
export default function SegmentBulk({ chosen, archived, onClear }: SegmentBulkProps) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const refresh = () => client.invalidateQueries({ queryKey: ['segments'] });

  const restoreAll = async (segments: readonly SegmentSummary[]) => {
    for (const { id } of segments) await restoreSegment(api, id);
    await refresh();
    notifications.show({ message: t('segments.restoredMany', { count: segments.length }) });
  };
  const restore = useMutation({ mutationFn: () => restoreAll(chosen), onSuccess: onClear });

  const archiveAll = async () => {
    const done: SegmentSummary[] = [];
    const refused: SegmentSummary[] = [];
    for (const segment of chosen) {
      try {
        await archiveSegment(api, segment.id);
        done.push(segment);
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 409) throw error;
        refused.push(segment);
      }
    }
    await refresh();
    const said = [t('segments.archivedMany', { count: done.length })];
    if (refused.length > 0)
      said.push(
        t('segments.refusedMany', { count: refused.length, names: refused.map(({ name }) => name).join(', ') }),
      );
    // A list comes back empty: that would be no undoing.
    const canUndo = done.length > 0 && done.every(({ kind }) => kind !== 'list');
    notifications.show({
      message: said.join('. '),
      autoClose: 15_000,
      ...(canUndo && { action: { label: t('table.undo'), run: () => void restoreAll(done) } }),
    });
    onClear();
  };

  return (
    <>
      <BulkBar says={t('segments.chosen', { count: chosen.length })} onClear={onClear}>
        <Button
          variant="default"
          size="compact-sm"
          loading={restore.isPending}
          leftSection={
            archived ? <IconRestore size={14} aria-hidden="true" /> : <IconArchive size={14} aria-hidden="true" />
          }
          onClick={() => (archived ? restore.mutate() : setAsking(true))}
        >
          {t(archived ? 'segments.do.restore' : 'segments.do.archive')}
        </Button>
      </BulkBar>
      {restore.error === null ? null : <ProblemAlert error={restore.error} />}
      {asking ? (
        <ConfirmDialog
          opened
          onClose={() => setAsking(false)}
          title={t('segments.archiveMany', { count: chosen.length })}
          confirmLabel={t('segments.do.archive')}
          onConfirm={archiveAll}
          danger
        >
          <Text size="sm">
            {t('segments.archiveManyText', { lists: chosen.filter(({ kind }) => kind === 'list').length })}
          </Text>
        </ConfirmDialog>
      ) : null}
    </>
  );
}
