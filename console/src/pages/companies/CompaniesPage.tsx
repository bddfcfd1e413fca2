import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { companySchema } from '@vitrail/contracts';
import type { z } from 'zod';
import { useCompanies } from '../../api/customers.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Num, Relative, useFormat } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { valueText } from '../../ui/value.ts';

type Company = z.infer<typeof companySchema>;
const route = getRouteApi('/shell/companies');

/** The organisations people belong to. */
export function CompaniesPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { q = '', sort } = route.useSearch();
  const navigate = useNavigate();
  const { can } = useSession();
  const list = useCompanies(q, sort);
  const go = (change: { q?: string; sort?: string | undefined }) => {
    const next = { q, sort, ...change };
    void navigate({ to: '/companies', search: { q: next.q || undefined, sort: next.sort }, replace: true });
  };
  const words = [t('value.yes'), t('value.no')] as const;
  const columns: readonly Column<Company>[] = [
    {
      id: 'name',
      header: t('companies.name'),
      cell: (row) => row.name ?? row.groupId,
      text: (row) => row.name ?? row.groupId,
      fixed: true,
    },
    { id: 'id', header: t('companies.id'), cell: (row) => row.groupId, text: (row) => row.groupId },
    {
      id: 'traits',
      header: t('companies.traits'),
      cell: (row) => valueText(row.traits, format, words),
      text: (row) => JSON.stringify(row.traits),
      optional: true,
    },
    {
      id: 'members',
      header: t('companies.members'),
      cell: (row) => <Num value={row.members} />,
      text: (row) => row.members,
      align: 'end',
    },
    {
      id: 'lastSeen',
      header: t('customers.lastSeen'),
      cell: (row) => <Relative at={row.lastSeenAt} />,
      text: (row) => row.lastSeenAt,
      align: 'end',
    },
  ];
  return (
    <>
      <PageHeader title={t('companies.title')} purpose={t('companies.purpose')} />
      <DataTable
        id="companies"
        views
        sort={{
          value: sort,
          columns: can('personal.read') ? ['name', 'members', 'lastSeen'] : ['members', 'lastSeen'],
          onChange: (next) => go({ sort: next }),
        }}
        label={t('companies.title')}
        columns={columns}
        list={list}
        rowKey={(row) => row.groupId}
        filters={<SearchField label={t('companies.search')} value={q} onSearch={(next) => go({ q: next })} />}
        empty={
          q === '' ? (
            <EmptyState title={t('companies.none')}>{t('companies.noneAdvice')}</EmptyState>
          ) : (
            <EmptyState title={t('companies.noMatch')} />
          )
        }
      />
    </>
  );
}
