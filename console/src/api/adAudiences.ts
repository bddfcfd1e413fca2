import { queryOptions } from '@tanstack/react-query';
import { type AdAudienceInput, adAudienceListSchema, adAudienceSchema } from '@vitrail/contracts';
import { z } from 'zod';
import type { Api } from './client.ts';

const path = '/api/v1/ad-audiences';
const one = (id: string) => `${path}/${encodeURIComponent(id)}`;

/** Advertising audiences; while something is under way it is asked again. */
export const adAudiencesQuery = (api: Api) =>
  queryOptions({
    queryKey: ['adAudiences'],
    queryFn: ({ signal }) => api.get(path, adAudienceListSchema, { signal }),
    refetchInterval: 5_000,
  });

export const saveAdAudience = (api: Api, id: string | null, body: AdAudienceInput) =>
  id === null
    ? api.send('POST', path, adAudienceSchema, { body })
    : api.send('PUT', one(id), adAudienceSchema, { body });
export const syncAdAudience = (api: Api, id: string) => api.send('POST', `${one(id)}/sync`, adAudienceSchema);
/** `forget`: at once, without taking people out at the company. */
export const removeAdAudience = (api: Api, id: string, forget: boolean) =>
  api.send('DELETE', `${one(id)}${forget ? '?forget=true' : ''}`, z.unknown());
