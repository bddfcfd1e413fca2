import { Button, Group, Text } from '@mantine/core';
import { IconRefresh, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/problem.ts';
import { useTranslation } from '../i18n/useTranslation.tsx';
import { Card } from './Card.tsx';
import { notifications } from './notify.ts';
import { ProblemAlert } from './ProblemAlert.tsx';
import { ProgressLine } from './ProgressLine.tsx';

interface RunNowProps {
  readonly label: string;
  readonly running: boolean;
  readonly start: () => Promise<unknown>;
  readonly started: string;
  /** When somebody else was faster. */
  readonly alreadyRunning: string;
  /** What is to be asked again, by the first part of its key. */
  readonly about: string;
}

/** Begins now what else begins at night. */
export function RunNow({ label, running, start, started, alreadyRunning, about }: RunNowProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const run = useMutation({
    mutationFn: start,
    onSuccess: () => notifications.show({ message: started }),
    onError: (error) =>
      notifications.show({
        message:
          error instanceof ApiError && error.status === 409
            ? alreadyRunning
            : error instanceof ApiError && error.message !== ''
              ? error.message
              : t('problem.broken.advice'),
      }),
    onSettled: () => client.invalidateQueries({ queryKey: [about] }),
  });
  return (
    <Button
      leftSection={<IconRefresh size={16} aria-hidden="true" />}
      loading={run.isPending}
      disabled={running}
      onClick={() => run.mutate()}
    >
      {label}
    </Button>
  );
}

interface RunProgressProps {
  readonly title: string;
  readonly step: string;
  /** The step, and since when. */
  readonly status: string;
  readonly done: number;
  readonly total: number;
  /** Null for who may not stop it. Answers what to tell, if anything. */
  readonly cancel: (() => Promise<string | null>) | null;
  readonly cancelLabel: string;
  readonly about: string;
}

/** Where a run is, and the way to stop it. */
export function RunProgress({ title, step, status, done, total, cancel, cancelLabel, about }: RunProgressProps) {
  const client = useQueryClient();
  const stop = useMutation({
    mutationFn: async () => (cancel === null ? null : cancel()),
    onSuccess: (message) => {
      if (message !== null) notifications.show({ message });
    },
    onSettled: () => client.invalidateQueries({ queryKey: [about] }),
  });
  return (
    <Card title={title}>
      <Group justify="space-between" align="center" gap="sm" mb="xs">
        <Text size="sm" role="status">
          {status}
        </Text>
        {cancel === null ? null : (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconX size={14} aria-hidden="true" />}
            loading={stop.isPending}
            onClick={() => stop.mutate()}
          >
            {cancelLabel}
          </Button>
        )}
      </Group>
      <ProgressLine label={step} share={total > 0 ? Math.min(1, done / total) : null} />
      {stop.error === null ? null : <ProblemAlert error={stop.error} />}
    </Card>
  );
}
