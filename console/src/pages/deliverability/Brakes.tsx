import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconHandStop } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import type { Brake } from '@vitrail/contracts';
import { useState } from 'react';
import { pullBrake, releaseBrake } from '../../api/channels.ts';
import { useApi } from '../../api/context.tsx';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { DateTime } from '../../ui/format/FormatProvider.tsx';
import { notifications } from '../../ui/notify.ts';

/** Channels whose marketing stands still, and the way to stop e-mail by hand. */
export function Brakes({ brakes }: { brakes: readonly Brake[] }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const [releasing, setReleasing] = useState<Brake | null>(null);
  const [pulling, setPulling] = useState(false);
  const pulled = brakes.filter(({ releasedAt }) => releasedAt === null);
  const mayStop = can('messages.send');
  const refresh = () => client.invalidateQueries({ queryKey: ['deliverability'] });
  return (
    <Stack gap="sm">
      {pulled.map((brake) => (
        <Alert
          key={brake.id}
          color="red"
          icon={<IconHandStop aria-hidden="true" />}
          title={t('deliverability.pulled', { channel: t(`messages.channelOf.${brake.channel}`) })}
        >
          <Text size="sm">
            {t(`deliverability.why.${brake.reason}`, {
              sent: brake.sent,
              bounced: brake.bounced,
              complained: brake.complained,
            })}{' '}
            <DateTime at={brake.pulledAt} />
          </Text>
          {mayStop ? (
            <Button size="compact-sm" variant="default" mt="xs" onClick={() => setReleasing(brake)}>
              {t('deliverability.release')}
            </Button>
          ) : null}
        </Alert>
      ))}
      {mayStop && !pulled.some(({ channel }) => channel === 'email') ? (
        <Group justify="flex-end">
          <Button
            variant="default"
            leftSection={<IconHandStop size={16} aria-hidden="true" />}
            onClick={() => setPulling(true)}
          >
            {t('deliverability.stop')}
          </Button>
        </Group>
      ) : null}
      <ConfirmDialog
        opened={pulling}
        onClose={() => setPulling(false)}
        title={t('deliverability.stopTitle')}
        confirmLabel={t('deliverability.stop')}
        danger
        onConfirm={async () => {
          await pullBrake(api, 'email');
          await refresh();
          notifications.show({ message: t('deliverability.stopped') });
        }}
      >
        <Text>{t('deliverability.stopAdvice')}</Text>
      </ConfirmDialog>
      <ConfirmDialog
        opened={releasing !== null}
        onClose={() => setReleasing(null)}
        title={t('deliverability.releaseTitle')}
        confirmLabel={t('deliverability.release')}
        onConfirm={async () => {
          if (releasing === null) return;
          await releaseBrake(api, releasing.id);
          await refresh();
          notifications.show({ message: t('deliverability.released') });
        }}
      >
        <Text>{t('deliverability.releaseAdvice')}</Text>
      </ConfirmDialog>
    </Stack>
  );
}
