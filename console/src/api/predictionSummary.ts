import { queryOptions } from '@tanstack/react-query';
import { predictionSummarySchema } from '@vitrail/contracts';
import type { Api } from './client.ts';

/** Apart from the report: the home page is to stay light. */
export const predictionSummaryQuery = (api: Api) =>
  queryOptions({
    queryKey: ['predictions', 'summary'],
    queryFn: ({ signal }) => api.get('/api/v1/predictions/summary', predictionSummarySchema, { signal }),
    staleTime: 60_000,
  });
