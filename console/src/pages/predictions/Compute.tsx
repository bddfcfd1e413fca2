import { Button, Group, Text } from '@mantine/core';
import { IconRefresh, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { PredictionReport } from '@vitrail/contracts';
import { useApi } from '../../api/context.tsx';
import { cancelPredictions, startPredictions } from '../../api/predictions.ts';
import { ApiError } from '../../api/problem.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { notifications } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { humanName } from '../../ui/value.ts';

const steps = ['queued', 'read', 'fit', 'backtest', 'score'] as const;

/** Computes predictions now instead of tonight. */
export function Compute({ running }: { running: boolean }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const start = useMutation({
    mutationFn: () => startPredictions(api),
    onSuccess: () => notifications.show({ message: t('predictions.started') }),
    onError: (error) =>
      notifications.show({
        message:
          error instanceof ApiError && error.status === 409
            ? t('predictions.alreadyRunning')
            : error instanceof ApiError && error.message !== ''
              ? error.message
              : t('problem.broken.advice'),
      }),
    onSettled: () => client.invalidateQueries({ queryKey: ['predictions'] }),
  });
  if (!can('segments.write')) return null;
  return (
    <Button
      leftSection={<IconRefresh size={16} aria-hidden="true" />}
      loading={start.isPending}
      disabled={running}
      onClick={() => start.mutate()}
    >
      {t('predictions.compute')}
    </Button>
  );
}

/** Where the calculation is, and the way to stop it. */
export function Running({ running }: { running: NonNullable<PredictionReport['running']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => cancelPredictions(api),
    onSuccess: ({ cancelled }) => {
      if (cancelled) notifications.show({ message: t('predictions.cancelled') });
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['predictions'] }),
  });
  const known = steps.find((one) => one === running.step);
  const step = known === undefined ? humanName(running.step) : t(`predictions.step.${known}`);
  return (
    <Card title={t('predictions.running')}>
      <Group justify="space-between" align="center" gap="sm" mb="xs">
        <Text size="sm" role="status">
          {t('predictions.runningSince', { step, at: format.time(running.startedAt) })}
        </Text>
        {can('segments.write') ? (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconX size={14} aria-hidden="true" />}
            loading={cancel.isPending}
            onClick={() => cancel.mutate()}
          >
            {t('predictions.cancel')}
          </Button>
        ) : null}
      </Group>
      <ProgressLine label={step} share={running.total > 0 ? Math.min(1, running.done / running.total) : null} />
      {cancel.error === null ? null : <ProblemAlert error={cancel.error} />}
    </Card>
  );
}
