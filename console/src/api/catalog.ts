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
import { usePages } from './pages.ts';

export interface ProductFilter {
  readonly q?: string | undefined;
  readonly brand?: string | undefined;
  readonly category?: string | undefined;
  readonly availability?: string | undefined;
  readonly removed?: string | undefined;
}

export const findProducts = (api: Api, query: Query, signal: AbortSignal) =>
  api.get('/api/v1/products', productPageSchema, { query, signal });

export function useProducts(filter: ProductFilter) {
  const api = useApi();
  return usePages({
    key: ['products', filter],
    load: (cursor, signal) => findProducts(api, { ...filter, limit: 50, cursor }, signal),
  });
}

export const productQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['product', id],
    queryFn: ({ signal }) => api.get(`/api/v1/products/${encodeURIComponent(id)}`, catalogProductSchema, { signal }),
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
