import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  type MerchandisingRule,
  merchandisingRulesSchema,
  productAudienceSchema,
  type RecommendationSettings,
  recommendationReportSchema,
  recommendationSettingsSchema,
  recommendationsSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import type { Api, Query } from './client.ts';

const base = '/api/v1/recommendations';
const rulePath = (id: string) => `${base}/rules/${encodeURIComponent(id)}`;

/** What would be shown with these words, this person or product, and these filters. */
export const recommendationsQuery = (api: Api, ask: Query) =>
  queryOptions({
    queryKey: ['recommendations', 'preview', ask],
    queryFn: ({ signal }) => api.get(base, recommendationsSchema, { query: ask, signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });

export const recommendationReportQuery = (api: Api) =>
  queryOptions({
    queryKey: ['recommendations', 'report'],
    queryFn: ({ signal }) => api.get(`${base}/report`, recommendationReportSchema, { signal }),
    refetchInterval: ({ state }) => (state.data?.running == null ? 30_000 : 1_500),
  });

export const recommendationSettingsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['recommendations', 'settings'],
    queryFn: ({ signal }) => api.get(`${base}/settings`, recommendationSettingsSchema, { signal }),
  });

export const rulesQuery = (api: Api) =>
  queryOptions({
    queryKey: ['recommendations', 'rules'],
    queryFn: ({ signal }) => api.get(`${base}/rules`, merchandisingRulesSchema, { signal }),
  });

/** What goes with a product, and who buys it. */
export const productAudienceQuery = (api: Api, id: string, lang: 'en' | 'fr') =>
  queryOptions({
    queryKey: ['product', id, 'audience', lang],
    queryFn: ({ signal }) =>
      api.get(`/api/v1/products/${encodeURIComponent(id)}/audience`, productAudienceSchema, {
        query: { lang },
        signal,
      }),
    staleTime: 30_000,
  });

const done = z.unknown();

export const startBuild = (api: Api) => api.send('POST', `${base}/build`, done, { body: {} });
/** Stops the build under way; what serves stays. */
export const cancelBuild = (api: Api) => api.send('DELETE', `${base}/build`, done);
export const saveRecommendationSettings = (api: Api, settings: RecommendationSettings) =>
  api.send('PUT', `${base}/settings`, recommendationSettingsSchema, { body: settings });
export const createRule = (api: Api, rule: MerchandisingRule) =>
  api.send('POST', `${base}/rules`, done, { body: rule });
export const changeRule = (api: Api, id: string, rule: MerchandisingRule) =>
  api.send('PUT', rulePath(id), done, { body: rule });
export const removeRule = (api: Api, id: string) => api.send('DELETE', rulePath(id), done);
