import { Button, Group, Switch, Text } from '@mantine/core';
import { IconPalette, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { ReadyTemplate, TemplateSummary } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { readyTemplatesQuery, takeReadyTemplate, useTemplates } from '../../api/templates.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { nothing, Relative } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { NewTemplateDialog } from './NewTemplateDialog.tsx';
import styles from './Templates.module.css';

const route = getRouteApi('/shell/messages/templates');

/** A subject without its Liquid: what is the same for everybody. */
const wordsIn = (subject: string): string =>
  subject
    .replace(/\{%[\s\S]*?(?:%\}|$)/g, ' ')
    .replace(/\{\{[\s\S]*?(?:\}\}|$)/g, '…')
    .replace(/\s+/g, ' ')
    .trim();

/** What messages say: one's own templates, and those that come with Vitrail. */
export function TemplatesPage() {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const { q = '', archived } = route.useSearch();
  const [making, setMaking] = useState(false);
  const search = (next: { q?: string | undefined; archived?: string | undefined }) =>
    void navigate({ to: '/messages/templates', search: { q: q || undefined, archived, ...next }, replace: true });
  const make = can('messages.write') ? (
    <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setMaking(true)}>
      {t('templates.new')}
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeader
        title={t('templates.title')}
        purpose={t('templates.purpose')}
        actions={
          <>
            <Button
              variant="default"
              leftSection={<IconPalette size={16} aria-hidden="true" />}
              renderRoot={(props) => <Link to="/messages/templates/brand" {...props} />}
            >
              {t('templates.brand.title')}
            </Button>
            {make}
          </>
        }
      />
      <DataTable
        id="templates"
        label={t('templates.title')}
        columns={useColumns()}
        list={useTemplates(q, archived === 'yes')}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: '/messages/templates/$id', params: { id: row.id } })}
        filters={
          <Group>
            <SearchField
              label={t('templates.search')}
              value={q}
              onSearch={(text) => search({ q: text === '' ? undefined : text })}
            />
            <Switch
              label={t('templates.archived')}
              checked={archived === 'yes'}
              onChange={(event) => search({ archived: event.currentTarget.checked ? 'yes' : undefined })}
            />
          </Group>
        }
        empty={
          <EmptyState title={t(q === '' ? 'templates.first' : 'templates.none')} action={make}>
            {t('templates.firstAdvice')}
          </EmptyState>
        }
      />
      <ReadyGallery />
      {making ? <NewTemplateDialog onClose={() => setMaking(false)} /> : null}
    </>
  );
}

function useColumns(): readonly Column<TemplateSummary>[] {
  const { t } = useTranslation();
  return [
    {
      id: 'name',
      header: t('templates.name'),
      cell: (row) => (
        <Link to="/messages/templates/$id" params={{ id: row.id }} className={styles.name}>
          {row.name}
        </Link>
      ),
      text: (row) => row.name,
      fixed: true,
      width: '28%',
    },
    {
      id: 'channel',
      header: t('templates.channel'),
      cell: (row) => t(`templates.channels.${row.channel}`),
      text: (row) => t(`templates.channels.${row.channel}`),
    },
    {
      id: 'subject',
      header: t('templates.subject'),
      cell: (row) => wordsIn(row.subject) || nothing,
      text: (row) => wordsIn(row.subject),
    },
    {
      id: 'languages',
      header: t('templates.languages'),
      cell: (row) => row.languages.join(', '),
      text: (row) => row.languages.join(', '),
    },
    {
      id: 'version',
      header: t('templates.version'),
      cell: (row) => row.version,
      text: (row) => row.version,
      align: 'end',
    },
    {
      id: 'updated',
      header: t('templates.updated'),
      cell: (row) => <Relative at={row.updatedAt} />,
      text: (row) => row.updatedAt,
      align: 'end',
    },
  ];
}

function ReadyGallery() {
  const { t, language } = useTranslation();
  const ready = useQuery(readyTemplatesQuery(useApi(), language));
  if (ready.error !== null) return <ProblemAlert error={ready.error} onRetry={() => void ready.refetch()} />;
  return (
    <Card title={t('templates.ready')} note={t('templates.readyNote')}>
      <div className={styles.gallery}>
        {(ready.data?.items ?? []).map((one) => (
          <ReadyCard key={one.key} ready={one} />
        ))}
      </div>
    </Card>
  );
}

function ReadyCard({ ready }: { ready: ReadyTemplate }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  const take = useMutation({
    mutationFn: () => takeReadyTemplate(api, ready.key),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['templates'] });
      await navigate({ to: '/messages/templates/$id', params: { id } });
    },
  });
  const { id } = ready;
  return (
    <div className={styles.ready}>
      <Text fw={600}>{ready.name}</Text>
      <Text size="sm" c="dimmed">
        {ready.description}
      </Text>
      {take.error === null ? null : <ProblemAlert error={take.error} />}
      <Group>
        {id !== null ? (
          <Button
            size="compact-sm"
            variant="default"
            renderRoot={(props) => <Link to="/messages/templates/$id" params={{ id }} {...props} />}
          >
            {t('templates.open')}
          </Button>
        ) : can('messages.write') ? (
          <Button size="compact-sm" variant="light" loading={take.isPending} onClick={() => take.mutate()}>
            {t('templates.take')}
          </Button>
        ) : null}
      </Group>
    </div>
  );
}
