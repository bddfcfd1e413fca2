import { Button, FileButton, Stack } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { ExchangeRate } from '@vitrail/contracts';
import { importRates, useRates } from '../../api/catalog.ts';
import { useApi } from '../../api/context.tsx';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { notifications } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { FilterBar } from '../../ui/table/FilterBar.tsx';

const route = getRouteApi('/shell/settings/rates');

/** The dated table that turns every amount into the base currency. */
export function RatesPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { can, workspace } = useSession();
  const api = useApi();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { currency } = route.useSearch();
  const list = useRates(currency);
  const load = useMutation({
    mutationFn: (file: File) => importRates(api, file),
    onSuccess: async (outcome) => {
      await queryClient.invalidateQueries({ queryKey: ['rates'] });
      notifications.show({
        message: t('rates.imported', {
          count: outcome.changed,
          from: format.date(outcome.firstDay),
          to: format.date(outcome.lastDay),
        }),
      });
    },
  });
  const columns: readonly Column<ExchangeRate>[] = [
    {
      id: 'currency',
      header: t('rates.currency'),
      cell: (row) => (
        <Link to="/settings/rates" search={{ currency: row.currency }}>
          {format.name(row.currency, 'currency')} ({row.currency})
        </Link>
      ),
      text: (row) => row.currency,
      fixed: true,
    },
    {
      id: 'rate',
      header: t('rates.perEuro'),
      cell: (row) => format.number(Number(row.perEuro), 6),
      text: (row) => Number(row.perEuro),
      align: 'end',
    },
    { id: 'day', header: t('rates.day'), cell: (row) => format.date(row.day), text: (row) => row.day, align: 'end' },
    { id: 'source', header: t('rates.source'), cell: (row) => row.source, text: (row) => row.source },
  ];
  return (
    <>
      <PageHeader
        title={t('place.rates')}
        purpose={t('rates.purpose', { currency: workspace.baseCurrency })}
        actions={
          can('settings.write') ? (
            <FileButton onChange={(file) => file !== null && load.mutate(file)} accept=".csv,text/csv">
              {(props) => (
                <Button
                  {...props}
                  loading={load.isPending}
                  leftSection={<IconFileImport size={16} aria-hidden="true" />}
                >
                  {t('rates.import')}
                </Button>
              )}
            </FileButton>
          ) : undefined
        }
      />
      <Stack gap="md">
        {load.error === null ? null : <ProblemAlert error={load.error} />}
        <DataTable
          id="exchange-rates"
          label={t('place.rates')}
          columns={columns}
          list={list}
          rowKey={(row) => `${row.currency} ${row.day}`}
          filters={
            currency === undefined ? undefined : (
              <FilterBar
                filters={[{ id: 'currency', label: t('rates.currency') }]}
                values={{ currency }}
                onChange={(_, value) =>
                  void navigate({
                    to: '/settings/rates',
                    search: value === undefined ? {} : { currency: value.toUpperCase() },
                  })
                }
              />
            )
          }
          empty={<EmptyState title={t('rates.none')}>{t('rates.noneAdvice')}</EmptyState>}
        />
      </Stack>
    </>
  );
}
