import { queryOptions } from '@tanstack/react-query';
import {
  type OutsideProviderChange,
  type OutsideProviderRequest,
  outsideOfPersonSchema,
  outsideProviderListSchema,
  outsideProviderSchema,
  outsideSegmentListSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import type { Api } from './client.ts';

const base = '/api/v1/outside-audiences';
const pathOf = (key: string) => `${base}/${encodeURIComponent(key)}`;

/** Data partners with their terms. */
export const partnersQuery = (api: Api) =>
  queryOptions({
    queryKey: ['outside', 'partners'],
    queryFn: ({ signal }) => api.get(base, outsideProviderListSchema, { signal }),
    staleTime: 10_000,
  });

export const partnerQuery = (api: Api, key: string) =>
  queryOptions({
    queryKey: ['outside', 'partner', key],
    queryFn: ({ signal }) => api.get(pathOf(key), outsideProviderSchema, { signal }),
  });

/** What partners call their segments, and how many people are in each. */
export const outsideSegmentsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['outside', 'segments'],
    queryFn: ({ signal }) => api.get(`${base}/segments`, outsideSegmentListSchema, { signal }),
    staleTime: 10_000,
  });

/** What partners say of a customer. */
export const outsideOfQuery = (api: Api, profile: string) =>
  queryOptions({
    queryKey: ['outside', 'of', profile],
    queryFn: ({ signal }) =>
      api.get(`/api/v1/profiles/${encodeURIComponent(profile)}/outside-segments`, outsideOfPersonSchema, { signal }),
  });

export const createPartner = (api: Api, body: OutsideProviderRequest) => api.send('POST', base, z.unknown(), { body });
export const changePartner = (api: Api, key: string, body: OutsideProviderChange) =>
  api.send('PATCH', pathOf(key), z.unknown(), { body });
export const removePartner = (api: Api, key: string) => api.send('DELETE', pathOf(key), z.unknown());
