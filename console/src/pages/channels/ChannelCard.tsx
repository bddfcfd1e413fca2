import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { type Channel, type ChannelList, type Provider, providerKinds } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Relative } from '../../ui/format/FormatProvider.tsx';
import { StatusBadge, type Tone } from '../../ui/StatusBadge.tsx';
import styles from './Channels.module.css';

const tones: Readonly<Record<Provider['health'], Tone>> = {
  untried: 'quiet',
  ok: 'good',
  mailbox: 'warn',
  rate_limited: 'warn',
  uncertain: 'warn',
  unavailable: 'bad',
  credentials: 'bad',
};

type TakenBy = ChannelList['channels'][number]['takenBy'];
const takenTones: Readonly<Record<TakenBy, Tone>> = {
  providers: 'good',
  server: 'good',
  store: 'good',
  sandbox: 'quiet',
  nobody: 'bad',
};

interface ChannelCardProps {
  readonly channel: Channel;
  readonly takenBy: TakenBy;
  /** The first to be tried first. */
  readonly providers: readonly Provider[];
  readonly onOpen: (kind: 'edit' | 'test' | 'remove', provider: Provider) => void;
}

/** One channel: who takes its messages, in which order, and how they do. */
export function ChannelCard({ channel, takenBy, providers, onOpen }: ChannelCardProps) {
  const { t } = useTranslation();
  return (
    <Card
      title={t(`messages.channelOf.${channel}`)}
      note={t(`channels.takenBy.${takenBy}`)}
      actions={<StatusBadge tone={takenTones[takenBy]}>{t(`channels.taken.${takenBy}`)}</StatusBadge>}
    >
      <ol className={styles.providers}>
        {providers.map((provider) => (
          <li key={provider.id}>
            <ProviderLine provider={provider} onOpen={onOpen} />
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** Channels nobody set up, in a few lines. */
export function OtherChannels({ channels }: { channels: ChannelList['channels'] }) {
  const { t } = useTranslation();
  if (channels.length === 0) return null;
  return (
    <Card title={t('channels.others')}>
      <ul className={styles.providers}>
        {channels.map(({ channel, takenBy }) => (
          <li key={channel}>
            <Group justify="space-between" gap="xs">
              <div>
                <Text fw={600}>{t(`messages.channelOf.${channel}`)}</Text>
                <Text size="sm" c="dimmed">
                  {t(`channels.takenBy.${takenBy}`)}
                </Text>
              </div>
              <StatusBadge tone={takenTones[takenBy]}>{t(`channels.taken.${takenBy}`)}</StatusBadge>
            </Group>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function ProviderLine({ provider, onOpen }: { provider: Provider; onOpen: ChannelCardProps['onOpen'] }) {
  const { t } = useTranslation();
  const { health, healthAt, healthDetail, hookUrl, today } = provider;
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Text fw={600}>{provider.label}</Text>
          <Text size="sm" c="dimmed">
            {providerKinds[provider.kind].title}
          </Text>
          {provider.enabled ? (
            <StatusBadge tone={tones[health]}>{t(`channels.health.${health}`)}</StatusBadge>
          ) : (
            <StatusBadge tone="quiet">{t('channels.off')}</StatusBadge>
          )}
          {healthAt === null ? null : (
            <Text size="sm" c="dimmed">
              <Relative at={healthAt} />
            </Text>
          )}
        </Group>
        <Group gap="xs">
          {(['test', 'edit', 'remove'] as const).map((kind) => (
            <Button
              key={kind}
              size="compact-sm"
              variant="default"
              aria-label={t(`channels.do.${kind}Named`, { name: provider.label })}
              onClick={() => onOpen(kind, provider)}
            >
              {t(`channels.do.${kind}`)}
            </Button>
          ))}
        </Group>
      </Group>
      <Text size="sm" c="dimmed">
        {t('channels.limits', { perSecond: provider.perSecond, atOnce: provider.concurrency })}
        {today === null ? null : ` · ${t('channels.today', { sent: today.sent, allowed: today.allowed })}`}
      </Text>
      {healthDetail === '' || !provider.enabled ? null : <Code block>{healthDetail}</Code>}
      {hookUrl === null ? null : (
        <Group gap="xs" wrap="nowrap">
          <Text size="sm" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
            {t('channels.hook')}
          </Text>
          <Code className={styles.address}>{hookUrl}</Code>
          <CopyButton value={hookUrl} label={t('channels.copyAddress')} />
        </Group>
      )}
    </Stack>
  );
}
