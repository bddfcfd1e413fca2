import { Button, Group, Text } from '@mantine/core';
import { IconRefresh, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { RecommendationReport } from '@vitrail/contracts';
import { useApi } from '../../api/context.tsx';
import { ApiError } from '../../api/problem.ts';
import { cancelBuild, startBuild } from '../../api/recommendations.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { notifications } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { humanName } from '../../ui/value.ts';

const steps = ['queued', 'catalogue', 'histories', 'similar', 'together', 'lists', 'evaluate', 'ease'] as const;

/** Builds everything anew now instead of tonight. */
export function Build({ running }: { running: boolean }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const start = useMutation({
    mutationFn: () => startBuild(api),
    onSuccess: () => notifications.show({ message: t('recommendations.started') }),
    onError: (error) =>
      notifications.show({
        message:
          error instanceof ApiError && error.status === 409
            ? t('recommendations.alreadyRunning')
            : error instanceof ApiError && error.message !== ''
              ? error.message
              : t('problem.broken.advice'),
      }),
    onSettled: () => client.invalidateQueries({ queryKey: ['recommendations'] }),
  });
  if (!can('catalog.write')) return null;
  return (
    <Button
      leftSection={<IconRefresh size={16} aria-hidden="true" />}
      loading={start.isPending}
      disabled={running}
      onClick={() => start.mutate()}
    >
      {t('recommendations.build')}
    </Button>
  );
}

/** Where the build is, and the way to stop it. */
export function Building({ running }: { running: NonNullable<RecommendationReport['running']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => cancelBuild(api),
    onSuccess: () => notifications.show({ message: t('recommendations.cancelled') }),
    onSettled: () => client.invalidateQueries({ queryKey: ['recommendations'] }),
  });
  const known = steps.find((one) => one === running.step);
  const step = known === undefined ? humanName(running.step) : t(`recommendations.step.${known}`);
  return (
    <Card title={t('recommendations.running')}>
      <Group justify="space-between" align="center" gap="sm" mb="xs">
        <Text size="sm" role="status">
          {t('recommendations.runningSince', { step, at: format.time(running.startedAt) })}
        </Text>
        {can('catalog.write') ? (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconX size={14} aria-hidden="true" />}
            loading={cancel.isPending}
            onClick={() => cancel.mutate()}
          >
            {t('recommendations.cancel')}
          </Button>
        ) : null}
      </Group>
      <ProgressLine label={step} share={running.total > 0 ? Math.min(1, running.done / running.total) : null} />
      {cancel.error === null ? null : <ProblemAlert error={cancel.error} />}
    </Card>
  );
}
