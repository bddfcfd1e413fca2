import { Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { DroppedRecord } from '@vitrail/contracts';
import { useApi } from '../../api/context.tsx';
import { replayDrops } from '../../api/health.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { DateTime } from '../../ui/format/FormatProvider.tsx';
import { JsonView } from '../../ui/JsonView.tsx';
import { notifications } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { reasonText } from '../../ui/reasons.ts';
import { SourceOf } from '../../ui/SourceOf.tsx';
import { rawValue } from './rawValue.ts';

/** One dropped record as it came, and the way back. */
export function DropDrawer({ drop, onClose }: { drop: DroppedRecord | null; onClose: () => void }) {
  const { t, language } = useTranslation();
  return (
    <Drawer
      opened={drop !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={drop === null ? '' : reasonText(drop.reason, language)}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {drop === null ? null : <Detail drop={drop} onDone={onClose} />}
    </Drawer>
  );
}

function Detail({ drop, onDone }: { drop: DroppedRecord; onDone: () => void }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const queryClient = useQueryClient();
  const replay = useMutation({
    mutationFn: () => replayDrops(api, { ids: [drop.id] }),
    onSuccess: async (outcome) => {
      await queryClient.invalidateQueries({ queryKey: ['drops'] });
      notifications.show({ message: t('drops.replayedNow', { count: outcome.replayed }) });
      onDone();
    },
  });
  return (
    <Stack>
      <Group gap="xs">
        <SourceOf id={drop.sourceId} />
        <Text size="sm" c="dimmed">
          <DateTime at={drop.at} />
        </Text>
      </Group>
      <Text>{drop.detail}</Text>
      {drop.raw === null ? (
        <Text c="dimmed">{t('live.masked')}</Text>
      ) : (
        <JsonView value={rawValue(drop.raw)} label={t('timeline.raw')} />
      )}
      {replay.error === null ? null : <ProblemAlert error={replay.error} />}
      {can('data.write') ? (
        <Group>
          <Button onClick={() => replay.mutate()} loading={replay.isPending} disabled={drop.replayed}>
            {t(drop.replayed ? 'drops.already' : 'drops.replay')}
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}
