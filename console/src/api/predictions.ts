import { queryOptions } from '@tanstack/react-query';
import {
  cancelledRunSchema,
  predictionReportSchema,
  predictionRunSchema,
  profilePredictionsSchema,
} from '@vitrail/contracts';
import type { Api } from './client.ts';

const base = '/api/v1/predictions';

export const predictionReportQuery = (api: Api) =>
  queryOptions({
    queryKey: ['predictions', 'report'],
    queryFn: ({ signal }) => api.get(`${base}/report`, predictionReportSchema, { signal }),
    refetchInterval: ({ state }) => (state.data?.running == null ? 30_000 : 1_500),
  });

/** What is foreseen of one customer. */
export const profilePredictionsQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['customer', id, 'predictions'],
    queryFn: ({ signal }) =>
      api.get(`/api/v1/profiles/${encodeURIComponent(id)}/predictions`, profilePredictionsSchema, { signal }),
    staleTime: 30_000,
  });

export const startPredictions = (api: Api) => api.send('POST', `${base}/run`, predictionRunSchema, { body: {} });
export const cancelPredictions = (api: Api) => api.send('POST', `${base}/cancel`, cancelledRunSchema, { body: {} });
