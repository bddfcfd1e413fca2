import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { AuditEntry } from '@vitrail/contracts';
import { useApi } from '../../api/context.tsx';
import { useAudit, usersQuery } from '../../api/settings.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { DateTime, useFormat } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { FilterBar } from '../../ui/table/FilterBar.tsx';
import { valueText } from '../../ui/value.ts';

import { useActionText } from './useActionText.ts';

const route = getRouteApi('/shell/settings/audit');
const areas = [
  'workspace',
  'site',
  'user',
  'key',
  'source',
  'profile',
  'merge',
  'planned_event',
  'identity',
  'exchange_rates',
  'data',
  'drops',
] as const;

/** Who did what, when. */
export function AuditPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { can } = useSession();
  const navigate = useNavigate();
  const search = route.useSearch();
  const users = useQuery({ ...usersQuery(useApi()), enabled: can('users.write') });
  const list = useAudit({ ...search, action: search.action === undefined ? undefined : `${search.action}.` });
  const actionText = useActionText();
  const words = [t('value.yes'), t('value.no')] as const;
  const isFiltered = Object.values(search).some((value) => value !== undefined);
  const columns: readonly Column<AuditEntry>[] = [
    {
      id: 'at',
      header: t('audit.at'),
      cell: (row) => <DateTime at={row.at} />,
      text: (row) => row.at,
      fixed: true,
      width: '170px',
    },
    {
      id: 'actor',
      header: t('audit.actor'),
      cell: (row) => (
        <span>
          {row.actor.name ?? t(`actor.${row.actor.kind}`)}
          {row.actor.kind === 'key' ? (
            <Text size="xs" c="dimmed">
              {t('actor.key')}
            </Text>
          ) : null}
        </span>
      ),
      text: (row) => row.actor.name ?? row.actor.id,
      width: '17%',
    },
    {
      id: 'action',
      header: t('audit.action'),
      cell: (row) => actionText(row.action),
      text: (row) => row.action,
      width: '19%',
    },
    { id: 'target', header: t('audit.target'), cell: (row) => row.target, text: (row) => row.target, width: '17%' },
    {
      id: 'details',
      header: t('audit.details'),
      cell: (row) => (
        <Text size="sm" c="dimmed">
          {Object.keys(row.details).length === 0 ? '' : valueText(row.details, format, words)}
        </Text>
      ),
      text: (row) => JSON.stringify(row.details),
    },
  ];
  return (
    <>
      <PageHeader title={t('place.audit')} purpose={t('audit.purpose')} />
      <DataTable
        id="audit"
        label={t('place.audit')}
        columns={columns}
        list={list}
        rowKey={(row) => String(row.id)}
        filters={
          <FilterBar
            filters={[
              {
                id: 'action',
                label: t('audit.area'),
                options: areas.map((value) => ({ value, label: t(`auditArea.${value}`) })),
              },
              ...(users.data === undefined
                ? []
                : [
                    {
                      id: 'actor',
                      label: t('audit.actor'),
                      options: users.data.map(({ id, name }) => ({ value: id, label: name })),
                    },
                  ]),
              { id: 'target', label: t('audit.target') },
            ]}
            values={search}
            onChange={(id, value) =>
              void navigate({ to: '/settings/audit', search: { ...search, [id]: value }, replace: true })
            }
          />
        }
        empty={
          <EmptyState title={t(isFiltered ? 'audit.noMatch' : 'audit.none')}>
            {isFiltered ? undefined : t('audit.noneAdvice')}
          </EmptyState>
        }
      />
    </>
  );
}
