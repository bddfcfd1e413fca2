import { Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { ProductSummary } from '@vitrail/contracts';
import { facetsQuery, useProducts } from '../../api/catalog.ts';
import { useApi } from '../../api/context.tsx';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Num, nothing, Relative, useFormat } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { FilterBar } from '../../ui/table/FilterBar.tsx';
import { AvailabilityBadge, availabilities } from './Availability.tsx';
import { PriceText } from './PriceText.tsx';
import { ProductName } from './ProductName.tsx';

const route = getRouteApi('/shell/products');

/** Columns that the server sorts by. */
const productColumnSorts = ['title', 'brand', 'category', 'price', 'stock', 'updated'];

/** The catalogue as the last feed left it. */
export function ProductsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { can } = useSession();
  const navigate = useNavigate();
  const search = route.useSearch();
  const list = useProducts(search);
  const facets = useQuery(facetsQuery(useApi())).data;
  const { sort, ...filters } = search;
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  const go = (change: Partial<typeof search>) =>
    void navigate({ to: '/products', search: { ...search, ...change }, replace: true });
  const columns: readonly Column<ProductSummary>[] = [
    {
      id: 'title',
      header: t('products.product'),
      cell: (row) => <ProductName product={row} />,
      text: (row) => row.title,
      fixed: true,
      width: '34%',
    },
    { id: 'id', header: t('products.id'), cell: (row) => row.productId, text: (row) => row.productId, optional: true },
    { id: 'brand', header: t('products.brand'), cell: (row) => row.brand ?? nothing, text: (row) => row.brand },
    {
      id: 'category',
      header: t('products.category'),
      cell: (row) => row.category ?? nothing,
      text: (row) => row.category,
    },
    {
      id: 'price',
      header: t('products.price'),
      cell: (row) => <PriceText prices={row.prices} />,
      text: (row) => row.prices[0]?.price,
      align: 'end',
    },
    {
      id: 'availability',
      header: t('products.availability'),
      cell: (row) => <AvailabilityBadge product={row} />,
      text: (row) => row.availability,
    },
    {
      id: 'stock',
      header: t('products.stock'),
      cell: (row) => <Num value={row.stock} />,
      text: (row) => row.stock,
      align: 'end',
    },
    {
      id: 'updated',
      header: t('products.updated'),
      cell: (row) => <Relative at={row.updatedAt} />,
      text: (row) => row.updatedAt,
      align: 'end',
      optional: true,
    },
  ];
  const named = (values: readonly { name: string; products: number }[] = []) =>
    values.map(({ name, products }) => ({ value: name, label: `${name} (${format.number(products)})` }));
  return (
    <>
      <PageHeader
        title={t('products.title')}
        purpose={
          facets?.lastUpdateAt == null
            ? t('products.purpose')
            : t('products.summary', {
                products: facets.products,
                inStock: facets.inStock,
                at: format.dateTime(facets.lastUpdateAt),
              })
        }
        actions={
          can('data.write') && can('catalog.write') ? (
            <Button component={Link} to="/data/imports/new" variant="default">
              {t('products.import')}
            </Button>
          ) : undefined
        }
      />
      <DataTable
        id="products"
        views
        sort={{ value: sort, columns: productColumnSorts, onChange: (next) => go({ sort: next }) }}
        label={t('products.title')}
        columns={columns}
        list={list}
        rowKey={(row) => row.productId}
        onOpen={(row) => void navigate({ to: '/products/$id', params: { id: row.productId } })}
        total={isFiltered ? undefined : facets?.products}
        filters={
          <Stack gap="xs">
            <SearchField
              label={t('products.search')}
              placeholder={t('products.searchHint')}
              value={search.q ?? ''}
              onSearch={(q) => go({ q: q === '' ? undefined : q })}
            />
            <FilterBar
              filters={[
                {
                  id: 'availability',
                  label: t('products.availability'),
                  options: availabilities.map((value) => ({ value, label: t(`availability.${value}`) })),
                },
                { id: 'brand', label: t('products.brand'), options: named(facets?.brands) },
                { id: 'category', label: t('products.category'), options: named(facets?.categories) },
                {
                  id: 'removed',
                  label: t('products.removed'),
                  options: [{ value: 'true', label: t('products.included') }],
                },
              ]}
              values={filters}
              onChange={(id, value) => go({ [id]: value })}
            />
          </Stack>
        }
        empty={
          isFiltered ? (
            <EmptyState title={t('products.none')}>{t('products.noneAdvice')}</EmptyState>
          ) : (
            <EmptyState
              title={t('products.first')}
              action={
                can('data.write') ? (
                  <Button component={Link} to="/data/imports/new">
                    {t('products.import')}
                  </Button>
                ) : undefined
              }
            >
              {t('products.firstAdvice')}
            </EmptyState>
          )
        }
      />
    </>
  );
}
