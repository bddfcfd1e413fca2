import { Button, Group, Stack, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type MatchRun, runStages } from '@vitrail/contracts';
import { useApi } from '../../../api/context.tsx';
import { cancelMatchRun } from '../../../api/matching.ts';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';

/** Where a run is, how long it still takes, and the way to stop it. */
export function RunProgress({ run }: { run: MatchRun }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => cancelMatchRun(api, run.id),
    onSettled: () => client.invalidateQueries({ queryKey: ['matching'] }),
  });
  const { progress, state } = run;
  const stage =
    state === 'undoing'
      ? t('matchRun.state.undoing')
      : progress === null
        ? t('matchRun.state.queued')
        : t('matchRun.stageOf', {
            stage: t(`matchRun.stage.${progress.stage}`),
            at: runStages.indexOf(progress.stage) + 1,
            count: runStages.length,
          });
  const share = progress === null || progress.total === 0 ? null : Math.min(1, progress.done / progress.total);
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <Text size="sm" role="status">
          {stage}
        </Text>
        {progress === null || progress.total === 0 ? null : (
          <Text size="xs" c="dimmed" className="vt-figures">
            {t('matchRun.progress', { done: format.number(progress.done), total: format.number(progress.total) })}
          </Text>
        )}
      </Group>
      <ProgressLine share={share} label={stage} secondsLeft={progress?.secondsLeft} />
      {cancel.error === null ? null : <ProblemAlert error={cancel.error} />}
      {can('identity.write') && state !== 'undoing' ? (
        <Group>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconX size={14} aria-hidden="true" />}
            loading={cancel.isPending || cancel.isSuccess}
            onClick={() => cancel.mutate()}
          >
            {t('matchRun.cancel')}
          </Button>
          {run.dryRun ? null : (
            <Text size="xs" c="dimmed">
              {t('matchRun.cancelNote')}
            </Text>
          )}
        </Group>
      ) : null}
    </Stack>
  );
}
