import { ActionIcon, Button, Group, Text } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Site } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { wholeList } from '../../api/pages.ts';
import { removeSite, sitesQuery } from '../../api/settings.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { nothing, useFormat } from '../../ui/format/FormatProvider.tsx';
import { notifications } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { SiteDialog } from './SiteDialog.tsx';

/** Shops, brands and regions: each with its country, currency and language. */
export function SitesPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { can } = useSession();
  const api = useApi();
  const queryClient = useQueryClient();
  const sites = useQuery(sitesQuery(api));
  const [editing, setEditing] = useState<Site | 'new' | null>(null);
  const [removing, setRemoving] = useState<Site | null>(null);
  const editable = can('settings.write');
  const columns: readonly Column<Site>[] = [
    { id: 'name', header: t('sites.name'), cell: (row) => row.name, text: (row) => row.name, fixed: true },
    { id: 'domain', header: t('sites.domain'), cell: (row) => row.domain ?? nothing, text: (row) => row.domain },
    {
      id: 'country',
      header: t('setup.country'),
      cell: (row) => format.name(row.country, 'region'),
      text: (row) => row.country,
    },
    {
      id: 'currency',
      header: t('sites.currency'),
      cell: (row) => format.name(row.currency, 'currency'),
      text: (row) => row.currency,
    },
    {
      id: 'language',
      header: t('sites.language'),
      cell: (row) => format.name(row.language, 'language'),
      text: (row) => row.language,
    },
    ...(editable
      ? [
          {
            id: 'actions',
            header: t('table.actions'),
            align: 'end' as const,
            fixed: true,
            cell: (row: Site) => (
              <Group gap={2} justify="flex-end" wrap="nowrap">
                <ActionIcon aria-label={t('sites.edit', { name: row.name })} onClick={() => setEditing(row)}>
                  <IconPencil size={16} aria-hidden="true" />
                </ActionIcon>
                <ActionIcon aria-label={t('sites.remove', { name: row.name })} onClick={() => setRemoving(row)}>
                  <IconTrash size={16} aria-hidden="true" />
                </ActionIcon>
              </Group>
            ),
          },
        ]
      : []),
  ];
  const action = editable ? <Button onClick={() => setEditing('new')}>{t('sites.new')}</Button> : undefined;
  return (
    <>
      <PageHeader title={t('place.sites')} purpose={t('sites.purpose')} actions={action} />
      <DataTable
        id="sites"
        label={t('place.sites')}
        columns={columns}
        list={wholeList(sites)}
        rowKey={(row) => String(row.id)}
        empty={
          <EmptyState title={t('sites.none')} action={action}>
            {t('sites.noneAdvice')}
          </EmptyState>
        }
      />
      {editing === null ? null : (
        <SiteDialog site={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
      <ConfirmDialog
        opened={removing !== null}
        onClose={() => setRemoving(null)}
        title={t('sites.removeTitle', { name: removing?.name ?? '' })}
        confirmLabel={t('action.remove')}
        danger
        onConfirm={async () => {
          if (removing === null) return;
          await removeSite(api, removing.id);
          await queryClient.invalidateQueries({ queryKey: ['sites'] });
          notifications.show({ message: t('sites.removed', { name: removing.name }) });
        }}
      >
        <Text>{t('sites.removeAdvice')}</Text>
      </ConfirmDialog>
    </>
  );
}
