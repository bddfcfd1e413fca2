import { Button, Code, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ChannelList, Provider } from '@vitrail/contracts';
import { useState } from 'react';
import { channelsQuery, removeProvider } from '../../api/channels.ts';
import { useApi } from '../../api/context.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { notifications } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { ChannelCard, OtherChannels } from './ChannelCard.tsx';
import { ProviderDialog } from './ProviderDialog.tsx';
import { TestDialog } from './TestDialog.tsx';

type Open = { readonly kind: 'edit' | 'test' | 'remove'; readonly provider: Provider };

/** Which companies carry the messages of the workspace. */
export function ChannelsPage() {
  const { t } = useTranslation();
  const list = useQuery(channelsQuery(useApi()));
  const [adding, setAdding] = useState(false);
  return (
    <>
      <PageHeader
        title={t('place.channels')}
        purpose={t('channels.purpose')}
        actions={<Button onClick={() => setAdding(true)}>{t('channels.add')}</Button>}
      />
      {list.error === null ? null : <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />}
      {list.data === undefined ? (
        list.error === null ? (
          <Skeleton height={420} aria-busy="true" />
        ) : null
      ) : (
        <Channels list={list.data} />
      )}
      {adding ? <ProviderDialog provider={null} onClose={() => setAdding(false)} /> : null}
    </>
  );
}

function Channels({ list }: { list: ChannelList }) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const isSetUp = ({ takenBy }: ChannelList['channels'][number]) => takenBy === 'providers' || takenBy === 'nobody';
  return (
    <Stack gap="lg">
      {list.channels.filter(isSetUp).map(({ channel, takenBy }) => (
        <ChannelCard
          key={channel}
          channel={channel}
          takenBy={takenBy}
          providers={list.providers.filter((provider) => provider.channel === channel)}
          onOpen={(kind, provider) => setOpen({ kind, provider })}
        />
      ))}
      <OtherChannels channels={list.channels.filter((state) => !isSetUp(state))} />
      <Card title={t('channels.mailHook')} note={t('channels.mailHookNote')}>
        <Group gap="xs" wrap="nowrap">
          <Code style={{ overflowWrap: 'anywhere' }}>{list.mailHookUrl}</Code>
          <CopyButton value={list.mailHookUrl} label={t('channels.copyAddress')} />
        </Group>
      </Card>
      {open?.kind === 'edit' ? <ProviderDialog provider={open.provider} onClose={close} /> : null}
      {open?.kind === 'test' ? <TestDialog provider={open.provider} onClose={close} /> : null}
      <ConfirmDialog
        opened={open?.kind === 'remove'}
        onClose={close}
        title={t('channels.removeTitle', { name: open?.provider.label ?? '' })}
        confirmLabel={t('action.remove')}
        danger
        onConfirm={async () => {
          if (open === null) return;
          await removeProvider(api, open.provider.id);
          await client.invalidateQueries({ queryKey: ['channels'] });
          notifications.show({ message: t('channels.removed', { name: open.provider.label }) });
        }}
      >
        <Text>{t('channels.removeAdvice')}</Text>
      </ConfirmDialog>
    </Stack>
  );
}
