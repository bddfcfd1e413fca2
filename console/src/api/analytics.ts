import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { overviewSchema, statsSchema } from '@vitrail/contracts';
import type { Api } from './client.ts';

export const statsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['stats'],
    queryFn: ({ signal }) => api.get('/api/v1/stats', statsSchema, { signal }),
    refetchInterval: 30_000,
  });

export const overviewQuery = (api: Api, range: { from: string; to: string; site?: string | undefined }) =>
  queryOptions({
    queryKey: ['overview', range],
    queryFn: ({ signal }) => api.get('/api/v1/analytics/overview', overviewSchema, { query: range, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
