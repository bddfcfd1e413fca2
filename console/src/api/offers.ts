import { queryOptions } from '@tanstack/react-query';
import {
  codesAddedSchema,
  couponPoolListSchema,
  type LoyaltyRules,
  loyaltyRulesSchema,
  type OfferRequest,
  offerPageSchema,
  offerSchema,
  profilePointsSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import type { Api } from './client.ts';
import { useApi } from './context.tsx';
import { usePages } from './pages.ts';

const base = '/api/v1/offers';
const pools = '/api/v1/coupon-pools';

export function useOffers() {
  const api = useApi();
  return usePages({
    key: ['offers', 'list'],
    load: (cursor, signal) => api.get(base, offerPageSchema, { query: { cursor }, signal }),
  });
}
export const offerQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['offers', 'one', id],
    queryFn: ({ signal }) => api.get(`${base}/${encodeURIComponent(id)}`, offerSchema, { signal }),
  });
/** A new one without an id. */
export const saveOffer = (api: Api, id: number | null, body: OfferRequest) =>
  id === null ? api.send('POST', base, offerSchema, { body }) : api.send('PUT', `${base}/${id}`, offerSchema, { body });

export const poolsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['couponPools'],
    queryFn: ({ signal }) => api.get(pools, couponPoolListSchema, { signal }),
  });
export const createPool = (api: Api, name: string) =>
  api.send('POST', pools, z.object({ id: z.number() }), { body: { name } });
export const generateCodes = (api: Api, pool: number, body: { count: number; prefix: string; length: number }) =>
  api.send('POST', `${pools}/${pool}/codes`, codesAddedSchema, { body });
export const importCodes = (api: Api, pool: number, body: string) =>
  api.send('POST', `${pools}/${pool}/import`, codesAddedSchema, { body, contentType: 'text/csv' });

export const loyaltyQuery = (api: Api) =>
  queryOptions({
    queryKey: ['loyalty'],
    queryFn: ({ signal }) => api.get('/api/v1/loyalty', loyaltyRulesSchema, { signal }),
  });
export const saveLoyalty = (api: Api, body: LoyaltyRules) =>
  api.send('PUT', '/api/v1/loyalty', loyaltyRulesSchema, { body });

export const pointsQuery = (api: Api, profile: string) =>
  queryOptions({
    queryKey: ['points', profile],
    queryFn: ({ signal }) =>
      api.get(`/api/v1/profiles/${encodeURIComponent(profile)}/points`, profilePointsSchema, { signal }),
  });
