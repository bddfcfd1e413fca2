import { Anchor, Button, Code, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Source } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { changeSource, createWriteKey, sourceQuery } from '../../api/sources.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Relative } from '../../ui/format/FormatProvider.tsx';
import { notifications } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { SourceBadge } from '../../ui/SourceBadge.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { Snippets } from './Snippets.tsx';
import styles from './Sources.module.css';

const route = getRouteApi('/shell/data/sources/$id');

/** One source: its key, how to send, whether anything arrives. */
export function SourcePage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const source = useQuery(sourceQuery(useApi(), Number(id)));
  return (
    <>
      <Anchor component={Link} to="/data/sources" size="sm" c="dimmed" className={styles.back}>
        <IconArrowLeft size={14} aria-hidden="true" /> {t('place.sources')}
      </Anchor>
      {source.isPending ? <Skeleton height={240} /> : null}
      {source.data === undefined && source.error !== null ? (
        <ProblemAlert error={source.error} onRetry={() => void source.refetch()} />
      ) : null}
      {source.data === undefined ? null : <Detail source={source.data} />}
    </>
  );
}

function Detail({ source }: { source: Source }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const queryClient = useQueryClient();
  const [archiving, setArchiving] = useState(false);
  const refresh = () =>
    Promise.all(['source', 'sources'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })));
  const archive = async (archived: boolean) => {
    await changeSource(api, source.id, { archived });
    await refresh();
    notifications.show({ message: t(archived ? 'sources.archivedNow' : 'sources.restoredNow', { name: source.name }) });
  };
  const key = useMutation({ mutationFn: () => createWriteKey(api, source.id, source.name), onSuccess: refresh });
  return (
    <>
      <PageHeader
        title={source.name}
        purpose={
          <Group gap="xs">
            <SourceBadge family={source.family} />
            <span>{t(`sourceKind.${source.kind}`)}</span>
            {source.site === null ? null : <span>· {source.site}</span>}
          </Group>
        }
        actions={
          can('keys.write') ? (
            source.archivedAt === null ? (
              <Button variant="default" onClick={() => setArchiving(true)}>
                {t('sources.archive')}
              </Button>
            ) : (
              <Button variant="default" onClick={() => void archive(false)}>
                {t('sources.restore')}
              </Button>
            )
          ) : undefined
        }
      />
      <Stack gap="lg">
        <Card title={t('sources.arrives')}>
          <Group gap="sm">
            {source.archivedAt !== null ? (
              <StatusBadge tone="quiet">{t('sources.archived')}</StatusBadge>
            ) : source.lastEventAt === null ? (
              <StatusBadge tone="busy">{t('sources.waiting')}</StatusBadge>
            ) : (
              <StatusBadge tone="good">{t('sources.receiving')}</StatusBadge>
            )}
            <Text size="sm" c="dimmed" aria-live="polite">
              {source.lastEventAt === null ? t('sources.waitingAdvice') : <Relative at={source.lastEventAt} />}
            </Text>
            {can('events.read') ? (
              <Link to="/data/live" search={{ source: String(source.id) }}>
                {t('sources.watch')}
              </Link>
            ) : null}
          </Group>
        </Card>
        <Card title={t('sources.key')} note={t('sources.keyNote')}>
          {source.writeKey === null ? (
            <Stack gap="xs" align="flex-start">
              <Text size="sm">{t('sources.noKey')}</Text>
              {can('keys.write') ? (
                <Button loading={key.isPending} onClick={() => key.mutate()}>
                  {t('sources.makeKey')}
                </Button>
              ) : null}
              {key.error === null ? null : <ProblemAlert error={key.error} />}
            </Stack>
          ) : (
            <Group gap="xs">
              <Code className={styles.key}>{source.writeKey}</Code>
              <CopyButton value={source.writeKey} label={t('sources.copyKey')} />
            </Group>
          )}
        </Card>
        {source.writeKey === null || source.kind === 'import' || source.kind === 'feed' ? (
          source.kind === 'import' || source.kind === 'feed' ? (
            <Card title={t('sources.files')}>
              <Text size="sm" mb="sm">
                {t('sources.filesAdvice')}
              </Text>
              {can('data.write') ? (
                <Button component={Link} to="/data/imports/new" variant="default">
                  {t('imports.new')}
                </Button>
              ) : null}
            </Card>
          ) : null
        ) : (
          <Snippets id={source.id} />
        )}
      </Stack>
      <ConfirmDialog
        opened={archiving}
        onClose={() => setArchiving(false)}
        title={t('sources.archiveTitle', { name: source.name })}
        confirmLabel={t('sources.archive')}
        onConfirm={() => archive(true)}
      >
        <Text>{t('sources.archiveAdvice')}</Text>
      </ConfirmDialog>
    </>
  );
}
