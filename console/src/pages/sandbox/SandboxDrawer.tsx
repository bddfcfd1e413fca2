import { Drawer, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { SandboxListItem } from '@vitrail/contracts';
import { sandboxMessageQuery } from '../../api/channels.ts';
import { useApi } from '../../api/context.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { SeenMessage } from './SeenMessage.tsx';

/** One message, large. */
export function SandboxDrawer({ item, onClose }: { item: SandboxListItem; onClose: () => void }) {
  const { t } = useTranslation();
  const message = useQuery(sandboxMessageQuery(useApi(), item.id));
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="xl"
      title={item.title}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {message.error === null ? null : <ProblemAlert error={message.error} onRetry={() => void message.refetch()} />}
      {message.data === undefined ? (
        message.error === null ? (
          <Skeleton height={480} aria-busy="true" />
        ) : null
      ) : (
        <SeenMessage message={message.data} />
      )}
    </Drawer>
  );
}
