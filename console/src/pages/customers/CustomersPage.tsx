import { Button, Group, Stack, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { statsQuery } from '../../api/analytics.ts';
import { useApi } from '../../api/context.tsx';
import { useCustomers } from '../../api/customers.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { useCustomerColumns } from './columns.tsx';

const route = getRouteApi('/shell/customers');

export function CustomersPage() {
  const { t } = useTranslation();
  const { can } = useSession();
  const { q = '', visitors = false } = route.useSearch();
  const navigate = useNavigate();
  const list = useCustomers(q, visitors);
  const stats = useQuery({ ...statsQuery(useApi()), enabled: can('analytics.read') });
  const columns = useCustomerColumns();
  const isSearch = q !== '';
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
      <DataTable
        id="customers"
        views
        label={t('customers.title')}
        columns={columns}
        list={list}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: '/customers/$id', params: { id: row.id } })}
        total={isSearch ? undefined : visitors ? stats.data?.profiles : stats.data?.identified}
        filters={
          <Stack gap={4}>
            <Group gap="lg">
              <SearchField
                label={t('customers.search')}
                placeholder={t('customers.searchHint')}
                value={q}
                onSearch={(next) =>
                  void navigate({ to: '/customers', search: next === '' ? {} : { q: next }, replace: true })
                }
              />
              {!isSearch && (
                <Switch
                  label={t('customers.visitors')}
                  checked={visitors}
                  onChange={({ currentTarget }) =>
                    void navigate({
                      to: '/customers',
                      search: currentTarget.checked ? { visitors: true } : {},
                      replace: true,
                    })
                  }
                />
              )}
            </Group>
            <Text size="xs" c="dimmed">
              {t('customers.exact')}
            </Text>
          </Stack>
        }
        empty={
          isSearch ? (
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
