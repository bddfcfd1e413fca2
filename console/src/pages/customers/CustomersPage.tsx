import { Button, Group, Skeleton, Stack, Switch, Text } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { statsQuery } from '../../api/analytics.ts';
import { useApi } from '../../api/context.tsx';
import { useCustomers } from '../../api/customers.ts';
import { useSession } from '../../app/session.tsx';
import { lazyWords } from '../../i18n/lazyWords.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { usePersonName } from '../../ui/PersonName.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { customerSorts, useCustomerColumns } from './columns.tsx';

const route = getRouteApi('/shell/customers');

// Comes with the first filter, with the words and forms of segments.
const CustomerFilters = lazyWords(['segments'], () => import('./filters/CustomerFilters.tsx'));
// Loaded when somebody is chosen, and for those who may erase.
const CustomerBulk = lazy(() => import('./bulk/CustomerBulk.tsx'));
const MassErasures = lazy(() => import('./bulk/MassErasures.tsx'));

const nobody: ReadonlySet<string> = new Set();

export function CustomersPage() {
  const { t } = useTranslation();
  const { can } = useSession();
  const { q = '', visitors = false, where = '', sort } = route.useSearch();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState(nobody);
  const [filtering, setFiltering] = useState(false);
  const nameOf = usePersonName();
  const go = (change: { q?: string; visitors?: boolean; where?: string; sort?: string | undefined }) => {
    const next = { q, visitors, where, sort, ...change };
    if (!('sort' in change)) setChosen(nobody);
    void navigate({
      to: '/customers',
      search: {
        q: next.q || undefined,
        visitors: next.visitors || undefined,
        where: next.where || undefined,
        sort: next.sort,
      },
      replace: true,
    });
  };
  const list = useCustomers({ q, visitors, where, sort });
  const stats = useQuery({ ...statsQuery(useApi()), enabled: can('analytics.read') });
  const columns = useCustomerColumns();
  const isSearch = q !== '';
  const isFiltered = where !== '';
  const everyone = visitors ? stats.data?.profiles : stats.data?.identified;
  return (
    <>
      <PageHeader
        title={t('customers.title')}
        purpose={t('customers.purpose')}
        actions={
          can('data.write') ? (
            <Button component={Link} to="/data/imports/new" variant="default">
              {t('customers.import')}
            </Button>
          ) : undefined
        }
      />
      {can('profiles.erase') ? (
        <Suspense>
          <MassErasures />
        </Suspense>
      ) : null}
      <DataTable
        id="customers"
        views
        sort={{
          value: sort,
          columns: customerSorts.filter((column) => column !== 'name' || can('personal.read')),
          onChange: (next) => go({ sort: next }),
        }}
        choice={{
          chosen,
          onChange: setChosen,
          nameOf,
          bar: (
            <Suspense>
              <CustomerBulk
                chosen={chosen}
                list={{ q, visitors, where }}
                hasMore={list.hasMore}
                onClear={() => setChosen(nobody)}
              />
            </Suspense>
          ),
        }}
        label={t('customers.title')}
        columns={columns}
        list={list}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: '/customers/$id', params: { id: row.id } })}
        total={isSearch ? undefined : isFiltered ? list.total : everyone}
        filters={
          <Stack gap={4}>
            <Group gap="lg">
              <SearchField
                label={t('customers.search')}
                placeholder={t('customers.searchHint')}
                value={q}
                onSearch={(next) => go({ q: next })}
              />
              {!isSearch && (
                <Switch
                  label={t('customers.visitors')}
                  checked={visitors}
                  onChange={({ currentTarget }) => go({ visitors: currentTarget.checked })}
                />
              )}
            </Group>
            <Text size="xs" c="dimmed">
              {t('customers.exact')}
            </Text>
            {!can('segments.read') ? null : filtering || isFiltered ? (
              <Suspense fallback={<Skeleton h={30} w="60%" />}>
                <CustomerFilters where={where} visitors={visitors} onChange={(next) => go({ where: next })} />
              </Suspense>
            ) : (
              <Group>
                <Button
                  variant="default"
                  size="compact-sm"
                  leftSection={<IconFilter size={14} aria-hidden="true" />}
                  onClick={() => setFiltering(true)}
                >
                  {t('filter.add')}
                </Button>
              </Group>
            )}
          </Stack>
        }
        empty={
          isFiltered ? (
            <EmptyState title={t('customers.none')}>{t('customers.filters.none')}</EmptyState>
          ) : isSearch ? (
            <EmptyState title={t('customers.none')}>{t('customers.noneAdvice', { q })}</EmptyState>
          ) : (
            <EmptyState
              title={t('customers.first')}
              action={
                can('data.write') ? (
                  <Button component={Link} to="/data/sources">
                    {t('customers.firstAction')}
                  </Button>
                ) : undefined
              }
            >
              {t('customers.firstAdvice')}
            </EmptyState>
          )
        }
      />
    </>
  );
}
