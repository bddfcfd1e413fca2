import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconTestPipe } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { MatchingState, MatchKind, StartRun } from '@vitrail/contracts';
import { useApi } from '../../../api/context.tsx';
import { startMatchRun } from '../../../api/matching.ts';
import { ApiError } from '../../../api/problem.ts';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { notifications } from '../../../ui/notify.ts';

/** Starts a dry run and shows it. */
export function useDryRun(kind: MatchKind) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (wanted: Omit<StartRun, 'kind' | 'dryRun'>) => startMatchRun(api, { ...wanted, kind, dryRun: true }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['matching'] });
      await navigate({ to: '/matching/runs/$id', params: { id: String(id) } });
    },
    onError: (error) =>
      notifications.show({
        title: t('matchRun.notStarted'),
        message: error instanceof ApiError && error.message !== '' ? error.message : t('problem.broken.advice'),
      }),
  });
}

/** The first step before anything is merged. With a model in force: with it, or with one fitted anew. */
export function StartDryRun({ kind, state }: { kind: MatchKind; state: MatchingState | undefined }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const start = useDryRun(kind);
  if (!can('identity.write') || state === undefined) return null;
  const busy = start.isPending || state.running !== null;
  const icon = <IconTestPipe size={18} aria-hidden="true" />;
  if (state.model === null)
    return (
      <Button leftSection={icon} loading={start.isPending} disabled={busy} onClick={() => start.mutate({ fit: true })}>
        {t('matchRun.startDry')}
      </Button>
    );
  const { version } = state.model;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          leftSection={icon}
          rightSection={<IconChevronDown size={16} aria-hidden="true" />}
          loading={start.isPending}
          disabled={busy}
        >
          {t('matchRun.startDry')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => start.mutate({})}>{t('matchRun.withCurrent', { version })}</Menu.Item>
        <Menu.Item onClick={() => start.mutate({ fit: true })}>{t('matchRun.withNew')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
