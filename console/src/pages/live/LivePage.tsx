import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { eventTypes } from '@vitrail/contracts';
import { useState } from 'react';
import { useSourceIndex } from '../../api/sources.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { FilterBar } from '../../ui/table/FilterBar.tsx';
import { bufferLimit, type LiveRow } from './buffer.ts';
import { LiveDrawer } from './LiveDrawer.tsx';
import { LiveList } from './LiveList.tsx';
import { useLive } from './useLive.ts';

const route = getRouteApi('/shell/data/live');
const tones = { connecting: 'busy', open: 'good', paused: 'quiet', failed: 'bad' } as const;

/** What arrives, the moment it is known whose it is. */
export function LivePage() {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const search = route.useSearch();
  const sources = useSourceIndex();
  const [paused, setPaused] = useState(false);
  const [opened, setOpened] = useState<LiveRow | null>(null);
  const [held, setHeld] = useState(false);
  const live = useLive({ sourceId: search.source, type: search.type, event: search.event }, paused, held);
  return (
    <>
      <PageHeader
        title={t('place.live')}
        purpose={t('live.purpose')}
        actions={
          <Group gap="xs">
            <StatusBadge tone={tones[live.status]}>
              <span role="status">{t(`live.${live.status}`)}</span>
            </StatusBadge>
            <Button
              variant="default"
              leftSection={
                paused ? (
                  <IconPlayerPlay size={16} aria-hidden="true" />
                ) : (
                  <IconPlayerPause size={16} aria-hidden="true" />
                )
              }
              onClick={() => setPaused(!paused)}
            >
              {t(paused ? 'live.resume' : 'live.pause')}
            </Button>
          </Group>
        }
      />
      <Stack gap="md">
        <Group justify="space-between" gap="xs">
          <FilterBar
            filters={[
              {
                id: 'type',
                label: t('timeline.type'),
                options: eventTypes.map((value) => ({ value, label: t(`eventType.${value}`) })),
              },
              {
                id: 'source',
                label: t('timeline.source'),
                options: [...sources.values()].map((source) => ({ value: String(source.id), label: source.name })),
              },
              { id: 'event', label: t('timeline.event') },
            ]}
            values={search}
            onChange={(id, value) =>
              void navigate({ to: '/data/live', search: { ...search, [id]: value }, replace: true })
            }
          />
          <Group gap="xs">
            <Text size="xs" c="dimmed" className="vt-figures">
              {live.waiting > 0
                ? t('live.held', { count: live.waiting })
                : t('live.count', { count: live.seen, limit: format.number(bufferLimit) })}
            </Text>
            <Button variant="subtle" size="compact-sm" onClick={live.clear} disabled={live.rows.length === 0}>
              {t('live.clear')}
            </Button>
          </Group>
        </Group>
        {live.error === null ? null : <ProblemAlert error={live.error} />}
        {live.rows.length === 0 ? (
          <EmptyState title={t('live.waiting')} action={<Link to="/data/sources">{t('live.toSources')}</Link>}>
            {t('live.waitingAdvice')}
          </EmptyState>
        ) : (
          <LiveList rows={live.rows} sources={sources} onOpen={setOpened} onHold={setHeld} />
        )}
      </Stack>
      <LiveDrawer row={opened} onClose={() => setOpened(null)} />
    </>
  );
}
