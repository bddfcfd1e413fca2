import { queryOptions } from '@tanstack/react-query';
import {
  catalogFacetsSchema,
  catalogProductSchema,
  exchangeRateImportSchema,
  exchangeRatePageSchema,
  productPageSchema,
} from '@vitrail/contracts';
import type { Api, Query } from './client.ts';
import { useApi } from './context.tsx';
import { sortOf, usePages } from './pages.ts';

export interface ProductFilter {
  readonly q?: string | undefined;
  readonly brand?: string | undefined;
  readonly category?: string | undefined;
  readonly availability?: string | undefined;
  readonly removed?: string | undefined;
  readonly sort?: string | undefined;
}

export const findProducts = (api: Api, query: Query, signal: AbortSignal) =>
  api.get('/api/v1/products', productPageSchema, { query, signal });

export function useProducts(filter: ProductFilter) {
  const api = useApi();
  return usePages({
    key: ['products', filter],
    load: (cursor, signal) => findProducts(api, { ...filter, ...sortOf(filter.sort), limit: 50, cursor }, signal),
  });
}

export const productQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['product', id],
    queryFn: ({ signal }) => api.get(`/api/v1/products/${encodeURIComponent(id)}`, catalogProductSchema, { signal }),
  });

/** The picture itself; asked once, and not again when there is none. */
export const pictureQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['picture', id],
    queryFn: async ({ signal }) =>
      (await api.open(`/api/v1/products/${encodeURIComponent(id)}/picture`, { accept: 'image/*', signal })).blob(),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    // A product without a picture is nothing that went wrong.
    throwOnError: false,
  });

export const facetsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['products', 'facets'],
    queryFn: ({ signal }) => api.get('/api/v1/catalog/facets', catalogFacetsSchema, { signal }),
  });

export function useRates(currency: string | undefined) {
  const api = useApi();
  return usePages({
    key: ['rates', currency],
    load: (cursor, signal) =>
      api.get('/api/v1/exchange-rates', exchangeRatePageSchema, { query: { currency, cursor }, signal }),
  });
}

export const importRates = async (api: Api, file: File) =>
  api.send('POST', '/api/v1/exchange-rates', exchangeRateImportSchema, {
    body: await file.text(),
    contentType: 'text/csv',
  });
