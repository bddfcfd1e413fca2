import { Anchor, Button, Skeleton, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Template } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { putTemplateAway, templateQuery } from '../../api/templates.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { notifications } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { TemplateEditor } from './editor/TemplateEditor.tsx';
import { TestDialog } from './editor/TestDialog.tsx';

const route = getRouteApi('/shell/messages/templates/$id');

/** One template: written at the left, seen at the right. */
export function TemplatePage() {
  const { id } = route.useParams();
  const query = useQuery({ ...templateQuery(useApi(), id), refetchOnWindowFocus: false });
  if (query.isPending) return <Skeleton height={520} aria-busy="true" />;
  if (query.data === undefined) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  return <OpenTemplate key={`${id} ${query.data.version}`} template={query.data} />;
}

function OpenTemplate({ template }: { template: Template }) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const { can } = useSession();
  const [asking, setAsking] = useState<'away' | 'test' | null>(null);
  const { id, name, version, channel, archivedAt } = template;
  const away = archivedAt !== null;
  const put = async (next: boolean) => {
    await putTemplateAway(api, id, next);
    await client.invalidateQueries({ queryKey: ['templates'] });
    notifications.show({ message: t(next ? 'templates.putAway' : 'templates.takenOut') });
  };
  const restore = useMutation({ mutationFn: () => put(false) });
  return (
    <>
      <PageHeader
        title={name}
        above={
          <Anchor renderRoot={(props) => <Link to="/messages/templates" {...props} />} size="sm" c="dimmed">
            <IconArrowLeft size={14} aria-hidden="true" /> {t('templates.title')}
          </Anchor>
        }
        before={away ? <StatusBadge tone="quiet">{t('templates.isAway')}</StatusBadge> : undefined}
        purpose={t('templates.isVersion', { channel: t(`templates.channels.${channel}`), version: String(version) })}
        actions={
          <>
            {can('messages.write') ? (
              <Button
                variant="default"
                loading={restore.isPending}
                onClick={() => (away ? restore.mutate() : setAsking('away'))}
              >
                {t(away ? 'templates.takeOut' : 'templates.away')}
              </Button>
            ) : null}
            {can('messages.send') && can('personal.read') && !away ? (
              <Button variant="default" onClick={() => setAsking('test')}>
                {t('templates.test.title')}
              </Button>
            ) : null}
          </>
        }
      />
      {restore.error === null ? null : <ProblemAlert error={restore.error} />}
      <TemplateEditor template={template} readOnly={!can('messages.write') || away} />
      <ConfirmDialog
        opened={asking === 'away'}
        title={t('templates.awayTitle', { name })}
        confirmLabel={t('templates.away')}
        onConfirm={() => put(true)}
        onClose={() => setAsking(null)}
      >
        <Text>{t('templates.awayNote')}</Text>
      </ConfirmDialog>
      {asking === 'test' ? <TestDialog template={template} onClose={() => setAsking(null)} /> : null}
    </>
  );
}
