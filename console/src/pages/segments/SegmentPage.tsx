import { ActionIcon, Alert, Anchor, Button, Menu, Skeleton, Stack, Tabs, Text } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArchive,
  IconArchiveOff,
  IconArrowLeft,
  IconCopy,
  IconDots,
  IconPencil,
} from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { Segment } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { restoreSegment, segmentQuery } from '../../api/segments.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { DateTime, Num } from '../../ui/format/FormatProvider.tsx';
import { notifications } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { ArchiveDialog } from './detail/ArchiveDialog.tsx';
import styles from './detail/Detail.module.css';
import { Members } from './detail/Members.tsx';
import { Overlap } from './detail/Overlap.tsx';
import { Reach } from './detail/Reach.tsx';
import { Trend } from './detail/Trend.tsx';
import { Versions } from './detail/Versions.tsx';
import { Why } from './detail/Why.tsx';
import { ListEditor } from './lists/ListEditor.tsx';
import { SegmentState } from './SegmentState.tsx';
import page from './Segments.module.css';

const route = getRouteApi('/shell/segments/$id');
const tabs = ['overview', 'members', 'people', 'why', 'versions'] as const;

/** One segment: how large, who, why, since when, and what it is made of. */
export function SegmentPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const segment = useQuery(segmentQuery(useApi(), id));
  const back = (
    <Anchor component={Link} to="/segments" size="sm" c="dimmed" className={page.back}>
      <IconArrowLeft size={14} aria-hidden="true" /> {t('segments.title')}
    </Anchor>
  );
  if (segment.isPending)
    return (
      <Stack aria-busy="true">
        {back}
        <Skeleton height={64} />
        <Skeleton height={84} />
        <Skeleton height={280} />
      </Stack>
    );
  if (segment.data === undefined)
    return (
      <Stack>
        {back}
        <ProblemAlert error={segment.error} onRetry={() => void segment.refetch()} />
      </Stack>
    );
  return (
    <>
      {back}
      <Head segment={segment.data} />
      <Body segment={segment.data} />
    </>
  );
}

function Head({ segment }: { segment: Segment }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const [archiving, setArchiving] = useState(false);
  const restore = useMutation({
    mutationFn: () => restoreSegment(api, segment.id),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['segments'] });
      notifications.show({ message: t('segments.restored', { name: segment.name }) });
    },
  });
  const isDynamic = segment.kind === 'dynamic';
  const mayRestore = segment.state === 'archived' || segment.state === 'stale';
  return (
    <>
      <PageHeader
        title={segment.name}
        purpose={
          <div className={styles.figures}>
            <span className={styles.size} data-testid="segment-size">
              <Num value={segment.size} />
            </span>
            <span>{t('segments.people', { count: segment.size })}</span>
            <SegmentState segment={segment} />
            {segment.evaluatedAt === null ? null : (
              <Text size="xs" component="span" c="dimmed">
                {t('segments.evaluated')} <DateTime at={segment.evaluatedAt} />
              </Text>
            )}
          </div>
        }
        actions={
          can('segments.write') ? (
            <>
              {mayRestore ? (
                <Button
                  variant="default"
                  leftSection={<IconArchiveOff size={16} aria-hidden="true" />}
                  loading={restore.isPending}
                  onClick={() => restore.mutate()}
                >
                  {t('segments.do.restore')}
                </Button>
              ) : null}
              {isDynamic && segment.state !== 'archived' ? (
                <Button
                  renderRoot={(props) => <Link to="/segments/$id/edit" params={{ id: segment.id }} {...props} />}
                  leftSection={<IconPencil size={16} aria-hidden="true" />}
                >
                  {t('segments.do.edit')}
                </Button>
              ) : null}
              <Menu position="bottom-end">
                <Menu.Target>
                  <ActionIcon size={36} variant="default" aria-label={t('table.actions')}>
                    <IconDots size={18} aria-hidden="true" />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  {isDynamic ? (
                    <Menu.Item
                      renderRoot={(props) => <Link to="/segments/new" search={{ copy: segment.id }} {...props} />}
                      leftSection={<IconCopy size={16} aria-hidden="true" />}
                    >
                      {t('segments.do.duplicate')}
                    </Menu.Item>
                  ) : null}
                  {segment.state === 'archived' ? null : (
                    <Menu.Item
                      leftSection={<IconArchive size={16} aria-hidden="true" />}
                      onClick={() => setArchiving(true)}
                    >
                      {t('segments.do.archive')}
                    </Menu.Item>
                  )}
                </Menu.Dropdown>
              </Menu>
            </>
          ) : undefined
        }
      />
      {restore.error === null ? null : <ProblemAlert error={restore.error} />}
      <ArchiveDialog segment={segment} opened={archiving} onClose={() => setArchiving(false)} />
    </>
  );
}

function Body({ segment }: { segment: Segment }) {
  const { t, language } = useTranslation();
  const { can } = useSession();
  const { tab = 'overview' } = route.useSearch();
  const navigate = useNavigate();
  const { id } = segment;
  const isList = segment.kind === 'list';
  const shown = tabs.filter(
    (one) =>
      (one !== 'people' || (isList && can('segments.write'))) && (!isList || (one !== 'why' && one !== 'versions')),
  );
  const current = shown.find((one) => one === tab) ?? 'overview';
  return (
    <Tabs
      value={current}
      keepMounted={false}
      onChange={(next) => {
        const chosen = tabs.find((one) => one === next);
        void navigate({
          to: '/segments/$id',
          params: { id },
          search: chosen === undefined || chosen === 'overview' ? {} : { tab: chosen },
          replace: true,
          resetScroll: false,
        });
      }}
    >
      <Tabs.List mb="md">
        {shown.map((one) => (
          <Tabs.Tab key={one} value={one}>
            {t(`segments.tab.${one}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="overview">
        <div className={styles.stack}>
          {segment.warnings.length === 0 ? null : <Warnings codes={segment.warnings} />}
          <Card title={t('segments.live.sentence')}>
            <p className={styles.sentence} data-testid="sentence">
              {segment.sentence[language]}
            </p>
            {segment.description === '' ? null : (
              <Text size="sm" c="dimmed" mt="xs">
                {segment.description}
              </Text>
            )}
          </Card>
          <Trend id={id} />
          <Reach id={id} />
          <Overlap id={id} />
          <UsedBy segment={segment} />
        </div>
      </Tabs.Panel>
      <Tabs.Panel value="members">
        <Members id={id} name={segment.name} size={segment.size} />
      </Tabs.Panel>
      <Tabs.Panel value="people">
        <ListEditor id={id} />
      </Tabs.Panel>
      <Tabs.Panel value="why">
        <Why of={{ id }} />
      </Tabs.Panel>
      <Tabs.Panel value="versions">
        <Versions id={id} />
      </Tabs.Panel>
    </Tabs>
  );
}

/** Why the segment may not be what was meant, as the server found it. */
function Warnings({ codes }: { codes: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <Alert
      color="yellow"
      variant="light"
      icon={<IconAlertTriangle aria-hidden="true" />}
      title={t('segments.warnings.title')}
    >
      {codes.map((code) => {
        const trait = /^unknown_trait:(.*)$/s.exec(code)?.[1];
        return (
          <span key={code} className={styles.warning}>
            {trait === undefined ? code : t('segments.warnings.trait', { name: trait })}
          </span>
        );
      })}
    </Alert>
  );
}

function UsedBy({ segment }: { segment: Segment }) {
  const { t } = useTranslation();
  return (
    <Card title={t('segments.used.title')}>
      {segment.usedBy.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('segments.used.nowhere')}
        </Text>
      ) : (
        <ul>
          {segment.usedBy.map((user) => (
            <li key={user.id}>
              <Link to="/segments/$id" params={{ id: user.id }}>
                {user.name}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
