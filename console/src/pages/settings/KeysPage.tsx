import { Button, Code, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ApiKey } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { wholeList } from '../../api/pages.ts';
import { keysQuery, revokeKey } from '../../api/settings.ts';
import { useSourceIndex } from '../../api/sources.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { DateTime, Relative } from '../../ui/format/FormatProvider.tsx';
import { notifications } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { SourceBadge } from '../../ui/SourceBadge.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { NewKeyDialog } from './NewKeyDialog.tsx';

/** Keys of programs: write keys of sources, secret keys with scopes. */
export function KeysPage() {
  const { t } = useTranslation();
  const api = useApi();
  const queryClient = useQueryClient();
  const keys = useQuery(keysQuery(api));
  const sources = useSourceIndex();
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const columns: readonly Column<ApiKey>[] = [
    { id: 'name', header: t('keys.name'), cell: (row) => row.name, text: (row) => row.name, fixed: true, width: '22%' },
    {
      id: 'kind',
      header: t('keys.kind'),
      cell: (row) => {
        const source = row.sourceId === null ? undefined : sources.get(row.sourceId);
        if (row.kind === 'secret') return t('keys.secret');
        return (
          <div>
            <div>{t('keys.write')}</div>
            {source === undefined ? null : (
              <Link to="/data/sources/$id" params={{ id: String(source.id) }}>
                <SourceBadge family={source.family} name={source.name} />
              </Link>
            )}
          </div>
        );
      },
      text: (row) => row.kind,
    },
    { id: 'prefix', header: t('keys.prefix'), cell: (row) => <Code>{row.prefix}…</Code>, text: (row) => row.prefix },
    {
      id: 'scopes',
      header: t('keys.scopes'),
      cell: (row) => (
        <Text size="sm" c="dimmed" lineClamp={2} title={row.scopes.join(', ')}>
          {row.kind === 'write' ? t('keys.onlyWrite') : t('keys.scopeCount', { count: row.scopes.length })}
        </Text>
      ),
      text: (row) => row.scopes.join(' '),
    },
    {
      id: 'used',
      header: t('keys.used'),
      cell: (row) => (row.lastUsedAt === null ? t('keys.never') : <Relative at={row.lastUsedAt} />),
      text: (row) => row.lastUsedAt,
      align: 'end',
    },
    {
      id: 'created',
      header: t('keys.created'),
      cell: (row) => <DateTime at={row.createdAt} only="date" />,
      text: (row) => row.createdAt,
      align: 'end',
      optional: true,
    },
    {
      id: 'actions',
      header: t('table.actions'),
      align: 'end',
      fixed: true,
      cell: (row) =>
        row.revokedAt !== null ? (
          <StatusBadge tone="bad">{t('keys.revoked')}</StatusBadge>
        ) : (
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => setRevoking(row)}
            aria-label={t('keys.revokeOne', { name: row.name })}
          >
            {t('keys.revoke')}
          </Button>
        ),
    },
  ];
  return (
    <>
      <PageHeader
        title={t('place.keys')}
        purpose={t('keys.purpose')}
        actions={<Button onClick={() => setCreating(true)}>{t('keys.new')}</Button>}
      />
      <DataTable
        id="keys"
        label={t('place.keys')}
        columns={columns}
        list={wholeList(keys)}
        rowKey={(row) => String(row.id)}
        empty={<EmptyState title={t('keys.none')}>{t('keys.noneAdvice')}</EmptyState>}
      />
      <NewKeyDialog opened={creating} onClose={() => setCreating(false)} />
      <ConfirmDialog
        opened={revoking !== null}
        onClose={() => setRevoking(null)}
        title={t('keys.revokeTitle', { name: revoking?.name ?? '' })}
        confirmLabel={t('keys.revoke')}
        danger
        typed={revoking?.name}
        onConfirm={async () => {
          if (revoking === null) return;
          await revokeKey(api, revoking.id);
          await queryClient.invalidateQueries({ queryKey: ['keys'] });
          notifications.show({ message: t('keys.revokedNow', { name: revoking.name }) });
        }}
      >
        <Text>{t('keys.revokeAdvice')}</Text>
      </ConfirmDialog>
    </>
  );
}
